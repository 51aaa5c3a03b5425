import { z } from "zod";

export const AnyBody = z.looseObject({}).optional();

/** What will be answered is a matter of what the page brings. */
export const Content = z.unknown();
