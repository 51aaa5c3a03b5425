import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Segment } from "@mimolo/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { erase, openArchive } from "../../src/index.ts";
import { endScene, playedCollector, scene } from "./played-collector.ts";
import type { Invoked } from "./scripted-agent.ts";

let played: ReturnType<typeof scene>;
let collector: Collector;
const asked: Invoked[] = [];
beforeEach(async () => {
  played = scene();
  played.agent.features = ["summary", "invoke", "segment"];
  played.agent.metadata = { monitor: { label: "saves", data_header: "files" } };
  asked.length = 0;
  played.agent.answer = (params) => {
    asked.push(params);
    return { ok: true, data: { count: params.params.items.length } };
  };
  await start();
});
afterEach(() => endScene(collector, played.clock, played.dataDir));

async function start(): Promise<void> {
  collector = await playedCollector(played);
  await collector.start();
  await pass(1_000);
}

/** Moves the clock, then lets the disk and what waits for it catch up. */
async function pass(ms: number): Promise<void> {
  played.clock.advance(ms);
  for (let turn = 0; turn < 5; turn++) {
    await collector.committed();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function stop(): Promise<void> {
  const life = { stopped: false };
  void collector.stop().then(() => (life.stopped = true));
  while (!life.stopped) {
    // Slowly: what the disk takes must not look like hours of rest.
    played.clock.advance(200);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Two events of the monitor, a quarter of an hour of nothing. */
async function segmentOfTwo(): Promise<void> {
  for (const files of [["b", "a"], ["a"]]) {
    played.agent.say({ type: "event", data: { event: "saved", payload: { files } } });
    await pass(5_000);
  }
  await pass(15 * 60_000);
}

async function aggregates(): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const { record } of openArchive(played.dataDir).evidence({ kind: "aggregate" })) {
    if (record.kind === "aggregate") found.push(record.data);
  }
  return found;
}

function segmentLines(): (Segment & { type: string })[] {
  const folder = join(played.dataDir, "segments");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n"))
    .map((line) => JSON.parse(line) as Segment & { type: string });
}

test("a monitor's own filter is asked once after the close; its word is evidence, and stands in the file", async () => {
  await segmentOfTwo();
  expect(asked).toEqual([
    { interface: "aggregate", method: "filter", params: { data_header: "files", items: [["b", "a"], ["a"]] } },
  ]);
  const [segment] = collector.timeline().segments;
  expect(segment?.aggregated).toEqual({ played: { files: { count: 2 } } });
  expect(await aggregates()).toMatchObject([{ segment_id: segment?.id, header: "files", value: { count: 2 } }]);
  expect(segmentLines()).toEqual([{ type: "segment", ...segment }]);
  expect(played.agent.heard.filter((command) => command === "segment")).toHaveLength(2);
});

test("the open segment has a file of its own until it closes", async () => {
  const file = join(played.dataDir, "state", "current_segment.json");
  played.agent.say({ type: "event", data: { event: "saved", payload: { files: ["a"] } } });
  await pass(1_500);
  await pass(1_500);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(collector.timeline().open);
  await pass(15 * 60_000);
  expect(existsSync(file)).toBe(false);
});

test("a filter that fails, or answers nothing in time, leaves the unique items and its reason; it is not asked again", async () => {
  const answers = [() => ({ ok: false, error: { code: "failed", message: "no such file" } }), () => null];
  played.agent.answer = () => answers.shift()?.() ?? null;
  await segmentOfTwo();
  await segmentOfTwo();
  await pass(6_000);
  expect(await aggregates()).toMatchObject([{ fallback: "failed" }, { fallback: "timed-out" }]);
  expect(segmentLines().map(({ aggregated }) => aggregated)).toEqual([
    { played: { files: ["b", "a"] } },
    { played: { files: ["b", "a"] } },
  ]);
  await stop();
  played.agent.answer = () => expect.fail("asked again");
  await start();
  await pass(5_000);
  expect(await aggregates()).toHaveLength(2);
});

test("a monitor without invoke, and one that was stopped, are not waited for", async () => {
  void collector.control("played", "stop");
  await pass(10_000);
  played.agent.features = ["summary"];
  await collector.control("played", "start");
  await pass(2_000);
  await segmentOfTwo();
  expect(await aggregates()).toMatchObject([{ fallback: "no-filter" }]);
  played.agent.say({ type: "event", data: { event: "saved", payload: { files: ["c"] } } });
  await pass(2_000);
  void collector.control("played", "stop");
  await pass(10_000);
  await pass(15 * 60_000);
  expect(await aggregates()).toMatchObject([{}, { fallback: "not-running" }]);
  expect(segmentLines()).toHaveLength(2);
});

test("what a crash cut off between close, question and file is made good at the next start, without doubles", async () => {
  await segmentOfTwo();
  await stop();
  const [line] = segmentLines();
  const [file = ""] = readdirSync(join(played.dataDir, "segments"));
  const path = join(played.dataDir, "segments", file);
  for (const left of ["", '{"type":"segm', readFileSync(path, "utf8")]) {
    writeFileSync(path, left);
    await start();
    await pass(1_000);
    await stop();
    expect(segmentLines(), JSON.stringify(left.slice(0, 20))).toEqual([line]);
  }
  rmSync(join(played.dataDir, "segments"), { recursive: true });
  await start();
  await pass(1_000);
  expect(segmentLines()).toEqual([line]);
  expect(asked).toHaveLength(1);
});

test("a segment that closed while nobody watched is asked for and written after the start", async () => {
  played.agent.say({ type: "event", data: { event: "saved", payload: { files: ["a"] } } });
  await pass(2_000);
  await stop();
  expect(segmentLines()).toEqual([]);
  played.clock.advance(3_600_000);
  await start();
  await pass(5_000);
  expect(asked).toHaveLength(1);
  expect(segmentLines()).toMatchObject([{ aggregated: { played: { files: { count: 1 } } } }]);
});

test("a late record changes a closed segment: its monitor is asked anew, and the file says what holds now", async () => {
  const startedMs = played.clock.wallMs();
  await segmentOfTwo();
  const timestamp = new Date(startedMs + 1_000).toISOString();
  played.agent.say({ type: "event", timestamp, data: { event: "saved", payload: { files: ["late"] } } });
  await pass(5_000);
  expect(asked).toHaveLength(2);
  const [segment, ...more] = collector.timeline().segments;
  expect(more).toEqual([]);
  expect(segment?.aggregated).toEqual({ played: { files: { count: 3 } } });
  expect(segmentLines()).toEqual([{ type: "segment", ...segment }]);
});

test("infrequent events are entries at once", async () => {
  await stop();
  played.agent.metadata = { monitor: { label: "saves", data_header: "files", infrequent: true } };
  await start();
  played.agent.say({ type: "event", data: { event: "saved", payload: { files: ["a"] } } });
  await pass(1_500);
  expect(segmentLines()).toMatchObject([{ type: "infrequent", label: "played", event: "saved" }]);
  await stop();
  await start();
  await pass(1_500);
  expect(segmentLines()).toHaveLength(1);
});

test("what was erased stands in no segment file any more", async () => {
  await stop();
  played.agent.metadata = { monitor: { label: "saves", data_header: "files", infrequent: true } };
  await start();
  for (const files of [["secret"], ["fine"]]) {
    played.agent.say({ type: "event", data: { event: "saved", payload: { files } } });
    await pass(2_000);
  }
  expect(segmentLines()).toHaveLength(2);
  const [secret] = segmentLines() as unknown as { seq: number }[];
  await stop();
  await erase(played.dataDir, { seq: secret?.seq ?? 0, why: "private" });
  await start();
  await pass(2_000);
  expect(segmentLines()).toMatchObject([{ data: { payload: { files: ["fine"] } } }]);
});

test("a folder that cannot be written is said once, and all is written when it can", async () => {
  const folder = join(played.dataDir, "segments");
  writeFileSync(folder, "in the way");
  const said: string[] = [];
  collector.on("log", ({ message }) => said.push(message));
  await segmentOfTwo();
  await pass(11_000);
  rmSync(folder);
  mkdirSync(folder);
  await pass(11_000);
  expect(segmentLines()).toHaveLength(1);
  expect(said.filter((message) => message.startsWith("segments are"))).toEqual([
    expect.stringContaining("segments are not written to their files"),
    "segments are written to their files again",
  ]);
});
