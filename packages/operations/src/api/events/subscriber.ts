import type { ControlEvent, ControlNotice, EvidenceRecord, TimelineReport } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import type { Batch } from "./batch.ts";
import { Course } from "./course.ts";
import { EPHEMERA, EVIDENCE, type EventSet, SEGMENTS, typesIn } from "./event-set.ts";
import { Outbox } from "./outbox.ts";
import type { Page } from "./pages.ts";
import { Replay } from "./replay.ts";
import { Shed } from "./shed.ts";
import { Telling } from "./telling.ts";
import { textFrame } from "./text-frame.ts";

/** Above so much unsent, what is worth something only while it is new is dropped. */
const SHED_ABOVE_BYTES = 262_144;
/** Below so much, it is told again. */
const CAUGHT_UP_BYTES = 65_536;
/** Evidence waits on the disk rather than here. */
const READ_BELOW_BYTES = 131_072;
const MOST_BYTES = 2_097_152;
const MOST_SEGMENTS = 2_000;
const PATIENCE_MS = 15_000;

/** Why a connection is closed (RFC 6455, and its registry). */
export const CLOSING = { goingAway: 1001, policy: 1008, internal: 1011, tryAgain: 1013 } as const;

const comeBack = "come back with resume: the highest seq you saw";

export interface SubscriberParts {
  readonly clock: Pick<Clock, "wallMs" | "ticksMs">;
  /** Begins to write; `written` is called once that is out. */
  readonly write: (bytes: Buffer) => void;
  readonly close: (code: number, reason: string) => void;
  readonly page: (after: number, upTo: number) => Promise<Page>;
  /** The records that became durable together with this one, up to it. */
  readonly commitOf: (seq: number) => Promise<readonly EvidenceRecord[]>;
  readonly timeline: () => TimelineReport;
  readonly cooldownMs: () => number;
}

/** One client's subscription: gives it what it wants, in order, as fast as it reads, and no more than it can hold. */
export class Subscriber {
  readonly #parts: SubscriberParts;
  readonly #outbox: Outbox;
  readonly #shed = new Shed();
  #wanted: EventSet = 0;
  #course = new Course(0);
  #replay: Replay | null = null;
  #readings = 0;
  #isBehind = false;
  #isOver = false;

  constructor(parts: SubscriberParts) {
    this.#parts = parts;
    this.#outbox = new Outbox({ write: parts.write, ticksMs: () => parts.clock.ticksMs() });
  }

  get wanted(): EventSet {
    return this.#wanted;
  }

  /** The highest `seq` it was given, or was told that it need not be given. */
  get cursor(): number {
    return this.#course.cursor;
  }

  /** Takes the place of what was subscribed; `through` is what every batch before went up to. */
  subscribe(wanted: EventSet, through: number, resume?: number): void {
    const goesOn = resume === undefined && (wanted & this.#wanted & EVIDENCE) !== 0;
    this.#wanted = wanted;
    this.notice({ type: "subscribed", at: this.#now(), subscribe: typesIn(wanted), through });
    if (!goesOn) {
      this.#course = new Course(resume ?? through);
      this.#course.told(through, []);
      this.#replay = null;
    }
    if (resume !== undefined) this.#resume(resume, through);
    this.#advance();
  }

  take(batch: Batch): void {
    if (this.#isOver || this.#wanted === 0) return;
    this.#isBehind ||= this.#outbox.waitingBytes > SHED_ABOVE_BYTES;
    const direct = this.#wanted & ~(SEGMENTS | EVIDENCE);
    if (this.#isBehind) for (const telling of batch.of(direct)) this.#takeBehind(telling);
    else this.#put(batch.bytesOf(direct));
    this.#course.told(batch.through, batch.of(this.#wanted & SEGMENTS));
    this.#advance();
    if (this.#outbox.waitingBytes > MOST_BYTES || this.#course.waiting > MOST_SEGMENTS) this.#giveUp();
  }

  /** What was being written is out. */
  written(): void {
    if (this.#isOver) return;
    this.#outbox.written();
    if (this.#isBehind && this.#outbox.waitingBytes <= CAUGHT_UP_BYTES) this.#catchUp();
    this.#advance();
  }

  notice(notice: ControlNotice): void {
    this.#put(textFrame(JSON.stringify(notice)));
  }

  /** Looks whether it still reads. */
  look(): void {
    if (!this.#isOver && this.#outbox.stalledMs() > PATIENCE_MS) this.#giveUp();
  }

  /** Nothing more is written. */
  end(): void {
    this.#isOver = true;
    this.#outbox.drop();
  }

  #takeBehind(telling: Telling): void {
    if ((telling.bit & EPHEMERA) === 0) this.#put(telling.bytes);
    else this.#shed.add(telling);
  }

  #catchUp(): void {
    this.#isBehind = false;
    const { dropped, states } = this.#shed.take();
    for (const { bytes } of states) this.#put(bytes);
    if (Object.keys(dropped).length > 0) this.notice({ type: "shed", at: this.#now(), dropped });
  }

  #resume(seq: number, through: number): void {
    const report = (this.#wanted & SEGMENTS) === 0 ? { segments: [], open: null } : this.#parts.timeline();
    const replay = new Replay({ through, report, cooldownMs: this.#parts.cooldownMs() });
    this.#replay = replay;
    if (seq === 0) return replay.heardNothing();
    this.#reading(this.#parts.commitOf(seq), (records) => {
      if (records.length === 0) replay.heardNothing();
      for (const record of records) replay.heard(record);
    });
  }

  /** Gives all that may be given now. */
  #advance(): void {
    while (!this.#isOver && this.#readings === 0 && !this.#isBehind && this.#outbox.waitingBytes < READ_BELOW_BYTES) {
      if (this.#replay !== null && this.#course.cursor >= this.#replay.through) this.#resumed(this.#replay);
      const step = this.#course.next();
      if (step === null) return;
      if (step.do === "tell") this.#put(Buffer.concat(step.tellings.map(({ bytes }) => bytes)));
      else if (this.#readsEvidence) this.#read(step.after, step.upTo);
      else this.#course.reached(step.upTo);
    }
  }

  get #readsEvidence(): boolean {
    return (this.#wanted & EVIDENCE) !== 0 || this.#replay?.isOfEverything === false;
  }

  #read(after: number, upTo: number): void {
    const [course, replay] = [this.#course, this.#replay];
    this.#reading(this.#parts.page(after, upTo), (page) => {
      // Something else was subscribed meanwhile.
      if (course !== this.#course) return;
      course.reached(page.through);
      if (replay !== null) for (const record of page.records) replay.heard(record);
      if ((this.#wanted & EVIDENCE) !== 0) this.#put(page.bytes);
    });
  }

  #reading<Read>(reading: Promise<Read>, then: (read: Read) => void): void {
    this.#readings += 1;
    const read = async () => {
      const got = await reading;
      this.#readings -= 1;
      if (this.#isOver) return;
      then(got);
      this.#advance();
    };
    read().catch(() => this.#over(CLOSING.internal, `evidence cannot be read now; ${comeBack}`));
  }

  #resumed(replay: Replay): void {
    this.#replay = null;
    const { through } = replay;
    const at = this.#now();
    const { closed, open, fromMs } = replay.segments();
    const segments: ControlEvent[] = closed.map((segment) => ({
      type: "segment:closed",
      at,
      seq: through,
      ...segment,
    }));
    if (open !== null) segments.push({ type: "segment:opened", at, seq: through, ...open });
    for (const segment of segments) {
      const told = new Telling(segment);
      if ((told.bit & this.#wanted) !== 0) this.#put(told.bytes);
    }
    this.notice({ type: "resumed", at, through, segments_from: this.#anew(fromMs) });
  }

  #anew(fromMs: number): string | null {
    return (this.#wanted & SEGMENTS) === 0 ? null : new Date(Math.max(0, fromMs)).toISOString();
  }

  #put(bytes: Buffer | null): void {
    if (bytes !== null && !this.#isOver) this.#outbox.put(bytes);
  }

  #giveUp(): void {
    this.#over(CLOSING.tryAgain, `reads too slowly; ${comeBack}`);
  }

  #over(code: number, reason: string): void {
    if (this.#isOver) return;
    this.end();
    this.#parts.close(code, reason);
  }

  #now(): string {
    return new Date(this.#parts.clock.wallMs()).toISOString();
  }
}
