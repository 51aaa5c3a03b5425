import type { EvidenceRecord } from "@mimolo/protocol";

const LONGEST = 160;

/** Characters that turn the direction of what follows: in one line with other texts they would show those in another order. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** What a record says, in a line. */
export function gistOf(record: EvidenceRecord): string {
  const gist = said(record).replace(TURNS, "");
  return gist.length > LONGEST ? `${gist.slice(0, LONGEST - 1)}…` : gist;
}

function said(record: EvidenceRecord): string {
  switch (record.kind) {
    case "message":
      return saidBy(record.message);
    case "gap": {
      const { reason, from, to, seq_from, seq_to } = record.data;
      if (reason === "missing-seq") return `messages ${seq_from ?? "?"} to ${seq_to ?? "?"} are missing`;
      return `no evidence for ${span(Date.parse(to) - Date.parse(from))}: ${reason.replaceAll("-", " ")}`;
    }
    case "clock_step":
      return `the clock jumped by ${(record.data.by_ms / 1_000).toFixed(1)} s`;
    case "agent_state":
      return `${record.data.state}, ${record.data.health}: ${record.data.cause}`;
    case "policy":
      return `cooldown ${span(record.data.cooldown_seconds * 1_000)}, day starts at ${record.data.day_start}, ${record.data.time_zone}`;
    case "import":
      return `${record.data.label} from ${record.data.source}, ${record.data.confidence}`;
    case "correction":
      return `${span(Date.parse(record.data.to) - Date.parse(record.data.from))} are ${record.data.as}: ${record.data.note}`;
    case "aggregate":
      return `${record.data.header} of segment ${record.data.segment_id}`;
    case "erasure":
      return `record ${record.data.seq} was erased: ${record.data.why}`;
  }
}

/** An agent's line: its type, whether it saw work, why, and the figures that are not zero: the terminal's words. */
function saidBy(message: Readonly<Record<string, unknown>>): string {
  const type = text(message["type"]);
  if (type === "") return "erased";
  const data = message["data"];
  const activity = valueOf(data, "activity_signal");
  const saw = valueOf(activity, "keep_alive");
  const how = saw === true ? "worked" : saw === false ? "idle" : member(activity, "mode");
  const parts = [type, how, member(activity, "reason"), text(message["event"]), text(message["message"])];
  return [...parts, latest(data) || figures(data)].filter((part) => part !== "").join(" · ");
}

/** What the newest run of a command came to; empty for any other agent. */
function latest(data: unknown): string {
  return member(data, "schema").startsWith("command.") ? member(data, "latest") : "";
}

function figures(data: unknown): string {
  if (typeof data === "string" || typeof data === "number") return String(data);
  if (typeof data !== "object" || data === null) return "";
  const counts = "counts" in data ? data.counts : data;
  if (typeof counts !== "object" || counts === null) return "";
  const found: string[] = [];
  for (const [name, value] of Object.entries(counts)) {
    if (name === "schema" || name === "activity_signal" || found.length === 5) continue;
    if (value === 0) continue;
    if (typeof value === "number") found.push(`${name} ${Number(value.toFixed(2))}`);
    else if (typeof value === "string" && value.length <= 60) found.push(`${name} ${value}`);
    else if (Array.isArray(value) && value.length > 0) found.push(`${name} ${value.length}`);
  }
  return found.join(", ");
}

function member(value: unknown, name: string): string {
  return text(valueOf(value, name));
}

function valueOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function span(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
