import { z } from "zod";

/** What will be answered is a matter of what the page brings. */
export const Content = z.unknown();
