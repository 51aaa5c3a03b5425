import { expect, test } from "vitest";
import { defineTrigger, type Fire, type TriggerOptions } from "../../src/index.ts";
import { fakeCollector } from "../../src/testing/index.ts";

const invoke = (method: string) => ({ cmd: "invoke", id: method, params: { interface: "trigger", method } }) as const;

async function connected(start: TriggerOptions["start"]) {
  const collector = fakeCollector();
  await collector.connect(defineTrigger({ id: "acme.door", version: "1.0.0", start }));
  return collector;
}

test("a trigger fires between its start and its stop, and neither does anything twice", async () => {
  const steps: string[] = [];
  let fire: Fire = () => {};
  const collector = await connected((tell) => {
    fire = tell;
    steps.push("start");
    return () => steps.push("stop");
  });
  expect(collector.all("metadata")).toMatchObject([{ data: { interfaces: ["trigger"] } }]);
  fire("too early");
  for (const method of ["start", "start"]) await collector.send(invoke(method));
  fire("opened", { payload: { by: "hand" }, velocity: 7, mode: "work", atMs: Date.UTC(2026, 0, 1, 0, 0, 9) });
  fire("closed");
  for (const method of ["stop", "stop"]) await collector.send(invoke(method));
  fire("too late");
  await collector.advance(0);
  expect(steps).toEqual(["start", "stop"]);
  expect(collector.all("event").map(({ timestamp, data }) => [timestamp, data])).toEqual([
    ["2026-01-01T00:00:09.000Z", { event: "opened", payload: { by: "hand" }, context: { velocity: 7, mode: "work" } }],
    ["2026-01-01T00:00:00.000Z", { event: "closed", context: {} }],
  ]);
  expect(collector.all("event").every(({ seq }) => seq === undefined)).toBe(true);
});

test("a suspended trigger is stopped, and may be started again", async () => {
  const steps: string[] = [];
  const collector = await connected(async () => {
    steps.push("start");
    return () => steps.push("stop");
  });
  await collector.send(invoke("start"));
  await collector.send({ cmd: "lifecycle", id: "l", params: { phase: "suspend" } });
  await collector.next("ack");
  await collector.send({ cmd: "lifecycle", id: "m", params: { phase: "activate" } });
  await collector.send(invoke("start"));
  await collector.shutdown();
  expect(steps).toEqual(["start", "stop", "start", "stop"]);
});

test("a start that fails is the caller's error, and the next one tries again", async () => {
  let tries = 0;
  const collector = await connected(() => {
    tries += 1;
    if (tries === 1) throw new Error("no port");
  });
  await collector.send(invoke("start"));
  await collector.send(invoke("start"));
  expect(collector.all("result")).toMatchObject([{ error: { code: "failed", message: "no port" } }, { ok: true }]);
});

test("a trigger that fires faster than the collector reads keeps its newest, and says what was lost", async () => {
  let fire: Fire = () => {};
  const collector = await connected((tell) => void (fire = tell));
  await collector.send(invoke("start"));
  collector.host.isReading = false;
  for (let index = 0; index < 1000; index++) fire("tick", { payload: index });
  collector.host.isReading = true;
  await collector.advance(0);
  fire("tick", { payload: "after" });
  await collector.advance(0);
  const payloads = collector.all("event").map(({ data }) => data.payload);
  expect(payloads.length).toBeLessThan(300);
  expect(payloads.at(-2)).toBe(999);
  expect(collector.all("log").map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^7\d\d events dropped/),
  );
});
