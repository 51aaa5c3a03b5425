// Keys of a terminal in raw mode.
import type { Key } from "./session-state.ts";

const KEYS: Readonly<Record<string, Key | undefined>> = {
  f: "flush",
  s: "status",
  t: "toggle",
  w: "widget",
  r: "restart",
  x: "shutdown",
  h: "help",
  "?": "help",
  q: "quit",
  "\u0003": "quit",
  "\u0004": "quit",
};
const ESCAPE = "\u001B";
/** What arrows, function keys and the like send. */
const SEQUENCES = new RegExp(`${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|O.|.)?`, "gs");
/** Nobody presses as many at once: it was pasted. */
const MOST_AT_ONCE = 16;

/** What was pressed. Ctrl-C is heard in whatever it stands. */
export function keysIn(typed: string): Key[] {
  const characters = Array.from(typed.replaceAll(SEQUENCES, ""));
  const heard = characters.length > MOST_AT_ONCE ? characters.filter((each) => each === "\u0003") : characters;
  return heard.flatMap((each) => KEYS[each.toLowerCase()] ?? []);
}
