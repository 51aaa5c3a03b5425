import type { LogLine } from "@mimolo/protocol";
import { localDate, timeOfDayWithSeconds } from "./clock-time.ts";
import type { Colour } from "./colour.ts";
import { printable } from "./width.ts";

/** What an agent said, as news beside its work: `folder-activity: folders watched: 1`. */
export function newsLine(line: LogLine, colour: Colour): string {
  const level = line.level === "info" ? "" : ` ${levelOf(line.level, colour).trimEnd()}`;
  return `${colour("cyan", line.label ?? "collector")}${level}: ${printable(line.message.replace(DETAILS, ""))}`;
}

/** What follows a message for whoever looks closer, such as a stack or a refused line; `mimolo logs` shows it. */
const DETAILS = / (?:\{"(?:context|details|metrics)":|\(\d+ bytes, beginning ").*$/s;

/** One line of diagnostics for people. */
export function logLine(line: LogLine, colour: Colour): string {
  const atMs = Date.parse(line.at);
  const when = `${localDate(atMs)} ${timeOfDayWithSeconds(atMs)}`;
  const code = line.code === undefined ? "" : ` [${line.code}]`;
  const place = line.line === undefined ? "" : ` (line ${line.line})`;
  // Type and code are an agent's own words too.
  const said = printable(`${typeOf(line)}${code} ${line.message}${place}`).trim();
  return `${colour("dim", when)}  ${levelOf(line.level, colour)}  ${colour("cyan", line.label ?? "collector")}  ${said}`;
}

/** The collector's own words often begin with the type; twice is once too many. */
function typeOf({ type, message }: LogLine): string {
  return type === "log" || message.startsWith(type) ? "" : type;
}

function levelOf(level: string, colour: Colour): string {
  const text = level.padEnd(7);
  if (level === "error") return colour("red", text);
  if (level === "warning") return colour("yellow", text);
  return colour("dim", text);
}
