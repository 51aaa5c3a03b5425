import type { LogLine } from "@mimolo/protocol";
import { localDate, timeOfDayWithSeconds } from "./clock-time.ts";
import type { Colour } from "./colour.ts";
import { printable } from "./width.ts";

/** One line of diagnostics for people. */
export function logLine(line: LogLine, colour: Colour): string {
  const atMs = Date.parse(line.at);
  const when = `${localDate(atMs)} ${timeOfDayWithSeconds(atMs)}`;
  const code = line.code === undefined ? "" : ` [${line.code}]`;
  const place = line.line === undefined ? "" : ` (line ${line.line})`;
  const said = `${line.type}${code} ${printable(line.message ?? "")}${place}`.trimEnd();
  return `${colour("dim", when)}  ${levelOf(line.level, colour)}  ${colour("cyan", line.label ?? "collector")}  ${said}`;
}

function levelOf(level: string, colour: Colour): string {
  const text = level.padEnd(7);
  if (level === "error") return colour("red", text);
  if (level === "warning") return colour("yellow", text);
  return colour("dim", text);
}
