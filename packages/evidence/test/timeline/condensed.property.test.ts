import type { EvidenceRecord } from "@mimolo/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { foldTimeline, LiveTimeline } from "../../src/index.ts";
import { COLLECTOR, history } from "./histories.ts";
import { atMs, gap, policy, recordsOf, worked } from "./records.ts";

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

/** The same segments; of the infrequent events, which no segment needs, some may be forgotten. */
function expectAsFolded(live: LiveTimeline, records: readonly EvidenceRecord[], nowMs: number): void {
  const { infrequent, ...rest } = live.snapshot(nowMs);
  const { infrequent: all, ...folded } = foldTimeline(records, { collectorId: COLLECTOR, nowMs });
  expect(rest).toEqual(folded);
  const kept = new Set(infrequent.map(({ seq }) => seq));
  expect(infrequent).toEqual(all.filter(({ seq }) => kept.has(seq)));
}

test("a timeline without the details of old records is the fold of all of them, or says that it is loose", () => {
  let exact = 0;
  fc.assert(
    fc.property(told, ({ order, nowMs, detail }) => {
      const live = new LiveTimeline({ collectorId: COLLECTOR, detail });
      for (const record of order) live.add(record);
      if (live.isLoose) return;
      exact += 1;
      expectAsFolded(live, order, nowMs);
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
      expectAsFolded(live, order, nowMs);
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
      expectAsFolded(live, order, nowMs);
    }),
    { numRuns: 200 },
  );
});

async function* each(records: readonly EvidenceRecord[]): AsyncGenerator<EvidenceRecord> {
  for (const record of records) yield await Promise.resolve(record);
}

test("infrequent events, however many, do not stay in memory", () => {
  const live = new LiveTimeline({ collectorId: COLLECTOR, detail: 10 });
  const at = "2026-11-21T09:00:00.000Z";
  const own = { received_at: at, salt: "AAAAAAAAAAAAAAAAAAAAAA" };
  const rules = { at, cooldown_seconds: 600, flush_interval_s: 60, minimum_segment_s: 0, day_start: "00:00" };
  const agents = { mon: { resets_cooldown: true, infrequent: true, data_header: "items" } };
  live.add({
    seq: 1,
    kind: "policy",
    ...own,
    data: { ...rules, time_zone: "UTC", agents },
  } as unknown as EvidenceRecord);
  const who = { agent_label: "mon", instance_id: "i", plugin_id: "local.mon", run_id: "r", trust: "dev" };
  for (let seq = 2; seq < 1_000; seq++) {
    const message = { type: "event", timestamp: at, data: { event: "e", payload: { items: [seq] } } };
    live.add({ seq, kind: "message", ...own, ...who, message } as unknown as EvidenceRecord);
  }
  const { infrequent } = live.snapshot(Date.parse(at));
  expect(infrequent.length).toBeLessThanOrEqual(20);
  expect(infrequent.at(-1)?.seq).toBe(999);
});

test("the first policy of a ledger finds nothing condensed that it could change", () => {
  const live = new LiveTimeline({ collectorId: COLLECTOR, detail: 10 });
  live.add(recordsOf(policy(0))[0] as EvidenceRecord);
  expect(live.isLoose).toBe(false);
});

test("a summary without an interval reaches back to one that is condensed by now, also after a second look", () => {
  const drafts = [worked(0, 30), worked(60), ...Array.from({ length: 30 }, (_, at) => worked(61 + at, 1, "git"))];
  const records = recordsOf(policy(0), ...drafts, worked(700), worked(730), gap(740, 1400), worked(1450, 10, "git"));
  const live = new LiveTimeline({ collectorId: COLLECTOR, detail: 3 });
  for (const record of records) live.add(record);
  expect(live.isLoose).toBe(false);
  expect(live.snapshot(atMs(9000))).toEqual(foldTimeline(records, { collectorId: COLLECTOR, nowMs: atMs(9000) }));
});
