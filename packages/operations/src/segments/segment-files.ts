import type { ClosedSegment } from "@mimolo/evidence";
import type { InfrequentEntry } from "@mimolo/protocol";
import type { DayFiles } from "./day-files.ts";
import { beginOf, type Entry, rareEntry, segmentEntry } from "./entry.ts";
import type { Format } from "./format.ts";
import { aroundDay, type LocalDays, localDays } from "./local-day.ts";

const DAY_MS = 86_400_000;

/** The timeline, as the files of segments are told from it. */
export interface FileSource {
  readonly collectorId: string;
  closed(): readonly ClosedSegment[];
  infrequent(): readonly InfrequentEntry[];
  isErased(seq: number): boolean;
  /** The zone and the start of days, as they hold now. */
  zone(): { readonly time_zone: string; readonly day_start: string };
}

/** Keeps the files of segments in line with the timeline: of what may have changed, nothing else is looked at. */
export class SegmentFiles {
  readonly #source: FileSource;
  readonly #files: DayFiles;
  readonly #format: Format;
  /** Days whose file may not say what it should. */
  readonly #due = new Set<string>();

  constructor(source: FileSource, files: DayFiles, format: Format) {
    this.#source = source;
    this.#files = files;
    this.#format = format;
  }

  /** How many days are. */
  get due(): number {
    return this.#due.size;
  }

  /** Something changed at this time; a segment that vanished may have begun the day before. */
  changed(atMs: number): void {
    for (const day of aroundDay(this.#days().of(atMs))) this.#due.add(day);
  }

  /** Any day may be out of date: those of the timeline and those that have a file. */
  async allChanged(): Promise<void> {
    const days = this.#days();
    for (const entry of this.#entries()) this.#due.add(days.of(beginOf(entry)));
    for (const day of await this.#files.days()) this.#due.add(day);
  }

  /** Brings all files that are due in line. A segment whose monitors are still being asked is left for later, unless it is the
   *  `last` chance. Rejects when the disk does not take it; what is left stays due. */
  async settle(options: { last: boolean }): Promise<void> {
    // As they stand now: what comes meanwhile is due again.
    const due = [...this.#due].toSorted();
    const days = this.#days();
    const waiting = new Set(
      options.last
        ? []
        : this.#source.closed().flatMap(({ segment, unanswered }) => (unanswered.length > 0 ? [segment.id] : [])),
    );
    const byDay = this.#byDay(due, days);
    for (const day of due) {
      const all = byDay.get(day) ?? [];
      this.#due.delete(day);
      try {
        await this.#files.settle(day, {
          entries: all.filter(({ id }) => !waiting.has(id)),
          stays: ({ id, type }) => id !== null && this.#stays(id, type, waiting),
          render: (entry) => this.#format.render(entry, days),
        });
      } catch (error) {
        this.#due.add(day);
        throw error;
      }
      if (all.some(({ id }) => waiting.has(id))) this.#due.add(day);
    }
  }

  // Of a long history only what is near: to find the local day of a moment costs some microseconds.
  #byDay(due: readonly string[], days: LocalDays): Map<string, Entry[]> {
    const fromMs = Date.parse(due[0] ?? "") - 2 * DAY_MS;
    const toMs = Date.parse(due.at(-1) ?? "") + 3 * DAY_MS;
    const byDay = new Map<string, Entry[]>();
    for (const entry of this.#entries()) {
      const atMs = beginOf(entry);
      if (atMs < fromMs || atMs > toMs) continue;
      const day = days.of(atMs);
      const known = byDay.get(day);
      if (known === undefined) byDay.set(day, [entry]);
      else known.push(entry);
    }
    return byDay;
  }

  // Events of long ago are not at hand any more; their entries stay, unless the event was erased.
  #stays(id: string, type: Entry["type"] | null, waiting: ReadonlySet<string>): boolean {
    const { collectorId } = this.#source;
    if (!id.startsWith(`${collectorId}:`) || waiting.has(id)) return true;
    return type === "infrequent" && !this.#source.isErased(Number(id.slice(collectorId.length + 1)));
  }

  #entries(): Entry[] {
    const { collectorId } = this.#source;
    const entries = [
      ...this.#source.closed().map(({ segment }) => segmentEntry(segment)),
      ...this.#source.infrequent().map((entry) => rareEntry(entry, collectorId)),
    ];
    return entries.toSorted((a, b) => beginOf(a) - beginOf(b));
  }

  #days(): LocalDays {
    const { time_zone, day_start } = this.#source.zone();
    return localDays(time_zone, day_start);
  }
}
