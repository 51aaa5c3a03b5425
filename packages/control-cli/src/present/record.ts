import { localDate, timeOfDay, timeOfDayWithSeconds } from "./clock-time.ts";
import type { Colour } from "./colour.ts";
import { duration } from "./duration.ts";
import { fit, printable } from "./width.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The part of a record that every kind has. */
export interface ShownRecord {
  readonly seq: number;
  readonly kind: string;
  readonly received_at: string;
  readonly agent_label?: string | undefined;
  readonly trust?: string | undefined;
}

/** One record on one line for people: number, when, who, what. Cut to `columns` where given. */
export function recordLine(record: ShownRecord, columns: number | undefined, colour: Colour): string {
  const atMs = Date.parse(record.received_at);
  const seq = String(record.seq).padStart(6);
  const when = `${localDate(atMs)} ${timeOfDayWithSeconds(atMs)}`;
  const who = record.agent_label ?? "collector";
  const dev = record.trust === "dev" ? " (dev)" : "";
  const lead = `${seq}  ${when}  ${who}${dev}  `;
  const told = printable(describeRecord(record as unknown as Fields));
  const what = columns === undefined ? told : fit(told, Math.max(20, columns - lead.length));
  return `${colour("dim", `${seq}  ${when}`)}  ${colour("cyan", who)}${colour("yellow", dev)}  ${what}`;
}

/** What a record says, in a few words. */
export function describeRecord(record: Fields): string {
  const data = fieldsOf(record["data"]);
  if (isBlank(record)) return `(erased ${String(record["kind"])})`;
  switch (record["kind"]) {
    case "message":
      return describeMessage(fieldsOf(record["message"]));
    case "gap":
      return describeGap(data);
    case "clock_step":
      return `the clock was set by ${String(data["by_ms"])} ms`;
    case "agent_state":
      return describeState(data);
    case "policy":
      return `policy: a segment ends after ${duration(Number(data["cooldown_seconds"]) * 1000)} without work`;
    case "import":
      return words(
        data["confidence"],
        span(data["start"], data["end"]),
        `from ${String(data["source"])}:`,
        data["label"],
      );
    case "correction":
      return words(`corrected to ${String(data["as"])}`, span(data["from"], data["to"]), data["note"]);
    case "aggregate":
      return words("aggregate of", data["agent_label"], data["header"], brief(fieldsOf(data["value"])));
    case "erasure":
      return words(`record ${String(data["seq"])} erased:`, data["why"]);
    default:
      return words(String(record["kind"]), brief(data));
  }
}

function isBlank(record: Fields): boolean {
  const body = fieldsOf(record["message"] ?? record["data"]);
  return record["salt"] === "A".repeat(22) && Object.keys(body).length === 0;
}

function describeMessage(message: Fields): string {
  const data = fieldsOf(message["data"]);
  const { activity_signal: signal, ...rest } = data as { activity_signal?: unknown };
  if (message["type"] === "event") return words("event", data["event"], brief(fieldsOf(data["payload"])));
  const told = String(data["schema"]).startsWith("command.") ? commandWords(rest) : brief(rest);
  return words(message["type"], activity(fieldsOf(signal)), told);
}

/** Of what a command came to nobody may see the end only: that goes first. */
function commandWords({ command, latest, not_run_since: since, ...rest }: Fields): string {
  const sinceMs = Date.parse(String(since));
  const idle = Number.isNaN(sinceMs) ? [] : [`not run since ${localDate(sinceMs)} ${timeOfDayWithSeconds(sinceMs)}`];
  return [...idle, brief({ latest, ...rest, results: undefined, command })].join(", ");
}

function describeState(data: Fields): string {
  const health = data["health"] === "ok" || data["health"] === "initializing" ? "" : data["health"];
  const condition = data["condition"] === "free" ? "" : data["condition"];
  return words("is", data["state"], health, condition, `(${String(data["cause"])})`);
}

function activity(signal: Fields): string {
  if (signal["keep_alive"] === true) return "worked";
  if (signal["keep_alive"] === false) return "idle";
  return typeof signal["mode"] === "string" ? signal["mode"] : "";
}

function describeGap(data: Fields): string {
  if (data["reason"] === "missing-seq")
    return `gap: records ${String(data["seq_from"])} to ${String(data["seq_to"])} never came`;
  return words(`gap (${String(data["reason"])})`, span(data["from"], data["to"]));
}

function span(from: unknown, to: unknown): string {
  const [fromMs, toMs] = [Date.parse(String(from)), Date.parse(String(to))];
  if (Number.isNaN(fromMs) || Number.isNaN(toMs)) return "";
  const [firstDay, lastDay] = [localDate(fromMs), localDate(toMs)];
  const end = firstDay === lastDay ? timeOfDay(toMs) : `${lastDay} ${timeOfDay(toMs)}`;
  return `${firstDay} ${timeOfDay(fromMs)}–${end} (${duration(toMs - fromMs)})`;
}

/** Figures that are not zero and short texts, two levels deep; lists by their length. */
function brief(data: Fields, depth = 0): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(data)) {
    if (key === "schema" || key === "window") continue;
    if (typeof value === "number" && value !== 0) parts.push(`${key} ${Math.round(value * 100) / 100}`);
    else if (typeof value === "string" && value !== "" && value.length <= 60) parts.push(`${key} ${value}`);
    else if (value === true) parts.push(key);
    else if (Array.isArray(value) && value.length > 0) parts.push(`${key} ×${value.length}`);
    else if (depth === 0 && typeof value === "object" && value !== null) parts.push(brief(value as Fields, 1));
  }
  return parts.filter((part) => part !== "").join(", ");
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function words(...parts: readonly unknown[]): string {
  return parts.filter((part) => part !== undefined && part !== null && part !== "").join(" ");
}
