import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LedgerReader } from "@mimolo/ledger";
import { type EvidenceFilter, foldTimeline, LiveTimeline, readEvidence } from "../src/index.ts";
import { all, lineOf, origin, START_MS, temporaryLedger } from "./real-ledger.ts";

const MINUTE = 60_000;

function at(minute: number): string {
  return new Date(START_MS + minute * MINUTE).toISOString();
}

/** A gap, a policy, three summaries of two agents, an import of the day before; one commit each. */
async function ledgerOfADay() {
  const { directory, ledger, writer, clock } = await temporaryLedger();
  const load = { ...origin, instanceId: "i-2", agentLabel: "system-load" };
  const work = { activity_signal: { mode: "active", keep_alive: true } };
  const say = (who: typeof origin, minute: number) => {
    const message = { type: "summary", timestamp: at(minute), data: work, metrics: { interval_s: 30 } };
    clock.nowMs = START_MS + minute * MINUTE;
    return writer.message({ origin: who, line: lineOf(message), message, receivedAtMs: clock.nowMs });
  };
  const git = { source: "git", external_id: "git:1", confidence: "reconstructed", label: "git-activity" } as const;
  const steps = [
    () => writer.gap({ reason: "collector-down", from: at(-60), to: at(0) }),
    () => say(origin, 1),
    () => say(load, 2),
    () => writer.importSpan({ start: at(-1500), end: at(-1440), ...git }),
    () => say(origin, 30),
  ];
  for (const step of steps) {
    step();
    await ledger.commit();
  }
  const seqs = async (filter: EvidenceFilter) =>
    (await all(readEvidence(directory, filter))).map(({ record }) => record.seq);
  const [first = 0] = await seqs({});
  return {
    directory,
    ledger,
    say,
    read: async (filter: EvidenceFilter) => (await seqs(filter)).map((seq) => seq - first),
  };
}

test("without a filter every committed record comes, in commit order", async () => {
  const { read } = await ledgerOfADay();
  expect(await read({})).toEqual([0, 1, 2, 3, 4]);
});

test("times are event times, the end not included; a stretch passes when it shares time with the range", async () => {
  const { read } = await ledgerOfADay();
  expect(await read({ fromMs: START_MS + MINUTE, toMs: START_MS + 2 * MINUTE })).toEqual([1]);
  expect(await read({ fromMs: START_MS - MINUTE, toMs: START_MS })).toEqual([0]);
  expect(await read({ fromMs: START_MS })).toEqual([1, 2, 4]);
  expect(await read({ toMs: START_MS - 1000 * MINUTE })).toEqual([3]);
});

test("an agent is asked for by its label, imports included; a kind by its name; what is new by its number", async () => {
  const { read } = await ledgerOfADay();
  expect(await read({ agent: "system-load" })).toEqual([2]);
  expect(await read({ agent: "git-activity" })).toEqual([3]);
  expect(await read({ kind: "message", agent: "folder-activity" })).toEqual([1, 4]);
  const { directory } = await ledgerOfADay();
  const seqs = (await all(readEvidence(directory))).map(({ record }) => record.seq);
  expect(await all(readEvidence(directory, { seqAfter: seqs.at(-2) ?? 0 }))).toHaveLength(1);
});

test("what is not committed yet is not there yet", async () => {
  const { ledger, say, read } = await ledgerOfADay();
  say(origin, 40);
  expect(await read({ kind: "message" })).toEqual([1, 2, 4]);
  await ledger.commit();
  expect(await read({ kind: "message" })).toEqual([1, 2, 4, 5]);
});

test("the timeline comes out of nothing but the ledger", async () => {
  const { directory } = await ledgerOfADay();
  const records = (await all(readEvidence(directory))).map(({ record }) => record);
  const { segments } = foldTimeline(records, { collectorId: "c0", nowMs: START_MS + 600 * MINUTE });
  expect(segments.map(({ start, end, confidence }) => [start, end, confidence])).toEqual([
    [at(-1500), at(-1440), "reconstructed"],
    [at(0.5), at(2), "observed"],
    [at(29.5), at(30), "observed"],
  ]);
});

test("a record that tells of no time is found by when it came, though its commit has no event time", async () => {
  const { directory, ledger, writer, clock } = await temporaryLedger();
  for (const [index, minute] of [1, 5].entries()) {
    clock.nowMs = START_MS + minute * MINUTE;
    writer.erasure({ seq: index, leaf: "", by: "me", why: "x" });
    await ledger.commit();
  }
  const commits = (await readFile(join(directory, "commits.jsonl"), "utf8")).trim().split("\n").slice(1);
  expect(commits.map((line) => JSON.parse(line))).toMatchObject([
    { time_from: null, time_to: null },
    { time_from: null, time_to: null },
  ]);
  const between = { fromMs: START_MS + 4 * MINUTE, toMs: START_MS + 6 * MINUTE };
  expect((await all(readEvidence(directory, between))).map(({ record }) => record.seq)).toEqual([2]);
});

test("a line that is no record is passed over and named; it takes no other with it", async () => {
  const { directory, ledger, read } = await ledgerOfADay();
  await ledger.close();
  const file = join(directory, "2026-11-21.jsonl");
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replace('"kind":"import"', '"kind":"dream!"').replace('"instance_id":"i-2"', '"instance_iX":"i-2"'),
  );
  expect(await read({})).toEqual([0, 1, 4]);
  const passed: string[] = [];
  await all(readEvidence(directory, {}, (_seq, error) => passed.push(error.code)));
  expect(passed).toEqual(["not-a-record", "unknown-kind"]);
});

test("a timeline read as text is the fold of the records, whatever became of a line", async () => {
  const { directory, ledger } = await ledgerOfADay();
  await ledger.close();
  const file = join(directory, "2026-11-21.jsonl");
  const whole = await readFile(file);
  const places = [0, 8, 20, 40, 60, 80, 99].map((percent) => Math.floor((whole.length * percent) / 100));
  for (const place of [null, ...places]) {
    for (const byte of [0xff, 0x22, 0x0a]) {
      const bytes = Buffer.from(whole);
      if (place !== null) bytes[place] = byte;
      await writeFile(file, bytes);
      const nowMs = START_MS + 600 * MINUTE;
      const timeline = new LiveTimeline({ collectorId: "c0" });
      await timeline.replay(new LedgerReader(directory).texts());
      const records = (await all(readEvidence(directory))).map(({ record }) => record);
      expect(timeline.snapshot(nowMs)).toEqual(foldTimeline(records, { collectorId: "c0", nowMs }));
    }
  }
});
