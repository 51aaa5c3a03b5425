import type { Entry } from "./entry.ts";
import type { LocalDays } from "./local-day.ts";

/** An entry as it stands in a file. */
export interface Block {
  /** The entry's id; `null` where somebody else wrote something. */
  readonly id: string | null;
  readonly type: Entry["type"] | null;
  /** Its text, the line end included. */
  readonly text: string;
}

/** How entries are written. Blocks stand one after the other; what is left of a torn one at the end is none. */
export interface Format {
  readonly extension: string;
  render(entry: Entry, days: LocalDays): string;
  split(text: string): Block[];
}
