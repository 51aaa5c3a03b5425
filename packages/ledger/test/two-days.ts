import { manualClock } from "./clocks.ts";
import { record, temporaryLedger } from "./temporary-ledger.ts";

const DAY_MS = 86_400_000;
export const FIRST = "evidence/2026-11-21.jsonl";
export const SECOND = "evidence/2026-11-22.jsonl";
export const COMMITS = "evidence/commits.jsonl";
export const CHECKPOINTS = "evidence/checkpoints.jsonl";
export const HEAD = "state/head.json";
export const MARK = "state/head.checkpoints.json";

/** Two days, commits of one and of several records, two checkpoints, stopped cleanly. */
export async function twoDays() {
  const clock = manualClock();
  const ledger = await temporaryLedger({ clock });
  const { ledger: writer } = await ledger.open();
  for (const count of [1, 4, 3]) {
    for (let i = 0; i < count; i++) writer.append(record(writer.nextSeq));
    await writer.commit();
    clock.advance(1000);
  }
  clock.advance(DAY_MS);
  for (const count of [2, 1]) {
    for (let i = 0; i < count; i++) writer.append(record(writer.nextSeq));
    await writer.commit();
  }
  await writer.close();
  return ledger;
}
