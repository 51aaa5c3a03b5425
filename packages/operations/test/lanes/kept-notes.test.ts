import { eventTimeOf, passes } from "@mimolo/evidence";
import type { EvidenceRecord } from "@mimolo/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { KeptNotes } from "../../src/lanes/kept-notes.ts";
import type { ReadCommits } from "../../src/lanes/kept-day.ts";
import { lanesOf, type LanesQuery } from "../../src/lanes/lanes.ts";
import { noteOf } from "../../src/lanes/note.ts";
import { Turns } from "../../src/lanes/turns.ts";

const HOUR_MS = 3_600_000;
const BEGIN_MS = Date.parse("2026-11-20T00:00:00Z");
const iso = (hour: number) => new Date(BEGIN_MS + Math.round(hour * HOUR_MS)).toISOString();

/** Records in memory that are committed, erased and read as those of a ledger are. */
class Evidence {
  readonly commits: EvidenceRecord[][] = [];
  readonly erased = new Set<number>();
  /** Records that were looked at. */
  read = 0;
  #seq = 0;

  commit(bodies: readonly object[]): void {
    const records = bodies.map((body) => ({ seq: ++this.#seq, salt: "c2FsdHNhbHRzYWx0c2FsdA", ...body }));
    this.commits.push(records as unknown as EvidenceRecord[]);
  }

  erase(place: number): void {
    const all = this.commits.flat();
    const record = all[place % Math.max(1, all.length)];
    if (record === undefined) return;
    this.commit([{ kind: "erasure", received_at: iso(72), data: { seq: record.seq } }]);
    this.erased.add(record.seq);
    for (const commit of this.commits) {
      const at = commit.indexOf(record);
      const body = record.kind === "message" ? { message: {} } : { data: {} };
      if (at !== -1) commit[at] = { ...record, ...body, salt: "A".repeat(22) } as EvidenceRecord;
    }
  }

  readonly reading: ReadCommits = async function* (
    this: Evidence,
    { position, ...filter }: Parameters<ReadCommits>[0],
  ) {
    for (const commit of this.commits.slice()) {
      const fresh = commit.filter(({ seq }) => seq > (position?.seq ?? 0));
      if (fresh.length === 0) continue;
      this.read += fresh.length;
      if (position !== undefined) position.seq = fresh.at(-1)?.seq ?? 0;
      await Promise.resolve();
      yield fresh.filter((record) => passes(record, filter));
    }
  }.bind(this);

  /** As if nothing was ever kept. */
  async plainly(query: LanesQuery) {
    const heard = { fromMs: query.fromMs, toMs: query.toMs + HOUR_MS };
    const passing = this.commits.flat().filter((record) => eventTimeOf(record) !== null && passes(record, heard));
    return await lanesOf(query, [passing.flatMap((record) => noteOf(record) ?? [])]);
  }
}

const hour = fc.double({ min: -30, max: 80, noNaN: true });
const label = fc.constantFrom("files", "git", "load");
const summary = fc
  .record({
    label,
    at: hour,
    late: fc.constantFrom(0, 0, 0.5, 40),
    interval: fc.constantFrom(undefined, 0, 60, 3_600, 9_000),
    signal: fc.constantFrom(undefined, { mode: "active", keep_alive: true }, { mode: "active", keep_alive: false }),
  })
  .map(({ label: name, at, late, interval, signal }) => ({
    kind: "message",
    received_at: iso(at + late),
    instance_id: `i-${name}`,
    plugin_id: `acme.${name}`,
    agent_label: name,
    message: {
      type: "summary",
      timestamp: iso(at),
      data: signal === undefined ? {} : { activity_signal: signal },
      ...(interval === undefined ? {} : { metrics: { interval_s: interval } }),
    },
  }));
const stretch = fc.tuple(hour, fc.double({ min: 0, max: 60, noNaN: true }));
const gap = fc.tuple(stretch, fc.option(label)).map(([[at, long], name]) => ({
  kind: "gap",
  received_at: iso(at + long),
  ...(name === null ? {} : { agent_label: name, instance_id: `i-${name}`, plugin_id: `acme.${name}` }),
  data: { reason: "collector-down", from: iso(at), to: iso(at + long) },
}));
const correction = fc.tuple(stretch, fc.constantFrom("work", "idle")).map(([[at, long], as]) => ({
  kind: "correction",
  received_at: iso(80),
  data: { from: iso(at), to: iso(at + long), as, note: "" },
}));
const imported = stretch.map(([at, long]) => ({
  kind: "import",
  received_at: iso(80),
  data: { start: iso(at), end: iso(at + long), label: "git", confidence: "reconstructed", source: "git" },
}));
const commit = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: summary },
    gap,
    correction,
    imported,
    fc.constant({ kind: "policy", data: {}, received_at: iso(1) }),
  ),
  { minLength: 1, maxLength: 12 },
);
const question = fc
  .tuple(hour, fc.double({ min: 0.01, max: 90, noNaN: true }), fc.constantFrom(undefined, 1, 600))
  .map(([from, long, resolutionS]) => ({
    fromMs: BEGIN_MS + Math.round(from * HOUR_MS),
    toMs: BEGIN_MS + Math.round((from + long) * HOUR_MS) + 1,
    ...(resolutionS === undefined ? {} : { resolutionS }),
  }));
const step = fc.oneof(
  { weight: 4, arbitrary: commit.map((bodies) => ({ commit: bodies })) },
  { weight: 4, arbitrary: question.map((asked) => ({ asked })) },
  { weight: 2, arbitrary: fc.nat(200).map((erase) => ({ erase })) },
  { weight: 1, arbitrary: fc.constant({ restart: true }) },
);

test("what is kept answers as the records themselves do: late, corrected, erased, restarted, days that gave way", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 12, maxLength: 40, size: "max" }),
      fc.constantFrom(8, 40, 10_000),
      async (steps, most) => {
        const evidence = new Evidence();
        const open = () => new KeptNotes({ read: evidence.reading, erased: () => evidence.erased, most });
        let kept = open();
        for (const each of steps) {
          if ("commit" in each) evidence.commit(each.commit);
          else if ("erase" in each) evidence.erase(each.erase);
          else if ("restart" in each) kept = open();
          else {
            const [once, again] = await Promise.all([kept.lanes(each.asked), kept.lanes(each.asked)]);
            expect(once).toEqual(await evidence.plainly(each.asked));
            expect(again).toEqual(once);
            expect(kept.length).toBeLessThanOrEqual(most);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("a day is read once; then what came since, and nothing else", async () => {
  const evidence = new Evidence();
  const told = (at: number) =>
    fc.sample(summary, 1).map((one) => ({ ...one, message: { ...one.message, timestamp: iso(at) } }));
  for (let at = 1; at < 23; at += 0.1) evidence.commit(told(at));
  const kept = new KeptNotes({ read: evidence.reading, erased: () => evidence.erased });
  const day = { fromMs: BEGIN_MS, toMs: BEGIN_MS + 23 * HOUR_MS - 1 };
  await kept.lanes(day);
  expect(evidence.read).toBe(220);
  evidence.commit(told(5));
  await kept.lanes({ ...day, resolutionS: 60 });
  await kept.lanes({ ...day, fromMs: day.fromMs + HOUR_MS });
  expect(evidence.read).toBe(221);
});

test("what is more than may be kept is read, a day of it once only to find that out", async () => {
  const evidence = new Evidence();
  const told = fc.sample(summary, 1).map((one) => ({ ...one, received_at: iso(60) }));
  const at = (time: number) => told.map((one) => ({ ...one, message: { ...one.message, timestamp: iso(time) } }));
  for (let time = 0.5; time < 22; time += 0.1) evidence.commit(at(time));
  for (let time = 24.5; time < 40; time += 0.2) evidence.commit(at(time));
  const [full, half] = [215, 78];
  const kept = new KeptNotes({ read: evidence.reading, erased: () => evidence.erased, most: full - 1 });
  const reads = async (query: LanesQuery) => {
    const before = evidence.read;
    await kept.lanes(query);
    return evidence.read - before;
  };
  const first = { fromMs: BEGIN_MS, toMs: BEGIN_MS + 22 * HOUR_MS };
  expect([await reads(first), kept.length]).toEqual([2 * full + half, 0]);
  expect(await reads(first)).toBe(full + half);
  const second = { fromMs: BEGIN_MS + 24 * HOUR_MS, toMs: BEGIN_MS + 46 * HOUR_MS };
  await reads(second);
  expect([await reads(second), kept.length]).toEqual([0, half]);
  const few = new KeptNotes({ read: evidence.reading, erased: () => evidence.erased, most: full + 1 });
  evidence.read = 0;
  expect(await few.lanes({ ...first, toMs: second.toMs })).toBeDefined();
  expect(evidence.read, "two days that fit alone do not fit together").toBe(3 * (full + half));
});

test("ten years are read without being kept", async () => {
  const evidence = new Evidence();
  evidence.commit(fc.sample(summary, 20));
  const kept = new KeptNotes({ read: evidence.reading, erased: () => evidence.erased });
  const years = { fromMs: BEGIN_MS - 3_000 * 24 * HOUR_MS, toMs: BEGIN_MS + 600 * 24 * HOUR_MS };
  expect(await kept.lanes(years)).toEqual(await evidence.plainly(years));
  expect(kept.length).toBe(0);
});

test("the first ask of a full day lets others in all along, while it is read as well", async () => {
  const evidence = new Evidence();
  const told = fc.sample(summary, 250);
  const commits = 200;
  for (let at = 0; at < commits; at++)
    evidence.commit(told.map((one) => ({ ...one, message: { ...one.message, timestamp: iso(1 + at / 10) } })));
  let [nowMs, others] = [0, 0];
  const readAtTurn: number[] = [];
  // Each look at the clock is a step of 3 ms: three of them are a turn.
  const turns = () =>
    new Turns(
      () => (nowMs += 3),
      async () => {
        others += 1;
        readAtTurn.push(evidence.read);
      },
    );
  const kept = new KeptNotes({ read: evidence.reading, erased: () => evidence.erased, turns });
  const day = { fromMs: BEGIN_MS, toMs: BEGIN_MS + 22 * HOUR_MS };
  await kept.lanes(day);
  expect(evidence.read).toBe(50_000);
  const whileReading = readAtTurn.filter((read) => read < 50_000);
  expect(whileReading.length).toBeGreaterThan(commits / 4);
  const longest = Math.max(...whileReading.map((read, index) => read - (whileReading[index - 1] ?? 0)));
  expect(longest, "records between two turns").toBeLessThanOrEqual(1_000);
  const first = others;
  await kept.lanes(day);
  expect(others - first, "what is kept is not read again").toBeLessThan(first);
});
