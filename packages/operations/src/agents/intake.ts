import { activityOf, type LogLevel, type LogLine, modeOf, monitorItems, type WireMessage } from "@mimolo/protocol";
import type { Origin } from "@mimolo/evidence";
import { entry, type Speaker } from "../diagnostics/entry.ts";
import type { MessageEntry } from "../journal/journal.ts";
import { Announcements, MOST_ANNOUNCEMENTS, type NamedMonitor } from "./announcements.ts";

const HEARTBEAT_NOTED_EVERY_MS = 60_000;
/** What is said once is known by so much of it. */
const KEY_CHARACTERS = 64;

/** A line of an agent as the supervisor hands it over; `bytes` are valid during the call only. */
export interface Received {
  message: Record<string, unknown> & { type: string };
  known: boolean;
  bytes: Uint8Array;
  lineNumber: number;
  runId: string;
  receivedAtMs: number;
}

/** Whose lines they are. */
export interface IntakeOwner extends Omit<Origin, "runId"> {
  /** The configuration's `data_header`, which wins over the one a monitor announces. */
  readonly dataHeader: string | undefined;
}

/** What the intake may do with a message. Every destination has one door. */
export interface IntakeDoors {
  evidence(entry: MessageEntry): void;
  diagnostics(line: LogLine): void;
  /** The line of a widget frame; the last one counts. */
  frame(line: Uint8Array): void;
  /** A summary came; `worked` is `null` for a passive agent. */
  summarized(worked: boolean | null): void;
  /** Changes wait in the agent. */
  pending(): void;
  monitor(monitor: NamedMonitor): void;
  refused(code: string): void;
  reply(command: { cmd: string; id: string; params: Record<string, unknown> }): void;
}

/** Who gets which message of one agent: evidence, diagnostics or nobody. Holds what "once" means, nothing else. */
export class Intake {
  readonly #who: IntakeOwner;
  readonly #doors: IntakeDoors;
  readonly #saidOnce = new Set<string>();
  #announced = new Announcements();
  #stream: string | undefined;
  #heartbeatNotedMs = Number.NEGATIVE_INFINITY;
  /** Of the run that speaks: one object for all its records. */
  #origin: Origin | null = null;

  constructor(who: IntakeOwner, doors: IntakeDoors) {
    this.#who = who;
    this.#doors = doors;
  }

  /** A new process speaks: what the last one announced no longer counts. */
  began(stream: string | undefined): void {
    this.#stream = stream;
    this.#announced = new Announcements();
    this.#heartbeatNotedMs = Number.NEGATIVE_INFINITY;
  }

  take(received: Received): void {
    this.#checkClaim(received);
    if (received.known) this.#route(received, received.message as WireMessage);
    else
      this.#once(
        received,
        `unknown-type:${received.message.type}`,
        "unknown-type",
        `ignored: unknown message type "${received.message.type}"`,
      );
  }

  #route(received: Received, message: WireMessage): void {
    switch (message.type) {
      case "summary":
        this.#evidence(received, message.seq);
        this.#doors.summarized(workedIn(message));
        return;
      case "event":
        this.#event(received, message);
        return;
      case "heartbeat":
        this.#heartbeat(received, message.metrics);
        return;
      case "status":
        this.#note(received, {
          message: describe(message, message.message ?? statusPhrase(message)),
        });
        return;
      case "error":
        this.#note(received, { level: "error", code: message.code, message: describe(message, message.message) });
        return;
      case "log":
        this.#note(received, { level: message.level, message: message.message });
        return;
      case "metadata":
        this.#metadata(received, message.data);
        return;
      case "request":
        this.#doors.reply({
          cmd: "response",
          id: message.id,
          params: {
            ok: false,
            error: { code: "not-available", message: `"${message.method}" is not offered by this version` },
          },
        });
        return;
      case "ack":
        this.#note(received, { level: "debug", message: message.message ?? `ack ${message.ack_command}` });
        return;
      case "widget_frame":
        this.#doors.frame(received.bytes);
        return;
      case "handshake":
      case "result":
      case "metric":
      case "custom":
        this.#note(received, { level: "debug", message: text(received.bytes) });
        return;
    }
  }

  #event(received: Received, message: Extract<WireMessage, { type: "event" }>): void {
    const { monitor } = this.#announced;
    if (monitor === null) {
      this.#note(received, { level: "debug", message: `event "${message.data.event}" has no subscriber` });
      return;
    }
    const header = this.#who.dataHeader ?? monitor.data_header;
    const items = header === undefined || header === null ? null : monitorItems(message, header);
    if (items !== null && !items.ok) {
      this.#doors.refused(items.code);
      this.#note(received, {
        level: "warning",
        code: items.code,
        message: `refused: an event without data.payload.${header}, this monitor's data_header`,
      });
      return;
    }
    this.#evidence(received, message.seq);
  }

  #evidence(received: Received, agentSeq: number | undefined): void {
    this.#doors.evidence({
      origin: this.#originOf(received.runId),
      line: received.bytes,
      message: received.message,
      receivedAtMs: received.receivedAtMs,
      stream: agentSeq === undefined ? undefined : this.#stream,
      agentSeq: this.#stream === undefined ? undefined : agentSeq,
    });
  }

  #originOf(runId: string): Origin {
    const { agentLabel, instanceId, pluginId, trust } = this.#who;
    if (this.#origin?.runId !== runId) this.#origin = { instanceId, pluginId, agentLabel, runId, trust };
    return this.#origin;
  }

  #heartbeat(received: Received, metrics: unknown): void {
    const pending = (metrics as Record<string, unknown> | undefined)?.["pending"];
    if (typeof pending === "number" && pending > 0) this.#doors.pending();
    if (received.receivedAtMs - this.#heartbeatNotedMs < HEARTBEAT_NOTED_EVERY_MS) return;
    this.#heartbeatNotedMs = received.receivedAtMs;
    this.#note(received, { level: "debug", message: `heartbeat ${JSON.stringify(metrics ?? {})}` });
  }

  #metadata(received: Received, data: unknown): void {
    const monitor = (data as { monitor?: unknown } | undefined)?.monitor;
    if (typeof monitor === "object" && monitor !== null) this.#announce(received, monitor);
    this.#note(received, { level: "debug", message: text(received.bytes) });
  }

  #announce(received: Received, monitor: object): void {
    const news = this.#announced.take(monitor);
    if (news === "new" && this.#announced.monitor !== null) this.#doors.monitor(this.#announced.monitor);
    if (news !== "ignored") return;
    const sentence = `said ${MOST_ANNOUNCEMENTS} times what kind of monitor it is: the last one holds`;
    this.#once(received, "announcements", "announcement-ignored", sentence);
  }

  /** We know whom we spawned: another name on the wire changes nothing, and is said once. */
  #checkClaim(received: Received): void {
    const { agentLabel: label, instanceId } = this.#who;
    const { agent_label: claimedLabel, agent_id: claimedId } = received.message as Record<string, unknown>;
    const wrongLabel = typeof claimedLabel === "string" && claimedLabel !== label;
    const wrongId = typeof claimedId === "string" && claimedId !== instanceId;
    if (!wrongLabel && !wrongId) return;
    const claim = JSON.stringify(wrongLabel ? claimedLabel : claimedId);
    this.#once(received, "false-claim", "false-claim", `calls itself ${claim}; it is kept under its configured name`);
  }

  #once(received: Received, whole: string, code: string, message: string): void {
    const key = whole.slice(0, KEY_CHARACTERS);
    // Bounded: an agent that invents a new type per line fills neither memory nor the log.
    if (this.#saidOnce.has(key) || this.#saidOnce.size >= 64) return;
    this.#saidOnce.add(key);
    this.#note(received, { level: "warning", code, message });
  }

  #note(received: Received, what: { level?: LogLevel; code?: string | undefined; message: string }): void {
    const speaker: Speaker = { label: this.#who.agentLabel, instance_id: this.#who.instanceId, run_id: received.runId };
    const { type } = received.message;
    this.#doors.diagnostics(entry(speaker, received.receivedAtMs, { type, line: received.lineNumber, ...what }));
  }
}

/** `null` for a passive agent. */
function workedIn(summary: Extract<WireMessage, { type: "summary" }>): boolean | null {
  const { mode, keep_alive: keepAlive } = activityOf(summary);
  return mode === "active" ? keepAlive === true : null;
}

/** The sentence with what stands beside it, so that `mimolo logs` shows why. */
function describe(message: Record<string, unknown>, sentence: string): string {
  const { details, tuned, context } = message;
  const more = {
    ...(details === undefined ? {} : { details }),
    ...(tuned === undefined ? {} : { tuned }),
    ...(context === undefined ? {} : { context }),
  };
  return Object.keys(more).length === 0 ? sentence : `${sentence} ${JSON.stringify(more)}`;
}

function statusPhrase(status: Extract<WireMessage, { type: "status" }>): string {
  const mode = modeOf(status);
  return `health ${status.health ?? "unchanged"}${mode === null ? "" : `, mode ${mode}`}`;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
