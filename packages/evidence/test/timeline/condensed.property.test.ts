import type { EvidenceRecord } from "@mimolo/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { foldTimeline, LiveTimeline } from "../../src/index.ts";
import { COLLECTOR, history } from "./histories.ts";

const told = history.chain(({ records, nowMs }) =>
  fc.record({
    nowMs: fc.constant(nowMs),
    order: fc.oneof(
      fc.constant(records),
      fc.shuffledSubarray(records, { minLength: records.length }),
      fc.constant(records.toSorted((a, b) => Date.parse(a.received_at) - Date.parse(b.received_at))),
    ),
    detail: fc.integer({ min: 1, max: 6 }),
  }),
);

/** What nobody tells late: rules, gaps, corrections and erasures stand before the rest. */
function rulesFirst(records: readonly EvidenceRecord[]): EvidenceRecord[] {
  const rules = records.filter(({ kind }) => kind !== "message" && kind !== "import");
  return [...rules, ...records.filter((record) => !rules.includes(record))];
}

test("a timeline without the details of old records is the fold of all of them, or says that it is loose", () => {
  let exact = 0;
  fc.assert(
    fc.property(told, ({ order, nowMs, detail }) => {
      const live = new LiveTimeline({ collectorId: COLLECTOR, detail });
      for (const record of order) live.add(record);
      if (live.isLoose) return;
      exact += 1;
      expect(live.snapshot(nowMs)).toEqual(foldTimeline(order, { collectorId: COLLECTOR, nowMs }));
    }),
    { numRuns: 400 },
  );
  expect(exact).toBeGreaterThan(20);
});

test("read once more with the rules first, it is exact again", () => {
  let exact = 0;
  fc.assert(
    fc.property(told, ({ order, nowMs, detail }) => {
      const live = new LiveTimeline({ collectorId: COLLECTOR, detail });
      for (const record of rulesFirst(order)) live.add(record);
      if (live.isLoose) return;
      exact += 1;
      expect(live.snapshot(nowMs)).toEqual(foldTimeline(order, { collectorId: COLLECTOR, nowMs }));
    }),
    { numRuns: 400 },
  );
  expect(exact).toBeGreaterThan(60);
});

test("replayed and told live are the same, in batches too", async () => {
  await fc.assert(
    fc.asyncProperty(told, fc.nat(40), async ({ order, nowMs, detail }, cut) => {
      const records = rulesFirst(order);
      const live = new LiveTimeline({ collectorId: COLLECTOR, detail });
      await live.replay(each(records.slice(0, cut)));
      live.addAll(records.slice(cut).map((record) => live.note(record)));
      if (live.isLoose) return;
      expect(live.snapshot(nowMs)).toEqual(foldTimeline(order, { collectorId: COLLECTOR, nowMs }));
    }),
    { numRuns: 200 },
  );
});

async function* each(records: readonly EvidenceRecord[]): AsyncGenerator<EvidenceRecord> {
  for (const record of records) yield await Promise.resolve(record);
}
