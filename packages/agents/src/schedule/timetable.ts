// What is due, from one look at the clock to the next: pure, and safe against clocks that jump.
import type { Schedule } from "./settings.ts";

/** A time that came. */
export interface Due {
  readonly schedule: Schedule;
  /** When it was due, milliseconds since the Unix epoch. */
  readonly dueMs: number;
  /** How many of its times before this one passed without anybody looking. */
  readonly missed: number;
}

/** Times that passed and do not fire. */
export interface Missed {
  readonly schedule: Schedule;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

export interface Look {
  readonly due: readonly Due[];
  readonly missed: readonly Missed[];
}

/** Up to so late it is the same moment still: a busy machine, a short nap. */
const LATE_MS = 60_000;
/** Missed times are counted up to here: a look at the calendar takes a fifth of a millisecond. */
export const MOST_COUNTED = 100;
/** A clock set back by less than this only holds schedules up until it has caught up: nothing fires twice. */
const SET_BACK_MS = 3_600_000;

/** The schedules and how far each was looked at. */
export class Timetable {
  readonly #catchUp: boolean;
  readonly #rows: { readonly schedule: Schedule; throughMs: number; nextMs: number | null }[];

  constructor(schedules: readonly Schedule[], nowMs: number, { catchUp = false } = {}) {
    this.#catchUp = catchUp;
    this.#rows = schedules.map((schedule) => ({ schedule, throughMs: nowMs, nextMs: schedule.after(nowMs) }));
  }

  /** When something is due next; null: nothing ever is. */
  get nextMs(): number | null {
    const times = this.#rows.flatMap(({ nextMs }) => (nextMs === null ? [] : [nextMs]));
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Everything since the last look: at most one time of each schedule is due. */
  look(nowMs: number): Look {
    const due: Due[] = [];
    const missed: Missed[] = [];
    for (const row of this.#rows) {
      if (nowMs < row.throughMs - SET_BACK_MS) Object.assign(row, this.#anew(row.schedule, nowMs));
      if (row.nextMs === null || row.nextMs > nowMs) continue;
      const { schedule } = row;
      const passed = timesIn(schedule, row.nextMs, nowMs);
      const isNow = nowMs - passed.lastMs <= LATE_MS;
      const before = passed.count - 1;
      if (isNow || this.#catchUp) due.push({ schedule, dueMs: passed.lastMs, missed: before });
      const lost = isNow || this.#catchUp ? before : passed.count;
      if (lost > 0) missed.push({ schedule, count: lost, firstMs: row.nextMs, lastMs: passed.lastMs });
      Object.assign(row, this.#anew(schedule, Math.max(nowMs, passed.lastMs)));
    }
    return { due, missed };
  }

  #anew(schedule: Schedule, nowMs: number): { throughMs: number; nextMs: number | null } {
    return { throughMs: nowMs, nextMs: schedule.after(nowMs) };
  }
}

/** The times from `firstMs` to `nowMs`, both included: how many, up to a bound, and the last. */
function timesIn(schedule: Schedule, firstMs: number, nowMs: number): { count: number; lastMs: number } {
  let count = 1;
  let lastMs = firstMs;
  while (count <= MOST_COUNTED) {
    const next = schedule.after(lastMs);
    if (next === null || next > nowMs) return { count, lastMs };
    count += 1;
    lastMs = next;
  }
  return { count, lastMs: Math.max(lastMs, schedule.upTo(nowMs) ?? lastMs) };
}
