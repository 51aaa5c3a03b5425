// A line of JLP in a few words.
import { type Decoded, decodeLine } from "@mimolo/protocol/wire";
import type { TranscriptLine } from "@mimolo/agent-sdk/testing";
import { printable } from "../present/width.ts";

/** `isWrong`: a collector would refuse it; `isError`: it reports one. The texts may hold whatever the agent wrote: make them `printable`. */
export interface LineText {
  readonly arrow: "→" | "←" | "err";
  readonly name: string;
  readonly rest: string;
  readonly isWrong: boolean;
  readonly isError: boolean;
}

type Members = Readonly<Record<string, unknown>>;

/** More of a line than any terminal shows is not looked at. */
const MOST_CHARACTERS = 2000;
const MOST_RAW_CHARACTERS = 16_384;

export function lineText(line: TranscriptLine): LineText {
  const text = textOf(line);
  if (line.dir === "err") return { arrow: "err", name: "", rest: cut(text), isWrong: false, isError: false };
  if (line.dir === "in") return { arrow: "→", ...commandText(text), isWrong: false, isError: false };
  const decoded = decodedOf(line);
  if (!decoded.ok) return { arrow: "←", name: decoded.code, rest: cut(text), isWrong: true, isError: false };
  const { message } = decoded;
  const type = decoded.known ? decoded.message.type : decoded.type;
  return {
    arrow: "←",
    name: cut(type),
    rest: cut(messageText(type, message)),
    isWrong: false,
    isError: type === "error",
  };
}

/** The line as it came, control characters made visible. */
export function rawText(line: TranscriptLine): string {
  const text = textOf(line);
  const more = text.length > MOST_RAW_CHARACTERS ? `… (${text.length} characters)` : "";
  return printable(text.slice(0, MOST_RAW_CHARACTERS)) + more;
}

/** As a collector reads a line of stdout. */
export function decodedOf(line: TranscriptLine): Decoded {
  return decodeLine(Buffer.from(line.line ?? line.line_base64 ?? "", line.line === undefined ? "base64" : "utf8"));
}

/** What was written, its line end left out. */
export function textOf({ line, line_base64: base64 }: TranscriptLine): string {
  return line ?? Buffer.from(base64 ?? "", "base64").toString("utf8");
}

function commandText(text: string): { name: string; rest: string } {
  const { cmd, params } = membersOf(parsed(text));
  const given = membersOf(params);
  if (typeof cmd !== "string") return { name: "", rest: cut(text) };
  if (cmd === "ack")
    return { name: "ack", rest: `accepted, a heartbeat every ${String(given["heartbeat_interval_s"])} s` };
  if (cmd === "committed") return { name: cmd, rest: `through ${String(given["through"])}` };
  if (cmd === "lifecycle") return { name: cmd, rest: String(given["phase"]) };
  return { name: cmd, rest: params === undefined ? "" : cut(JSON.stringify(params)) };
}

function messageText(type: string, message: Members): string {
  const data = membersOf(message["data"]);
  const word = (name: string) => (typeof message[name] === "string" ? message[name] : "");
  switch (type) {
    case "handshake": {
      const { protocol_version: version, agent_version: own, capabilities } = message;
      const features = Array.isArray(capabilities) ? capabilities.join(" ") : "no features";
      return `agent ${String(own)}, protocol ${String(version)}: ${features}`;
    }
    case "summary":
      return [worked(data["activity_signal"]), numbered(message), json(without(data, "activity_signal"))]
        .filter(Boolean)
        .join(" ");
    case "event":
      return [numbered(message), String(data["event"]), json(data["payload"])].filter(Boolean).join(" ");
    case "ack":
      return [word("ack_command"), word("message")].filter(Boolean).join(": ");
    case "log":
      return `${word("level")}: ${word("message")}`;
    case "error":
      return word("message");
    case "status":
      return [word("health"), word("message"), json(message["details"])].filter(Boolean).join(" ");
    case "heartbeat":
      return json(message["metrics"], rounded);
    case "widget_frame":
      return `${String(data["mode"])} ${json(data["tree"] ?? data["html"])}`;
    case "result":
      return message["ok"] === true ? `ok ${json(message["data"])}` : `failed ${json(message["error"])}`;
    default:
      return json(
        without(message, "type", "timestamp", "agent_id", "agent_label", "protocol_version", "agent_version"),
      );
  }
}

function worked(signal: unknown): string {
  const { mode, keep_alive: keepAlive } = membersOf(signal);
  if (mode !== "active") return "passive";
  return keepAlive === true ? "worked" : "idle";
}

const numbered = ({ seq }: Members): string => (typeof seq === "number" ? `#${seq}` : "");

function without(members: Members, ...names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}

function json(value: unknown, replacer?: (name: string, value: unknown) => unknown): string {
  return value === undefined || value === null ? "" : JSON.stringify(value, replacer);
}

/** To four figures, or whole: more says nothing to whoever watches. */
function rounded(_name: string, value: unknown): unknown {
  if (typeof value !== "number" || Number.isInteger(value)) return value;
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
}

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const cut = (text: string): string => text.slice(0, MOST_CHARACTERS);
