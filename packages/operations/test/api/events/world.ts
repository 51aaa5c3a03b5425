// A collector as its events see it, without a disk, and clients of it without a network.
import { manualClock } from "@mimolo/agent-sdk/testing";
import { LiveTimeline } from "@mimolo/evidence";
import type { EvidenceRecord, LogLine, Segment } from "@mimolo/protocol";
import { News } from "../../../src/api/events/news.ts";
import { Pages } from "../../../src/api/events/pages.ts";
import { Subscriber } from "../../../src/api/events/subscriber.ts";
import { subscriptionOf } from "../../../src/api/events/event-set.ts";
import { Emitter } from "../../../src/emitter.ts";
import type { CollectorEvents } from "../../../src/events.ts";
import { announce } from "../../../src/journal/announce.ts";
import { atMs, type RecordDraft, recordOf } from "./records.ts";

const COOLDOWN_MS = 300_000;
const silent = { level: "info", instance_id: null, run_id: null, type: "log" };

export class World {
  readonly clock = manualClock({ wallMs: atMs(0) });
  readonly events = new Emitter<CollectorEvents>((error) => {
    throw error;
  });
  readonly records: EvidenceRecord[] = [];
  readonly clients: FakeClient[] = [];
  readonly #commits: EvidenceRecord[][] = [];
  readonly #timeline = new LiveTimeline({ collectorId: "c0" });
  readonly #news: News;
  readonly pages: Pages;

  constructor() {
    this.pages = new Pages({ evidence: ({ seqAfter } = {}) => this.#evidence(seqAfter ?? 0) });
    const { clock, events } = this;
    const source = {
      clock,
      events,
      foldedSeq: () => this.foldedSeq,
      timeline: () => this.timeline(),
      cooldownMs: () => COOLDOWN_MS,
    };
    this.#news = new News(source as never, (batch) => {
      this.pages.told(batch.through);
      for (const { subscriber } of this.clients) subscriber?.take(batch);
    });
    this.#news.want(subscriptionOf(["*"]));
  }

  get foldedSeq(): number {
    return this.records.length;
  }

  timeline(): { segments: Segment[]; open: Segment | null } {
    const { segments, open } = this.#timeline.snapshot(this.clock.wallMs());
    return { segments: [...segments], open };
  }

  commit(drafts: readonly RecordDraft[]): void {
    const nowS = (this.clock.wallMs() - atMs(0)) / 1000;
    const fresh: EvidenceRecord[] = [];
    for (const draft of drafts) fresh.push(recordOf(draft, nowS, this.records.length + fresh.length));
    this.records.push(...fresh);
    this.#commits.push(fresh);
    this.events.emit("evidence:committed", { through: this.records.length, count: fresh.length });
    announce(this.#timeline.addAll(fresh.map((record) => this.#timeline.note(record))), this.events);
    this.pass(0);
  }

  /** Time goes by, and segments close. */
  pass(ms: number): void {
    this.clock.advance(ms);
    announce(this.#timeline.tick(this.clock.wallMs()), this.events);
  }

  chatter(lines: number): void {
    const at = new Date(this.clock.wallMs()).toISOString();
    for (let line = 0; line < lines; line++)
      this.events.emit("log", { ...silent, at, label: "a", message: "x".repeat(20_000) } as LogLine);
  }

  settle(): number {
    this.#news.tell();
    return this.foldedSeq;
  }

  commitOf(seq: number): Promise<EvidenceRecord[]> {
    const commit = this.#commits.find((records) => records.some((record) => record.seq === seq)) ?? [];
    return Promise.resolve(commit.filter((record) => record.seq <= seq));
  }

  async *#evidence(seqAfter: number): AsyncGenerator<{ record: EvidenceRecord; line: Uint8Array }> {
    for (const record of this.records.slice(seqAfter)) {
      await Promise.resolve();
      yield { record, line: Buffer.from(JSON.stringify(record)) };
    }
  }

  /** Lets everything that waits for no client come to rest. */
  async rest(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Keeps what it is told, as the documentation says it should. */
export class FakeClient {
  readonly segments = new Map<string, Segment>();
  readonly seqs: number[] = [];
  readonly faults: string[] = [];
  readonly others: Record<string, unknown>[] = [];
  subscriber: Subscriber | null = null;
  closed: { code: number; reason: string } | null = null;
  #unread: Buffer | null = null;
  #resume = 0;
  #highest = 0;
  /** Ids told since it came back. */
  #anew: Set<string> | null = null;
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    world.clients.push(this);
  }

  connect(subscribe: readonly string[]): void {
    const world = this.#world;
    const subscriber: Subscriber = new Subscriber({
      clock: world.clock,
      write: (bytes) => (this.#unread = bytes),
      close: (code, reason) => {
        this.closed = { code, reason };
      },
      page: (after, upTo) => world.pages.read(after, upTo),
      commitOf: (seq) => world.commitOf(seq),
      timeline: () => world.timeline(),
      cooldownMs: () => COOLDOWN_MS,
    });
    this.closed = null;
    this.#unread = null;
    this.#highest = this.#resume;
    this.#anew = new Set();
    const through = world.settle();
    subscriber.subscribe(subscriptionOf(subscribe), through, this.#resume);
    this.subscriber = subscriber;
  }

  /** Reads what was written, once. */
  read(): boolean {
    const bytes = this.#unread;
    if (bytes === null || this.subscriber === null) return false;
    this.#unread = null;
    for (const text of framesIn(bytes)) this.#hear(JSON.parse(text) as Record<string, unknown>);
    this.subscriber.written();
    return true;
  }

  /** The connection breaks, after some of what was under way has come. */
  cut(part: number): void {
    const frames = this.#unread === null ? [] : framesIn(this.#unread);
    for (const text of frames.slice(0, Math.floor(frames.length * part)))
      this.#hear(JSON.parse(text) as Record<string, unknown>);
    this.subscriber?.end();
    this.subscriber = null;
  }

  #hear(event: Record<string, unknown>): void {
    const { type, seq } = event;
    if (typeof seq === "number") this.#highest = Math.max(this.#highest, seq);
    if (type === "evidence:committed") this.#record(Number(seq));
    else if (String(type).startsWith("segment:")) this.#segment(event as never);
    else if (type === "resumed") this.#resumed(event as never);
    else this.others.push(event);
    // Whoever is cut off while it comes back has not come back.
    if (this.#anew === null) this.#resume = this.#highest;
  }

  #record(seq: number): void {
    if (this.seqs.at(-1) !== undefined && seq > Math.max(...this.seqs) + 1) this.faults.push(`gap before ${seq}`);
    this.seqs.push(seq);
  }

  #segment(event: Segment & { type: string; seq: number; at: string; replaces?: string[] }): void {
    const { type: _type, seq, at: _at, replaces = [], ...segment } = event;
    if (this.seqs.length > 0 && seq > Math.max(...this.seqs))
      this.faults.push(`a segment at ${seq} before its records`);
    for (const id of replaces) this.segments.delete(id);
    const hasVanished = segment.start === segment.end && segment.labels.length === 0;
    if (!hasVanished) this.segments.set(segment.id, segment);
    this.#anew?.add(segment.id);
  }

  #resumed({ segments_from: from }: { segments_from: string }): void {
    for (const [id, { end }] of this.segments)
      if (end >= from && this.#anew?.has(id) === false) this.segments.delete(id);
    this.#anew = null;
  }
}

function framesIn(bytes: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const short = bytes[at + 1] ?? 0;
    const head = short === 127 ? 10 : short === 126 ? 4 : 2;
    const length =
      short === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : short === 126 ? bytes.readUInt16BE(at + 2) : short;
    texts.push(bytes.toString("utf8", at + head, at + head + length));
    at += head + length;
  }
  return texts;
}
