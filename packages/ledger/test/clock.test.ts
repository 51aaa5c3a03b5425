import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { manualClock } from "./clocks.ts";
import { record, temporaryLedger } from "./temporary-ledger.ts";

const HOUR_MS = 3_600_000;

async function parts(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.startsWith("2026")).toSorted();
}

test("a new UTC day is a new file, also in the middle of a commit window", async () => {
  const clock = manualClock(Date.parse("2026-11-21T23:59:59.900Z"));
  const { open, options, verify, lines } = await temporaryLedger({ clock });
  const { ledger } = await open();
  ledger.append(record(1));
  clock.advance(100);
  ledger.append(record(2));
  await ledger.close();
  expect(await parts(options.directory)).toEqual(["2026-11-21.jsonl", "2026-11-22.jsonl"]);
  expect((await lines()).map((line) => JSON.parse(line).seq)).toEqual([1, 2]);
  expect(await verify()).toMatchObject({ ok: true, days: [{ records: 1 }, { records: 1 }] });
});

test("the time of receipt decides the day, not the time of appending", async () => {
  const clock = manualClock(Date.parse("2026-11-22T00:00:00.400Z"));
  const { open, options } = await temporaryLedger({ clock });
  const { ledger } = await open();
  ledger.append(record(1, { receivedAtMs: Date.parse("2026-11-21T23:59:59.999Z") }));
  ledger.append(record(2));
  await ledger.close();
  expect(await parts(options.directory)).toEqual(["2026-11-21.jsonl", "2026-11-22.jsonl"]);
});

test("a clock that steps back starts a new part of the day it claims; a slewed one does not", async () => {
  const clock = manualClock();
  const { open, options, verify, lines } = await temporaryLedger({ clock });
  const { ledger } = await open();
  const append = async () => {
    ledger.append(record(ledger.nextSeq));
    await ledger.commit();
  };
  await append();
  clock.jumpWall(-900);
  await append();
  expect(await parts(options.directory)).toEqual(["2026-11-21.jsonl"]);
  clock.jumpWall(-HOUR_MS);
  await append();
  await append();
  expect(await parts(options.directory)).toEqual(["2026-11-21.2.jsonl", "2026-11-21.jsonl"]);
  clock.jumpWall(-12 * HOUR_MS);
  await append();
  clock.jumpWall(13 * HOUR_MS);
  await append();
  await ledger.close();
  expect(await parts(options.directory)).toEqual([
    "2026-11-20.jsonl",
    "2026-11-21.2.jsonl",
    "2026-11-21.3.jsonl",
    "2026-11-21.jsonl",
  ]);
  expect((await lines()).map((line) => JSON.parse(line).seq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await verify()).toMatchObject({
    ok: true,
    days: [
      { date: "2026-11-20", records: 1 },
      { date: "2026-11-21", records: 5 },
    ],
  });
});

test("a ledger reopened the same day goes on in its file; reopened with an earlier clock it starts a part", async () => {
  const clock = manualClock();
  const { open, options, verify } = await temporaryLedger({ clock });
  const once = async () => {
    const { ledger } = await open();
    ledger.append(record(ledger.nextSeq));
    await ledger.close();
  };
  await once();
  clock.advance(1000);
  await once();
  expect(await parts(options.directory)).toEqual(["2026-11-21.jsonl"]);
  clock.jumpWall(-2 * HOUR_MS);
  await once();
  expect(await parts(options.directory)).toEqual(["2026-11-21.2.jsonl", "2026-11-21.jsonl"]);
  expect(await verify()).toMatchObject({ ok: true, days: [{ records: 3 }] });
});
