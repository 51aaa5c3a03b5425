// Guards of what an agent tells about itself: handshake, status, failures, log lines, receipts.
import { HEALTHS, IDENTIFIER_PATTERN, PROTOCOL_VERSION_PATTERN, SEMVER_PATTERN } from "../constants.ts";
import {
  type Candidate,
  type Fault,
  isBooleanOrAbsent,
  isFilledText,
  isFilledTextOrAbsent,
  isNumber,
  isObject,
  isObjectOrAbsent,
  isOneOf,
  isPositiveOrAbsent,
  isTextList,
  isTextOrAbsent,
  matches,
} from "./checks.ts";

const WIRE_HEALTHS = /* @__PURE__ */ (HEALTHS as readonly string[]).concat("healthy");
const LOG_LEVELS = ["debug", "info", "warning", "error"];
const SEVERITIES = ["recoverable", "fatal"];
const MODES = ["normal", "intensive"];

type HandshakeKeys = "protocol_version" | "agent_version" | "min_app_version" | "capabilities" | "stream" | "data";

export function handshakeFault(message: Candidate<HandshakeKeys>): Fault {
  if (!matches(message.protocol_version, PROTOCOL_VERSION_PATTERN)) return "protocol_version";
  if (!matches(message.agent_version, SEMVER_PATTERN)) return "agent_version";
  const oldest = message.min_app_version;
  if (oldest !== undefined && !matches(oldest, SEMVER_PATTERN)) return "min_app_version";
  if (message.capabilities !== undefined && !isTextList(message.capabilities)) return "capabilities";
  if (!isFilledTextOrAbsent(message.stream, 128)) return "stream";
  return isObjectOrAbsent(message.data) ? null : "data";
}

type StatusKeys = "health" | "uptime_s" | "details" | "message" | "mode" | "tuned";

export function statusFault(message: Candidate<StatusKeys>): Fault {
  const { health, mode, tuned } = message;
  if (health !== undefined && !isOneOf(health, WIRE_HEALTHS)) return "health";
  if (message.uptime_s !== undefined && !isNumber(message.uptime_s)) return "uptime_s";
  if (!isObjectOrAbsent(message.details)) return "details";
  if (!isTextOrAbsent(message.message)) return "message";
  if (mode !== undefined && !isOneOf(mode, MODES)) return "mode";
  if (health !== undefined || mode !== undefined || (tuned !== undefined && tuned !== null)) return null;
  return isObject(message.details) && isOneOf(message.details["mode"], MODES) ? null : "health";
}

export function errorFault(message: Candidate<"message" | "severity" | "code">): Fault {
  if (typeof message.message !== "string") return "message";
  if (message.severity !== undefined && !isOneOf(message.severity, SEVERITIES)) return "severity";
  return isTextOrAbsent(message.code) ? null : "code";
}

export function logFault(message: Candidate<"level" | "message" | "markup">): Fault {
  if (!isOneOf(message.level, LOG_LEVELS)) return "level";
  if (typeof message.message !== "string") return "message";
  return isBooleanOrAbsent(message.markup) ? null : "markup";
}

export function ackFault(message: Candidate<"ack_command" | "id" | "message">): Fault {
  if (!isFilledText(message.ack_command)) return "ack_command";
  if (!isTextOrAbsent(message.id)) return "id";
  return isTextOrAbsent(message.message) ? null : "message";
}

export function metadataFault(message: Candidate<"data">): Fault {
  if (!isObject(message.data)) return "data";
  const data: Candidate<"provides" | "config_schema" | "data_schema" | "monitor"> = message.data;
  if (data.provides !== undefined && !isTextList(data.provides)) return "data.provides";
  if (!isObjectOrAbsent(data.config_schema)) return "data.config_schema";
  if (!isObjectOrAbsent(data.data_schema)) return "data.data_schema";
  return data.monitor === undefined ? null : monitorFault(data.monitor);
}

function monitorFault(value: unknown): Fault {
  if (!isObject(value)) return "data.monitor";
  const monitor: Candidate<"label" | "data_header" | "resets_cooldown" | "infrequent" | "poll_interval_s"> = value;
  if (!matches(monitor.label, IDENTIFIER_PATTERN)) return "data.monitor.label";
  const hasHeader = monitor.data_header === null || isFilledTextOrAbsent(monitor.data_header, 128);
  if (!hasHeader) return "data.monitor.data_header";
  if (!isBooleanOrAbsent(monitor.resets_cooldown)) return "data.monitor.resets_cooldown";
  if (!isBooleanOrAbsent(monitor.infrequent)) return "data.monitor.infrequent";
  return isPositiveOrAbsent(monitor.poll_interval_s) ? null : "data.monitor.poll_interval_s";
}
