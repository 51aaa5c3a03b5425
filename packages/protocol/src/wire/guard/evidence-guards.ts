// Guards of what becomes evidence: summaries and events. These run on every such line.
import { SHA256_PATTERN } from "../constants.ts";
import { isOwnRelativePath } from "../own-path.ts";
import {
  type Candidate,
  envelopeFault,
  type Fault,
  isFilledText,
  isFilledTextOrAbsent,
  isObject,
  isOneOf,
  isTextOrAbsent,
  isTimestamp,
  isWholeFrom,
  matches,
} from "./checks.ts";

const RETENTION_CLASSES = ["ephemeral", "retained", "archived"];

/** Whether a parsed value is a summary or an event that keeps its schema: all that an agent's evidence can be. */
export function isEvidence(value: unknown): boolean {
  if (!isObject(value) || envelopeFault(value, false) !== null) return false;
  const { type }: Candidate<"type"> = value;
  if (type === "summary") return summaryFault(value) === null;
  return type === "event" && eventFault(value) === null;
}

export function summaryFault(message: Candidate<"data" | "seq">): Fault {
  if (!isObject(message.data)) return "data";
  const data: Candidate<"activity_signal" | "artifacts"> = message.data;
  if (data.activity_signal !== undefined) {
    const fault = activityFault(data.activity_signal);
    if (fault !== null) return fault;
  }
  if (data.artifacts !== undefined) {
    const fault = artifactsFault(data.artifacts);
    if (fault !== null) return fault;
  }
  return message.seq === undefined || isWholeFrom(message.seq, 1) ? null : "seq";
}

export function eventFault(message: Candidate<"data" | "seq">): Fault {
  if (!isObject(message.data)) return "data";
  const data: Candidate<"event" | "topic"> = message.data;
  if (!isFilledText(data.event, 256)) return "data.event";
  if (!isFilledTextOrAbsent(data.topic, 256)) return "data.topic";
  return message.seq === undefined || isWholeFrom(message.seq, 1) ? null : "seq";
}

function activityFault(value: unknown): Fault {
  if (!isObject(value)) return "data.activity_signal";
  const signal: Candidate<"mode" | "keep_alive" | "reason"> = value;
  if (signal.mode !== "active" && signal.mode !== "passive") return "data.activity_signal.mode";
  const isKnown = typeof signal.keep_alive === "boolean" || (signal.keep_alive === null && signal.mode === "passive");
  if (!isKnown) return "data.activity_signal.keep_alive";
  return isTextOrAbsent(signal.reason) ? null : "data.activity_signal.reason";
}

function artifactsFault(value: unknown): Fault {
  if (!Array.isArray(value)) return "data.artifacts";
  for (const [index, item] of value.entries()) {
    const fault = artifactFault(item);
    if (fault !== null) return fault === "" ? `data.artifacts.${index}` : `data.artifacts.${index}.${fault}`;
  }
  return null;
}

function artifactFault(value: unknown): Fault {
  if (!isObject(value)) return "";
  const artifact: Candidate<
    "artifact_id" | "rel_path" | "sha256" | "bytes" | "mime" | "captured_at" | "retention_class"
  > = value;
  if (!isFilledText(artifact.artifact_id, 128)) return "artifact_id";
  if (typeof artifact.rel_path !== "string" || !isOwnRelativePath(artifact.rel_path)) return "rel_path";
  if (!matches(artifact.sha256, SHA256_PATTERN)) return "sha256";
  if (!isWholeFrom(artifact.bytes, 0)) return "bytes";
  if (!isFilledText(artifact.mime, 255)) return "mime";
  if (!isTimestamp(artifact.captured_at)) return "captured_at";
  return isOneOf(artifact.retention_class, RETENTION_CLASSES) ? null : "retention_class";
}
