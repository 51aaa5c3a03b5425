import { expect, test } from "vitest";
import { readLines } from "../src/index.ts";
import { systemClock } from "./clocks.ts";
import { record, temporaryLedger } from "./temporary-ledger.ts";

test("readers and verify beside a writer see whole commits only, in order, and never a fault", async () => {
  const { open, options, verify } = await temporaryLedger({
    clock: systemClock,
    commitWindowMs: 1,
    commitWindowBytes: 2000,
  });
  const { ledger } = await open();
  const written = new AbortController();
  const write = async () => {
    for (let round = 0; round < 150; round++) {
      for (let i = 0; i < 20; i++) ledger.append(record(i));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await ledger.commit();
    written.abort();
  };
  const read = async () => {
    let [reads, most] = [0, 0];
    while (!written.signal.aborted) {
      const committed = ledger.committedSeq;
      let last = 0;
      for await (const { seq, line } of readLines(options.directory)) {
        expect(seq).toBe(last + 1);
        expect(JSON.parse(Buffer.from(line).toString()).seq).toBe(seq);
        last = seq;
      }
      expect(last).toBeGreaterThanOrEqual(committed);
      expect(await verify()).toMatchObject({ ok: true });
      [reads, most] = [reads + 1, last];
    }
    return { reads, most };
  };
  const [, seen] = await Promise.all([write(), read()]);
  await ledger.close();
  expect(seen.reads).toBeGreaterThan(0);
  expect(await verify()).toMatchObject({ ok: true, days: [{ records: 3000 }] });
});
