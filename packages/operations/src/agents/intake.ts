import { type EventMessage, isWireMessage, type LogLevel, monitorItems, type WireMessage } from "@mimolo/protocol";
import type { Origin } from "@mimolo/evidence";
import type { RefusedMessage } from "@mimolo/supervisor";
import { entry, type Speaker } from "../diagnostics/entry.ts";
import type { MessageEntry } from "../journal/message-entry.ts";
import { Announcements, MOST_ANNOUNCEMENTS, type Offers } from "./announcements.ts";
import type { Filtered } from "./filtered.ts";
import type { EvidenceMessage, IntakeDoors, IntakeOwner, Received, Unkept } from "./intake-doors.ts";
import type { Placed } from "./durable/evidence.ts";
import { refusedPlace } from "./durable/head-place.ts";
import { placeOf } from "./durable/place.ts";
import { describe, statusPhrase, textOf, workedIn } from "./phrases.ts";

const HEARTBEAT_NOTED_EVERY_MS = 60_000;
/** What is said once is known by so much of it. */
const KEY_CHARACTERS = 64;

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

  /** What the process that speaks says it answers. */
  get offers(): Offers {
    return this.#announced.offers;
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

  /** Where evidence stands that was refused before it could be taken; `null` when it has no place that can be read. */
  placed(refusal: RefusedMessage, receivedAtMs: number): Placed | null {
    const place = refusedPlace(refusal, this.#stream);
    return place === undefined ? null : { origin: this.#originOf(refusal.runId), receivedAtMs, ...place };
  }

  #route(received: Received, message: WireMessage): void {
    switch (message.type) {
      case "summary":
        this.#evidence(received, message);
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
        this.#doors.requested(message, received.receivedAtMs);
        return;
      case "ack":
        this.#doors.acknowledged(message);
        this.#note(received, { level: "debug", message: message.message ?? `ack ${message.ack_command}` });
        return;
      case "widget_frame":
        this.#doors.frame(message, received.bytes, received.receivedAtMs);
        return;
      case "result":
        this.#doors.result(message);
        return;
      case "handshake":
        this.#doors.welcomed();
        this.#note(received, { level: "debug", message: textOf(received.bytes) });
        return;
      case "metric":
      case "custom":
        this.#note(received, { level: "debug", message: textOf(received.bytes) });
        return;
    }
  }

  #event(received: Received, message: Extract<WireMessage, { type: "event" }>): void {
    if (this.#doors.progressed(message)) return;
    const { monitor } = this.#announced;
    // Only evidence has a number in a stream: one that comes again may be here before its `metadata`.
    if (monitor === null && (message.seq === undefined || this.#stream === undefined)) {
      const filtered = this.#doors.filter(message, received.bytes);
      const open = openPart(message, filtered);
      if (open !== null) this.#doors.fired(open, received.receivedAtMs);
      return;
    }
    const header = this.#who.dataHeader ?? monitor?.data_header;
    const items = header === undefined || header === null ? null : monitorItems(message, header);
    if (items !== null && !items.ok) {
      const why = `an event without data.payload.${header}, this monitor's data_header`;
      return this.#refuse(received, message, items.code, why);
    }
    this.#evidence(received, message);
  }

  #evidence(received: Received, message: EvidenceMessage): void {
    const place = placeOf(message, this.#stream);
    if (place === null) return this.#refuse(received, message, "invalid-field", "the stream it names is none");
    const filtered = this.#doors.filter(message, received.bytes);
    if (filtered.verdict === "drop") {
      this.#doors.unkept(this.#unkept(received, message, "privacy-drop", false));
      const rules = filtered.rules.join(", ");
      this.#once(received, `privacy-drop:${rules}`, "privacy-drop", `not kept, as the privacy rule ${rules} has it`);
      return;
    }
    const evidence: MessageEntry = {
      origin: this.#originOf(received.runId),
      line: received.bytes,
      message: received.message,
      receivedAtMs: received.receivedAtMs,
      stream: place?.stream,
      agentSeq: place?.agentSeq,
    };
    this.#doors.evidence(filtered.verdict === "keep" ? evidence : redacted(evidence, filtered));
  }

  #refuse(received: Received, message: EvidenceMessage, code: string, why: string): void {
    this.#doors.unkept(this.#unkept(received, message, code, true));
    this.#note(received, { level: "warning", code, message: `refused: ${why}` });
  }

  #unkept(received: Received, message: EvidenceMessage, code: string, isFault: boolean): Unkept {
    const { runId, receivedAtMs } = received;
    const place = placeOf(message, this.#stream);
    return {
      origin: this.#originOf(runId),
      receivedAtMs,
      stream: place?.stream,
      agentSeq: place?.agentSeq,
      code,
      isFault,
    };
  }

  #originOf(runId: string): Origin {
    const { agentLabel, instanceId, pluginId, trust } = this.#who;
    if (this.#origin?.runId !== runId) this.#origin = { instanceId, pluginId, agentLabel, runId, trust };
    return this.#origin;
  }

  #heartbeat(received: Received, said: unknown): void {
    const metrics = (said ?? {}) as Readonly<Record<string, unknown>>;
    const { pending } = metrics;
    if (typeof pending === "number" && pending > 0) this.#doors.pending();
    this.#doors.beat(metrics, received.receivedAtMs);
    if (received.receivedAtMs - this.#heartbeatNotedMs < HEARTBEAT_NOTED_EVERY_MS) return;
    this.#heartbeatNotedMs = received.receivedAtMs;
    this.#note(received, { level: "debug", message: `heartbeat ${JSON.stringify(metrics)}` });
  }

  #metadata(received: Received, data: Readonly<Record<string, unknown>>): void {
    const { monitor } = data;
    if (this.#announced.takeOffers(data)) this.#doors.offered();
    if (typeof monitor === "object" && monitor !== null) this.#announce(received, monitor);
    this.#note(received, { level: "debug", message: textOf(received.bytes) });
  }

  #announce(received: Received, monitor: object): void {
    const news = this.#announced.take(monitor);
    if (news === "new" && this.#announced.monitor !== null) this.#doors.announced(this.#announced.monitor);
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

/** What others may see of an event; `null` when that is nothing, or no event any more. */
function openPart(event: EventMessage, filtered: Filtered): EventMessage | null {
  if (filtered.verdict === "keep") return event;
  if (filtered.verdict === "drop" || !isWireMessage(filtered.message)) return null;
  return filtered.message.type === "event" ? filtered.message : null;
}

function redacted(kept: MessageEntry, { message, rules }: Extract<Filtered, { verdict: "redact" }>): MessageEntry {
  const { type } = kept.message;
  return { ...kept, message: { ...message, type }, line: Buffer.from(JSON.stringify(message)), redacted: rules };
}
