import { printable } from "./width.ts";

/** What a plugin answered, for people: a text as it is, anything else as indented JSON; nothing for nothing. Nothing in it moves
 *  the terminal. */
export function resultLines(result: unknown): string[] {
  if (result === null || result === undefined || result === "") return [];
  const text = typeof result === "string" ? result : (JSON.stringify(result, null, 2) ?? "");
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  return lines.map((line) => line.split("\t").map(printable).join("\t"));
}
