import { expect, expectTypeOf, test } from "vitest";
import { AgentSdkError, defineMonitor, type MonitorEvent } from "../src/index.ts";
import { fakeCollector } from "../src/testing/index.ts";

function savesMonitor(emitted: (MonitorEvent<{ files: string[] }> | null)[]) {
  return defineMonitor({
    label: "editor_saves",
    dataHeader: "files",
    pollEverySeconds: 2,
    emitEvent: () => emitted.shift() ?? null,
    filter: (items) => [...new Set(items.flat())].toSorted(),
  });
}

test("a monitor announces its spec before its first event", async () => {
  const collector = fakeCollector();
  await collector.connect(savesMonitor([{ event: "saved", payload: { files: ["a.ts"] } }]));
  expect(collector.messages.slice(0, 2).map(({ type }) => type)).toEqual(["handshake", "metadata"]);
  expect(await collector.next("metadata")).toMatchObject({
    data: {
      monitor: {
        label: "editor_saves",
        data_header: "files",
        resets_cooldown: true,
        infrequent: false,
        poll_interval_s: 2,
      },
    },
  });
});

test("each poll's event is an evidence line with its items and the next number", async () => {
  const collector = fakeCollector();
  await collector.connect(
    savesMonitor([
      { event: "saved", payload: { files: ["a.ts"] } },
      null,
      { event: "saved", payload: { files: ["b.ts"] }, atMs: Date.UTC(2026, 0, 1, 0, 0, 3) },
    ]),
  );
  await collector.advance(4000);
  expect(collector.all("event")).toMatchObject([
    { seq: 1, timestamp: "2026-01-01T00:00:00.000Z", data: { event: "saved", payload: { files: ["a.ts"] } } },
    { seq: 2, timestamp: "2026-01-01T00:00:03.000Z", data: { event: "saved", payload: { files: ["b.ts"] } } },
  ]);
});

test("a flush is answered by a passive summary that only counts", async () => {
  const collector = fakeCollector();
  await collector.connect(savesMonitor([{ event: "saved", payload: { files: ["a.ts"] } }]));
  await collector.advance(2000);
  expect(await collector.flush()).toMatchObject({
    seq: 2,
    data: { monitor: "editor_saves", events: 1, polls: 2, activity_signal: { mode: "passive", keep_alive: null } },
  });
});

test("when a segment closes, filter makes one value of what its events carried", async () => {
  const monitor = savesMonitor([
    { event: "saved", payload: { files: ["b.ts", "a.ts"] } },
    { event: "saved", payload: { files: ["a.ts"] } },
  ]);
  const collector = fakeCollector();
  await collector.connect(monitor);
  await collector.advance(2000);
  expect(await collector.closeSegment(monitor)).toEqual(["a.ts", "b.ts"]);
  expect(monitor.filter([["z"], ["y", "z"]])).toEqual(["y", "z"]);
});

test("without a filter the items stay as they are", () => {
  const monitor = defineMonitor({
    label: "plain",
    dataHeader: "n",
    emitEvent: () => ({ event: "n", payload: { n: 1 } }),
  });
  expectTypeOf(monitor.filter).parameters.toEqualTypeOf<[number[]]>();
  expect(monitor.filter([1, 2, 2])).toEqual([1, 2, 2]);
});

test("several events of one poll, async ones, and the older name of the payload are all taken", async () => {
  const polls = [
    [
      { event: "one", payload: { n: 1 } },
      { event: "two", data: { n: 2 } },
    ],
    [],
  ];
  const collector = fakeCollector();
  await collector.connect(
    defineMonitor({ label: "many", dataHeader: "n", emitEvent: async () => polls.shift() ?? null }),
  );
  await collector.advance(10_000);
  expect(collector.all("event").map(({ data }) => data.payload)).toEqual([{ n: 1 }, { n: 2 }]);
});

test("emitEvent that throws is told as emit-failed, backed off, and recovers", async () => {
  let isBroken = true;
  const collector = fakeCollector();
  await collector.connect(
    defineMonitor({
      label: "fragile",
      pollEverySeconds: 1,
      emitEvent: () => {
        if (isBroken) throw new Error("sensor lost");
        return { event: "seen" };
      },
    }),
  );
  await collector.advance(6000);
  expect(collector.all("error")).toMatchObject([
    { code: "emit-failed", message: "sensor lost", context: { retry_in_s: 2 } },
    { code: "emit-failed", context: { retry_in_s: 4 } },
    { code: "emit-failed", context: { retry_in_s: 8 } },
  ]);
  isBroken = false;
  await collector.advance(9000);
  expect(collector.all("event")).toHaveLength(2);
  expect(collector.all("log").at(-1)).toMatchObject({ message: "sampling works again after 3 failures" });
});

test("an event without the monitor's header is an error of the monitor, not a line the collector must refuse", async () => {
  const collector = fakeCollector();
  await collector.connect(
    defineMonitor({ label: "forgetful", dataHeader: "items", emitEvent: () => ({ event: "x" }) }),
  );
  expect(collector.all("event")).toHaveLength(0);
  expect(collector.all("error")[0]?.message).toContain('"items"');
});

test("an event without a name, which only JavaScript lets through, is told as well", async () => {
  const collector = fakeCollector();
  await collector.connect(defineMonitor({ label: "nameless", emitEvent: () => "saved" as never }));
  expect(collector.all("event")).toHaveLength(0);
  expect(collector.all("error")).toMatchObject([{ code: "emit-failed", message: expect.stringContaining("name") }]);
});

test("hooks run when polling starts, stops, and when a segment closes", async () => {
  const steps: string[] = [];
  const collector = fakeCollector();
  const monitor = defineMonitor({
    label: "hooked",
    emitEvent: () => null,
    onStart: () => steps.push("start"),
    onStop: () => steps.push("stop"),
    onSegmentClose: (id) => steps.push(id),
  });
  await collector.connect(monitor);
  expect(collector.messages[0]).toMatchObject({ capabilities: expect.arrayContaining(["segment"]) });
  await collector.send({ cmd: "segment", params: { phase: "opened", id: "c:7" } });
  await collector.send({ cmd: "segment", params: { phase: "closed", id: "c:7" } });
  await collector.send({ cmd: "stop" });
  await collector.shutdown();
  expect(steps).toEqual(["start", "c:7", "stop"]);
});

test("the configured pace overrides the monitor's own", async () => {
  let polls = 0;
  const collector = fakeCollector({ config: { poll_interval_s: 0.5 } });
  await collector.connect(
    defineMonitor({
      label: "paced",
      emitEvent: () => {
        polls += 1;
        return null;
      },
    }),
  );
  await collector.advance(2000);
  expect(polls).toBe(5);
});

test("while the collector does not read, a monitor waits instead of filling memory", async () => {
  let polls = 0;
  const collector = fakeCollector();
  await collector.connect(
    defineMonitor({
      label: "loud",
      pollEverySeconds: 1,
      emitEvent: () => ({ event: "seen", payload: { n: ++polls, filler: "x".repeat(10_000) } }),
    }),
  );
  collector.host.isReading = false;
  await collector.advance(600_000);
  expect(polls).toBeLessThan(50);
  collector.host.isReading = true;
  await collector.advance(2000);
  const events = collector.all("event");
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.length).toBe(polls);
});

test("a label that is no plain identifier is refused", () => {
  expect(() => defineMonitor({ label: "no-dashes", emitEvent: () => null })).toThrow(AgentSdkError);
});

test("emitEvent that hangs is told as emit-failed after 5 s and backed off; what it finds after all is still sent", async () => {
  const release: ((event: MonitorEvent) => void)[] = [];
  const collector = fakeCollector();
  await collector.connect(
    defineMonitor({
      label: "stuck",
      pollEverySeconds: 1,
      emitEvent: () => (release.length < 2 ? new Promise<MonitorEvent>((resolve) => release.push(resolve)) : null),
    }),
  );
  await collector.advance(5000);
  expect(collector.all("error")).toMatchObject([
    { code: "emit-failed", message: "no answer within 5 s", context: { failures: 1, retry_in_s: 2 } },
  ]);
  await collector.flush();
  await collector.advance(7000);
  expect(collector.all("error")).toMatchObject([{ context: { failures: 1 } }, { context: { failures: 2 } }]);
  release[0]?.({ event: "late" });
  await collector.advance(4000);
  expect(collector.all("event").map(({ data }) => data.event)).toEqual(["late"]);
  expect(collector.all("log").at(-1)).toMatchObject({ message: "sampling works again after 2 failures" });
});

test("a segment hook that throws or hangs is told, and holds up neither a flush nor the next one", async () => {
  const closed: string[] = [];
  const collector = fakeCollector();
  await collector.connect(
    defineMonitor({
      label: "hooked",
      emitEvent: () => null,
      onSegmentClose: (id) => {
        closed.push(id);
        if (id === "c:1") throw new Error("no room");
        return id === "c:2" ? new Promise(() => {}) : undefined;
      },
    }),
  );
  for (const id of ["c:1", "c:2", "c:3"]) await collector.send({ cmd: "segment", params: { phase: "closed", id } });
  await collector.flush();
  expect(closed).toEqual(["c:1", "c:2"]);
  await collector.advance(5000);
  expect(closed).toEqual(["c:1", "c:2", "c:3"]);
  expect(collector.all("error")).toMatchObject([
    { code: "hook-failed", message: "no room" },
    { code: "hook-failed", message: "the segment hook took longer than 5 s" },
  ]);
});
