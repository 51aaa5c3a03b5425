import type { EvidenceRecord } from "@mimolo/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { lanesOf, type LanesQuery } from "../../src/lanes/lanes.ts";
import { noteOf } from "../../src/lanes/note.ts";

const DAY = "2026-11-21T";
const at = (time: string) => `${DAY}${time}Z`;
const ms = (time: string) => Date.parse(at(time));
let seq = 0;

function record(kind: string, body: object, more: object = {}): EvidenceRecord {
  const frame = { seq: ++seq, kind, received_at: at("23:59:59"), salt: "c2FsdHNhbHRzYWx0c2FsdA" };
  return {
    ...frame,
    ...more,
    ...(kind === "message" ? { message: body } : { data: body }),
  } as unknown as EvidenceRecord;
}

const agent = (label: string) => ({ agent_label: label, instance_id: label, plugin_id: `acme.${label}` });

function summary(
  label: string,
  time: string,
  signal?: { mode: string; keep_alive: boolean | null },
  intervalS?: number,
) {
  const data = signal === undefined ? {} : { activity_signal: signal };
  const metrics = intervalS === undefined ? {} : { metrics: { interval_s: intervalS } };
  return record("message", { type: "summary", timestamp: at(time), data, ...metrics }, agent(label));
}

const worked = { mode: "active", keep_alive: true };
const idle = { mode: "active", keep_alive: false };

async function lanes(records: readonly EvidenceRecord[], query: Partial<LanesQuery> = {}) {
  const notes = records.map((each) => [noteOf(each)].filter((note) => note !== null));
  return await lanesOf({ fromMs: ms("09:00:00"), toMs: ms("10:00:00"), ...query }, notes);
}

function told(report: Awaited<ReturnType<typeof lanes>>, label: string): string[] | undefined {
  const lane = report.lanes.find((each) => each.label === label);
  const time = (iso: string) => iso.slice(11, 19);
  return lane?.spans.map(({ start, end, kind, confidence, records }) => {
    return `${time(start)}–${time(end)} ${kind} ${confidence} ${records}`;
  });
}

test("a lane is what one agent told: work, none, or nothing of either", async () => {
  const report = await lanes([
    summary("files", "09:10:00", worked, 60),
    summary("files", "09:11:00", worked, 60),
    summary("files", "09:12:00", idle, 60),
    summary("load", "09:11:00"),
    summary("load", "09:12:00"),
    record("message", { type: "event", timestamp: at("09:30:00"), data: { event: "mail" } }, agent("mail")),
  ]);
  expect(report).toMatchObject({ from: at("09:00:00.000"), to: at("10:00:00.000"), resolution_s: 4 });
  expect(report.lanes.map(({ label, plugin_id, mode }) => [label, plugin_id, mode])).toEqual([
    ["files", "acme.files", "active"],
    ["load", "acme.load", "passive"],
    ["mail", "acme.mail", "active"],
  ]);
  expect(told(report, "files")).toEqual(["09:09:00–09:11:00 worked observed 2", "09:11:00–09:12:00 idle observed 1"]);
  expect(told(report, "load"), "a summary that does not say reaches back to the one before").toEqual([
    "09:11:00–09:12:00 passive observed 2",
  ]);
  expect(told(report, "mail")).toEqual(["09:30:00–09:30:00 worked observed 1"]);
});

test("what was reconstructed, what people said and what nobody saw is told as that", async () => {
  const report = await lanes([
    summary("git", "09:05:00", worked, 60),
    record("import", {
      start: at("09:20:00"),
      end: at("09:40:00"),
      label: "git",
      source: "git",
      external_id: "1",
      confidence: "reconstructed",
    }),
    record("correction", { from: at("09:45:00"), to: at("09:50:00"), as: "work", note: "a call" }),
    record("gap", { from: at("08:00:00"), to: at("09:01:00"), reason: "collector-down" }),
    record("gap", { from: at("09:55:00"), to: at("09:56:00"), reason: "records-missing" }, agent("git")),
  ]);
  expect(told(report, "git")).toEqual([
    "09:00:00–09:01:00 gap observed 1",
    "09:04:00–09:05:00 worked observed 1",
    "09:20:00–09:40:00 worked reconstructed 1",
    "09:55:00–09:56:00 gap observed 1",
  ]);
  expect(told(report, "corrections")).toContain("09:45:00–09:50:00 worked reconstructed 1");
});

test("what was erased tells of nothing, and what lies outside is left out", async () => {
  const erased = record("import", {}, { salt: "A".repeat(22) });
  const report = await lanes([
    erased,
    summary("files", "08:59:00", worked, 60),
    summary("files", "10:00:30", worked, 60),
  ]);
  expect(report.lanes.map(({ label }) => label)).toEqual(["files"]);
  expect(told(report, "files")).toEqual(["09:59:30–10:00:00 worked observed 1"]);
});

test("however much there is, a lane has 2,000 spans at most, in order and inside the range", async () => {
  const one = fc.record({
    second: fc.integer({ min: -4_000, max: 90_000 }),
    interval: fc.integer({ min: 0, max: 4_000 }),
    signal: fc.constantFrom(worked, idle, undefined),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(one, { minLength: 1, maxLength: 400 }),
      fc.integer({ min: 0, max: 120 }),
      async (all, s) => {
        const fromMs = ms("00:00:00");
        const toMs = fromMs + 86_400_000;
        const records = all.map(({ second, interval, signal }) => {
          const time = new Date(fromMs + second * 1000).toISOString().slice(0, 19);
          const data = signal === undefined ? {} : { activity_signal: signal };
          const message = { type: "summary", timestamp: `${time}Z`, data, metrics: { interval_s: interval } };
          return record("message", message, { ...agent("a"), received_at: "2027-01-01T00:00:00Z" });
        });
        const { lanes: found, resolution_s: resolution } = await lanes(records, { fromMs, toMs, resolutionS: s });
        expect(resolution).toBeGreaterThanOrEqual(Math.max(1, s, 86_400 / 2_000));
        const spans = found[0]?.spans ?? [];
        expect(spans.length).toBeLessThanOrEqual(2_000);
        let lastMs = fromMs;
        for (const { start, end } of spans) {
          expect(Date.parse(start)).toBeGreaterThanOrEqual(lastMs);
          expect(Date.parse(end)).toBeGreaterThanOrEqual(Date.parse(start));
          lastMs = Date.parse(end);
        }
        expect(lastMs).toBeLessThanOrEqual(toMs);
      },
    ),
    { numRuns: 40 },
  );
});
