import { expect, test } from "vitest";
import { CallError, type CallContext, defineAction, defineAgent } from "../../src/index.ts";
import { fakeCollector } from "../../src/testing/index.ts";

type Execute = (params: unknown, context: CallContext) => unknown;

async function connected(execute: Execute) {
  const collector = fakeCollector();
  await collector.connect(defineAction({ id: "acme.lamp", version: "1.0.0", execute }));
  return collector;
}

const call = (id: string, params: unknown = {}, context?: object) =>
  ({
    cmd: "invoke",
    id,
    params: { interface: "action", method: "execute", params, ...(context && { context }) },
  }) as const;

/** Calls that settle when the test says so. */
function held() {
  const release = new Map<string, (value: unknown) => void>();
  const execute: Execute = (params) => new Promise((resolve) => release.set(String(params), resolve));
  return { execute, release: (name: string) => release.get(name)?.(name) };
}

test("calls are answered side by side, each when it is done", async () => {
  const { execute, release } = held();
  const collector = await connected(execute);
  await collector.send(call("1", "slow"));
  await collector.send(call("2", "quick"));
  release("quick");
  expect(await collector.next("result")).toMatchObject({ id: "2", data: "quick" });
  release("slow");
  expect(await collector.next("result")).toMatchObject({ id: "1", data: "slow" });
});

test("a context's members are its own: a copy has them all", async () => {
  const collector = await connected((_params, context) => Object.keys({ ...context }));
  await collector.send(
    call("1", {}, { timestamp: "2026-01-01T00:00:00Z", source: "cli", velocity: 0.5, mode: "work" }),
  );
  const { data } = await collector.next("result");
  const plugin = ["pluginId", "config", "log", "send", "publish", "subscribe", "request"];
  expect(data).toEqual(expect.arrayContaining([...plugin, "timestamp", "source", "velocity", "mode", "signal"]));
});

test("a call that hangs holds up no heartbeat, no flush and no status", async () => {
  const collector = await connected(() => new Promise(() => {}));
  await collector.send(call("1"));
  await collector.advance(4000);
  await collector.flush();
  await collector.send({ cmd: "status", id: "s" });
  await collector.advance(2000);
  expect(collector.all("heartbeat")).toHaveLength(1);
  expect(await collector.next("result")).toMatchObject({ id: "1", ok: false, error: { code: "timed-out" } });
});

test("a flush or a hook that takes its time holds up no call", async () => {
  const collector = fakeCollector();
  await collector.connect(
    defineAgent({
      id: "acme.slow",
      version: "1.0.0",
      summarize: () => new Promise(() => {}),
      onCommand: { hello: { run: () => "hi" } },
    }),
  );
  await collector.send({ cmd: "flush" });
  const params = { interface: "command", method: "execute", params: { name: "hello" } };
  await collector.send({ cmd: "invoke", id: "1", params });
  expect(await collector.next("result")).toMatchObject({ id: "1", data: "hi" });
});

test("a call that came with the handshake's answer waits until the agent has begun", async () => {
  const steps: string[] = [];
  const collector = fakeCollector({ ack: null });
  let ready = () => {};
  await collector.connect(
    defineAction({
      id: "acme.lamp",
      version: "1.0.0",
      onInitialize: () => new Promise<void>((resolve) => (ready = resolve)),
      execute: () => steps.push("executed"),
    }),
  );
  const both = [{ cmd: "ack", accepted: true }, call("1")].map((command) => `${JSON.stringify(command)}\n`).join("");
  collector.host.feed(new TextEncoder().encode(both));
  await collector.advance(1000);
  expect(steps).toEqual([]);
  ready();
  expect(await collector.next("result")).toMatchObject({ id: "1", ok: true });
  expect(collector.all("error")).toEqual([]);
});

test("the time a call has is the caller's to say; progress begins it anew, ten times at most", async () => {
  const collector = await connected(async (_, { progress, signal, timeoutMs }) => {
    for (let percent = 10; ; percent += 10) {
      await new Promise<void>((resolve) => collector.clock.after(800, resolve));
      if (signal.aborted) return;
      progress({ percent, message: `${timeoutMs} ms each` });
    }
  });
  await collector.send(call("c1", {}, { timeout_ms: 1000 }));
  await collector.advance(20_000);
  const signs = collector.all("event").map(({ data }) => data);
  expect(signs).toHaveLength(10);
  expect(signs[0]).toEqual({ event: "progress", payload: { call: "c1", percent: 10, message: "1000 ms each" } });
  const result = await collector.next("result");
  expect(result).toMatchObject({ ok: false, error: { code: "timed-out", message: expect.stringContaining("0.9 s") } });
});

test("the signal of a call that is late or left behind is aborted", async () => {
  const reasons: unknown[] = [];
  const collector = await connected((_, { signal }) => {
    signal.addEventListener("abort", () => reasons.push((signal.reason as Error).message));
    return new Promise(() => {});
  });
  await collector.send(call("1"));
  await collector.advance(5000);
  await collector.send(call("2"));
  await collector.send({ cmd: "shutdown" });
  await collector.advance(3000);
  expect(reasons).toEqual(["action.execute took longer than 4.5 s", "the plugin ended first"]);
  expect(collector.all("result").map(({ id, error }) => [id, error?.code])).toEqual([
    ["1", "timed-out"],
    ["2", "ended"],
  ]);
  expect(collector.host.ending).toMatchObject({ code: 0 });
});

test("a call under way when the agent is to end may finish", async () => {
  const { execute, release } = held();
  const collector = await connected(execute);
  await collector.send(call("1", "late"));
  await collector.send({ cmd: "shutdown" });
  await collector.advance(500);
  release("late");
  expect(await collector.next("result")).toMatchObject({ id: "1", ok: true, data: "late" });
  await collector.advance(0);
  expect(collector.host.ending).toMatchObject({ code: 0 });
});

test("256 calls may be under way; the next is told busy, and a place is free again after one", async () => {
  const { execute, release } = held();
  const collector = await connected(execute);
  for (let index = 0; index < 256; index++) await collector.send(call(`c${index}`, `p${index}`));
  await collector.send(call("one-more"));
  expect(await collector.next("result")).toMatchObject({ id: "one-more", error: { code: "busy" } });
  release("p7");
  expect(await collector.next("result")).toMatchObject({ id: "c7", ok: true });
  await collector.send(call("again", "again"));
  release("again");
  expect(await collector.next("result")).toMatchObject({ id: "again", ok: true });
});

test("no answer is lost to a collector that stops reading for a while", async () => {
  const collector = await connected((params) => params);
  collector.host.isReading = false;
  for (let index = 0; index < 200; index++) await collector.send(call(`c${index}`, "x".repeat(1000)));
  for (let index = 0; index < 400; index++) await collector.send({ cmd: "status" });
  collector.host.isReading = true;
  await collector.advance(0);
  expect(new Set(collector.all("result").map(({ id }) => id)).size).toBe(200);
});

test("what an author throws is the caller's error, its code too where it is a CallError", async () => {
  const thrown = [
    new CallError("not-available", "no desktop here"),
    new Error("broke"),
    "a text",
    Object.assign(new Error("gone"), { code: "ENOENT" }),
  ];
  const collector = await connected(() => {
    throw thrown.shift();
  });
  for (const id of ["1", "2", "3", "4"]) await collector.send(call(id));
  const errors = collector.all("result").map(({ error }) => error);
  expect(errors).toEqual([
    { code: "not-available", message: "no desktop here" },
    { code: "failed", message: "broke" },
    { code: "failed", message: "a text" },
    { code: "failed", message: "gone" },
  ]);
  expect(await collector.flush()).toMatchObject({
    data: { calls: 4, failures: 4, activity_signal: { mode: "passive" } },
  });
});
