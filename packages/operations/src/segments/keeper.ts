import type { LogLine } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import type { Agents } from "../agents/agents.ts";
import type { MonitorConfig } from "../config/index.ts";
import type { DataDirectory } from "../data-directory.ts";
import { entry, theCollector } from "../diagnostics/entry.ts";
import type { Emitter } from "../emitter.ts";
import type { CollectorEvents } from "../events.ts";
import type { Journal } from "../journal/journal.ts";
import { CurrentSegment } from "./current-segment.ts";
import { DayFiles } from "./day-files.ts";
import { FORMATS } from "./formats.ts";
import { Questioner } from "./questioner.ts";
import { SegmentFiles } from "./segment-files.ts";

/** How long a stop waits for monitors that are being asked. */
const LAST_ANSWERS_MS = 800;
/** A disk that took nothing is tried again. */
const RETRY_MS = 10_000;
/** More days than this are no news of today but a history to be told: looked at once a second, not at every answer. */
const MANY_DAYS = 12;
const MANY_DAYS_EVERY_MS = 1_000;

export interface SegmentKeeperOptions {
  readonly directory: DataDirectory;
  /** As it holds now. */
  readonly monitor: () => MonitorConfig;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly agents: Agents;
  readonly events: Emitter<CollectorEvents>;
  readonly diagnostics: (line: LogLine) => void;
}

/** What happens around segments: agents hear of them, monitors are asked after the close, files are written. All of it follows
 *  from the timeline, so that whatever a crash cut off is made good at the next start. */
export class SegmentKeeper {
  readonly #options: SegmentKeeperOptions;
  readonly #questioner: Questioner;
  readonly #files: SegmentFiles;
  readonly #current: CurrentSegment;
  readonly #closed = new AbortController();
  readonly #off: (() => void)[];
  #erased: number;
  #isLooking = false;
  #isLookingLater = false;
  #restUntilMs = Number.NEGATIVE_INFINITY;
  #writing: Promise<void> | null = null;
  #fault: string | null = null;
  #answered: () => void = () => undefined;

  constructor(options: SegmentKeeperOptions) {
    const { journal, agents, clock, directory, events } = options;
    const { log_dir, log_format } = options.monitor();
    const { timeline } = journal;
    this.#options = options;
    this.#erased = timeline.erased.size;
    this.#questioner = new Questioner({
      clock,
      callsTo: (label) => agents.find(label)?.calls ?? null,
      inputsOf: (segmentId) => timeline.questions.inputs(segmentId),
      append: (data) => journal.aggregate(data),
      failed: (label, code, message) => this.#sayFallback(label, code, message),
      again: () => this.#lookSoon(),
    });
    const format = FORMATS[log_format];
    const source = {
      collectorId: journal.ledger.collectorId,
      closed: () => timeline.questions.closed(clock.wallMs()),
      infrequent: () => timeline.snapshot().infrequent,
      isErased: (seq: number) => timeline.erased.has(seq),
      zone: options.monitor,
    };
    this.#files = new SegmentFiles(source, new DayFiles(log_dir ?? directory.segments, format), format);
    const open = () => timeline.snapshot().open;
    this.#current = new CurrentSegment({ file: directory.currentSegment, clock, open });
    this.#off = [
      events.on("segment:opened", ({ id }) => this.#news("opened", id)),
      events.on("segment:extended", () => this.#current.changed()),
      events.on("segment:closed", ({ id, start }) => this.#news("closed", id, start)),
      events.on("segment:revised", ({ start }) => this.#changed(start)),
      events.on("agent:state", () => this.#lookSoon()),
      events.on("evidence:committed", () => this.#lookSoon()),
    ];
  }

  /** Makes good what the last run left undone. */
  async begin(): Promise<void> {
    await this.#files.allChanged();
    this.#lookSoon();
  }

  /** Gives monitors that are being asked a moment to answer, before their agents are stopped. */
  async lastAnswers(): Promise<void> {
    this.#look();
    if (this.#questioner.isAsking) await this.#waitForAnswers();
    this.#questioner.close();
  }

  /** Writes what is left, once the journal has folded its last records. */
  async close(): Promise<void> {
    for (const off of this.#off.splice(0)) off();
    this.#questioner.close();
    this.#current.close();
    await this.#writing;
    this.#closed.abort();
    await this.#files.settle({ last: true }).catch((error: unknown) => this.#sayFault(error));
  }

  #news(phase: "opened" | "closed", id: string, start?: string): void {
    for (const { calls } of this.#options.agents.each) calls.tell("segment", { cmd: "segment", params: { phase, id } });
    if (start !== undefined) this.#changed(start);
    else this.#current.changed();
  }

  #changed(start: string): void {
    this.#files.changed(Date.parse(start));
    this.#current.changed();
    this.#lookSoon();
  }

  /** Many things happen at once; one look finds them all. */
  #lookSoon(): void {
    if (this.#isLooking || this.#closed.signal.aborted) return;
    this.#isLooking = true;
    setImmediate(() => {
      this.#isLooking = false;
      if (!this.#closed.signal.aborted) this.#look();
    });
  }

  #look(): void {
    this.#noteEntries();
    if (this.#files.due === 0) return;
    const { journal, clock } = this.#options;
    this.#questioner.look(journal.timeline.questions.closed(clock.wallMs()));
    if (!this.#questioner.isAsking) this.#answered();
    if (this.#files.due > MANY_DAYS && clock.ticksMs() < this.#restUntilMs) this.#lookLater();
    else this.#writing ??= this.#write().finally(() => (this.#writing = null));
  }

  // Infrequent events are entries at once; and what was erased stands in no file.
  #noteEntries(): void {
    const { timeline } = this.#options.journal;
    for (const { at } of timeline.takeFreshEntries()) this.#files.changed(Date.parse(at));
    if (timeline.erased.size === this.#erased) return;
    this.#erased = timeline.erased.size;
    void this.#files.allChanged().then(() => this.#lookSoon());
  }

  #lookLater(): void {
    if (this.#isLookingLater) return;
    this.#isLookingLater = true;
    const look = () => {
      this.#isLookingLater = false;
      this.#lookSoon();
    };
    this.#options.clock.after(MANY_DAYS_EVERY_MS, look, this.#closed.signal);
  }

  async #write(): Promise<void> {
    try {
      await this.#files.settle({ last: false });
      this.#restUntilMs = this.#options.clock.ticksMs() + MANY_DAYS_EVERY_MS;
      this.#sayFault(null);
    } catch (error) {
      this.#sayFault(error);
      this.#options.clock.after(RETRY_MS, () => this.#lookSoon(), this.#closed.signal);
    }
  }

  async #waitForAnswers(): Promise<void> {
    const over = new AbortController();
    await new Promise<void>((resolve) => {
      this.#answered = resolve;
      this.#options.clock.after(LAST_ANSWERS_MS, resolve, over.signal);
    });
    over.abort();
  }

  #sayFallback(label: string, code: string, message: string): void {
    const { agents, clock, diagnostics } = this.#options;
    const speaker = { ...theCollector, label, instance_id: agents.idOf(label) };
    const sentence = `its filter gave no value (${message}): the segment keeps the unique items`;
    diagnostics(
      entry(speaker, clock.wallMs(), {
        type: "collector",
        level: "warning",
        code: `filter-${code}`,
        message: sentence,
      }),
    );
  }

  // Said when it begins and when it is over.
  #sayFault(error: unknown): void {
    const fault = error === null ? null : `segments are not written to their files: ${(error as Error).message}`;
    if (fault === this.#fault) return;
    this.#fault = fault;
    const { clock, diagnostics } = this.#options;
    const what: Parameters<typeof entry>[2] =
      fault === null
        ? { type: "collector", message: "segments are written to their files again" }
        : { type: "collector", level: "error", code: "segment-files-fault", message: fault };
    diagnostics(entry(theCollector, clock.wallMs(), what));
  }
}
