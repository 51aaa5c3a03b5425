// A day as full as it gets: five reports every few seconds, from eight in the morning on.
import type { DataDirectory } from "@mimolo/operations";
import { agentNames, agentOf, openWriting } from "./writing.ts";

export interface FullDayOptions {
  /** Midnight of that day. */
  readonly fromMs: number;
  readonly records: number;
  readonly timeZone?: string;
}

/** Writes it into a data directory that no collector has open; returns how many records that were. */
export async function writeFullDay(directory: DataDirectory, options: FullDayOptions): Promise<number> {
  const { fromMs, records, timeZone = "UTC" } = options;
  const writing = await openWriting(directory, fromMs);
  writing.policy({ at: fromMs, timeZone });
  const rounds = Math.floor(records / agentNames.length);
  const everyMs = (12 * 3_600_000) / rounds;
  for (let round = 0; round < rounds; round++) {
    const atMs = Math.round(fromMs + 8 * 3_600_000 + round * everyMs);
    writing.at(atMs);
    const minute = Math.floor((round * everyMs) / 60_000);
    for (const [index, label] of agentNames.entries()) {
      const works = minute % 37 < 22 && (round + index * 5) % 11 < 7;
      writing.summary(agentOf(label), { atMs, every_s: everyMs / 2_000, works });
    }
    if (round % 500 === 0) await writing.commit();
  }
  return await writing.close();
}
