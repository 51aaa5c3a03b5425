// The numbers and closed word lists of JLP: what both ends must agree on before the first line.

/** The JLP version spoken here, `MAJOR.MINOR`. */
export const PROTOCOL_VERSION = "0.4";

/** Longest line in bytes, without its line end, of every type but `widget_frame`. */
export const DEFAULT_MAX_LINE_BYTES = 65_536;
/** Longest `widget_frame` line in bytes. */
export const WIDGET_FRAME_MAX_LINE_BYTES = 262_144;
/** `max_line_bytes` can be configured up to this. */
export const MAX_LINE_BYTES_CEILING = 1_048_576;
/** Objects and arrays may stand this deep in each other; the message itself is the first level. */
export const MAX_NESTING = 64;
/** Longest id of a durable stream, in characters. */
export const MAX_STREAM_LENGTH = 128;
/** How many bytes of a refused line are kept for diagnostics. */
export const REFUSED_HEAD_BYTES = 512;
/** Seconds between two heartbeats unless the handshake's `ack` says otherwise. */
export const DEFAULT_HEARTBEAT_INTERVAL_S = 5;
/** Seconds between two `flush` commands unless configured otherwise. */
export const DEFAULT_FLUSH_INTERVAL_S = 60;

/** Every message type an agent may send. */
export const MESSAGE_TYPES = [
  "handshake",
  "heartbeat",
  "summary",
  "event",
  "status",
  "error",
  "log",
  "ack",
  "metadata",
  "widget_frame",
  "result",
  "request",
  "metric",
  "custom",
] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** What an agent may announce in its handshake's `capabilities`. */
export const FEATURES = [
  "summary",
  "heartbeat",
  "status",
  "error",
  "log",
  "widget_frame",
  "durable_ack",
  "lifecycle",
  "throttle",
  "invoke",
  "events",
  "segment",
] as const;
export type Feature = (typeof FEATURES)[number];

/** How an agent says it is doing; on the wire `healthy` is read as `ok`. */
export const HEALTHS = ["initializing", "ok", "degraded", "overload", "failed"] as const;
export type Health = (typeof HEALTHS)[number];

/** Every command a collector may send. */
export const COMMANDS = [
  "ack",
  "reject",
  "flush",
  "stop",
  "start",
  "status",
  "shutdown",
  "sequence",
  "committed",
  "throttle",
  "lifecycle",
  "segment",
  "widget_render",
  "widget_action",
  "invoke",
  "event",
  "response",
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** `2025-11-07T09:00Z`, `2025-11-07T09:00:00.123456+01:00`: a zone is a must, seconds are not. */
export const TIMESTAMP_PATTERN = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
/** A configured agent label. */
export const LABEL_PATTERN = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;
/** `MAJOR.MINOR` of a protocol. */
export const PROTOCOL_VERSION_PATTERN = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/;
/** A version of an agent or an application, as semver.org has it. */
export const SEMVER_PATTERN =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/;
/** A monitor's label: a plain identifier. */
export const IDENTIFIER_PATTERN = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
/** Lower-case hex of a SHA-256. */
export const SHA256_PATTERN = /^[0-9a-f]{64}$/;
