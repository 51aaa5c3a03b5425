// Weeks of a person's work as evidence, the same each time: mornings and afternoons with pauses, nights without a collector, an
// evening put together from git, a lid that was closed, a word of the person's own.
import type { DataDirectory } from "@mimolo/operations";
import { agentNames, agentOf, openWriting, type Writing } from "./writing.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface MonthOptions {
  /** The last record is written before it. */
  readonly untilMs: number;
  /** How many days back it begins. Default 30. */
  readonly days?: number;
  /** So far the person's clocks are ahead of UTC, hours. Default 0. */
  readonly ahead_h?: number;
  /** An IANA name, as policy records have it. Default `UTC`. */
  readonly timeZone?: string;
  /** How long one summary tells of, seconds. Default 60. */
  readonly every_s?: number;
}

/** Writes it into a data directory that no collector has open; returns how many records that were. */
export async function writeMonth(directory: DataDirectory, options: MonthOptions): Promise<number> {
  const { untilMs, days = 30, ahead_h = 0, timeZone = "UTC", every_s = 60 } = options;
  const midnight = (ms: number) => Math.floor((ms + ahead_h * HOUR_MS) / DAY_MS) * DAY_MS - ahead_h * HOUR_MS;
  const firstMs = midnight(untilMs) - (days - 1) * DAY_MS;
  const writing = await openWriting(directory, firstMs);
  writing.policy({ at: firstMs, timeZone });
  for (let day = 0; day < days; day++) {
    const weekday = new Date(firstMs + day * DAY_MS + ahead_h * HOUR_MS).getUTCDay();
    await writeDay(writing, {
      fromMs: firstMs + day * DAY_MS,
      day,
      weekday,
      isLast: day === days - 1,
      untilMs,
      every_s,
    });
  }
  return await writing.close();
}

interface Day {
  readonly fromMs: number;
  readonly day: number;
  readonly weekday: number;
  /** Work goes on until the end, whatever day it is. */
  readonly isLast: boolean;
  readonly untilMs: number;
  readonly every_s: number;
}

async function writeDay(writing: Writing, { fromMs, day, weekday, isLast, untilMs, every_s }: Day): Promise<void> {
  const isFree = weekday === 0 || (weekday === 6 && day % 3 !== 0);
  if (isFree && !isLast) return;
  const wobble = (day * 37) % 50;
  const beginMs = fromMs + 8 * HOUR_MS + (30 + wobble) * MINUTE_MS;
  const endMs = isLast ? untilMs : fromMs + (weekday === 6 ? 12 : 18) * HOUR_MS + ((day * 53) % 80) * MINUTE_MS;
  if (beginMs >= untilMs) return;
  writing.at(beginMs);
  if (isLast) writing.fromGit(fromMs + 7 * HOUR_MS, fromMs + 7.7 * HOUR_MS, "early");
  if (day > 0) writing.gap("collector-down", fromMs - 4 * HOUR_MS, beginMs - 2 * MINUTE_MS);
  const asleep = day % 4 === 1 ? { fromMs: fromMs + 15 * HOUR_MS, toMs: fromMs + 15 * HOUR_MS + 8 * MINUTE_MS } : null;
  for (let atMs = beginMs; atMs < Math.min(endMs, untilMs); atMs += every_s * 1_000) {
    if (asleep !== null && atMs > asleep.fromMs && atMs <= asleep.toMs + every_s * 1_000) continue;
    writing.at(atMs);
    const minute = Math.floor((atMs - fromMs) / MINUTE_MS);
    for (const label of agentNames)
      writing.summary(agentOf(label), { atMs, every_s, works: works(label, minute, day) });
    if (minute % 60 === 0) await writing.commit();
  }
  if (asleep !== null && asleep.toMs < untilMs) writing.gap("suspend", asleep.fromMs, asleep.toMs);
  const evening = fromMs + 20 * HOUR_MS;
  if (day % 5 === 2 && evening + HOUR_MS < untilMs) writing.fromGit(evening, evening + 48 * MINUTE_MS, `commit-${day}`);
  if (day % 9 === 4 && evening < untilMs) {
    writing.correction(fromMs + 13 * HOUR_MS, fromMs + 13.5 * HOUR_MS, "work", "lunch with the client");
  }
  await writing.commit();
}

/** Does this agent see work in that minute of the day? */
function works(label: string, minute: number, day: number): boolean {
  const isLunch = minute >= 12 * 60 + 10 + (day % 3) * 10 && minute < 13 * 60 + (day % 4) * 5;
  const isMeeting = day % 3 === 0 && minute >= 10 * 60 && minute < 10 * 60 + 45;
  const isCoffee = minute % 190 >= 170 && day % 5 !== 0;
  if (isLunch || isCoffee) return false;
  if (label === "idle") return !isMeeting || minute % 9 < 3;
  if (isMeeting) return false;
  if (label === "git-activity") return minute % 47 < 3;
  return (minute * 7 + day) % 23 < 14;
}
