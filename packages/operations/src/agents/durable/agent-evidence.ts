import type { Handshake, LogLevel } from "@mimolo/protocol";
import type { SupervisedAgent } from "@mimolo/supervisor";
import type { Journal } from "../../journal/journal.ts";
import type { MessageEntry } from "../../journal/message-entry.ts";
import type { Unkept } from "../intake-doors.ts";
import { DurableEvidence, MOST_STREAMS_OF_A_RUN, type Placed } from "./evidence.ts";
import type { DurableStreams } from "./streams.ts";

/** What an agent is told about, once per process. */
const NO_STREAM = "announces durable_ack without a stream: its evidence is kept as it comes, and never committed to it";
const TOO_MANY = `refused: evidence of more than ${MOST_STREAMS_OF_A_RUN} streams in one run`;

export interface AgentEvidenceOptions {
  readonly instanceId: string;
  readonly journal: Journal;
  readonly streams: DurableStreams;
  readonly supervised: () => SupervisedAgent;
  say(runId: string, what: { type: string; level: LogLevel; code: string; message: string }): void;
  /** The agent did something wrong. */
  fault(): void;
  /** Something of it was kept, for the first time. */
  kept(entry: MessageEntry, seq: number): void;
}

/** What becomes of one agent's evidence: kept in the journal, or counted by the reason it is not; durable agents hear of it. */
export class AgentEvidence {
  /** Lines that were JLP and yet no evidence, by code. */
  readonly refused = new Map<string, number>();
  readonly #options: AgentEvidenceOptions;
  readonly #durable: DurableEvidence;
  #doubled = 0;
  #overwhelmedRun: string | null = null;
  #isAwaited = false;
  #isLeaving = false;

  constructor(options: AgentEvidenceOptions) {
    const { journal, streams, instanceId, supervised } = options;
    this.#options = options;
    this.#durable = new DurableEvidence(streams, instanceId, {
      keep: (entry) => {
        const seq = journal.message(entry, supervised());
        options.kept(entry, seq);
        return seq;
      },
      missing: (data, origin) => journal.missing(data, origin, supervised()),
      hurry: () => journal.commits.soon(),
      commit: (tried) => journal.commits.now(tried),
      afterCommit: (settle) => journal.commits.next(settle),
      tell: (stream, news) => {
        const agent = supervised();
        if (!agent.has("durable_ack")) return;
        agent.sendLatest(`committed ${stream}`, () => ({ cmd: "committed", params: { stream, ...news() } }));
      },
      doubled: () => (this.#doubled += 1),
      overwhelmed: ({ origin }) => this.#overwhelmed(origin.runId),
    });
  }

  /** How many lines came again and were not kept again. */
  get doubled(): number {
    return this.#doubled;
  }

  /** Another process speaks; `null`: without a handshake. */
  began(handshake: Handshake | null, runId: string): void {
    this.#durable.began(handshake?.stream);
    if (handshake?.stream !== undefined || handshake?.capabilities?.includes("durable_ack") !== true) return;
    this.#options.say(runId, { type: "handshake", level: "warning", code: "no-stream", message: NO_STREAM });
  }

  /** Its handshake was answered. */
  welcomed(): void {
    this.#durable.welcomed();
  }

  /** Somebody waits for the next one. */
  awaited(): void {
    this.#isAwaited = true;
  }

  /** The next ones are the last of this process. */
  leaving(isLeaving: boolean): void {
    this.#isLeaving = isLeaving;
  }

  take(entry: MessageEntry): void {
    this.#durable.take(entry);
    if (this.#isAwaited || this.#isLeaving) this.#options.journal.commits.soon();
    this.#isAwaited = false;
  }

  /** It was read and is not kept. */
  unkept(evidence: Unkept): void {
    this.#count(evidence.code);
    if (evidence.isFault) this.#options.fault();
    this.#durable.refuse(evidence, evidence.code);
  }

  /** It was refused before it could be read as a message. */
  unread(placed: Placed, code: string): void {
    this.#durable.refuse(placed, code);
  }

  #overwhelmed(runId: string): void {
    this.#count("too-many-streams");
    this.#options.fault();
    if (this.#overwhelmedRun === runId) return;
    this.#overwhelmedRun = runId;
    this.#options.say(runId, { type: "refused", level: "warning", code: "too-many-streams", message: TOO_MANY });
  }

  #count(code: string): void {
    this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
  }
}
