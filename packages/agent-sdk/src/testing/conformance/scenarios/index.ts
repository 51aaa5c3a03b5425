import type { Scenario } from "../scenario.ts";
import { firstContact } from "./first-contact.ts";

/** Every scenario; the first is played first, and alone. */
export const scenarios: readonly Scenario[] = [firstContact];
