import { expect, test } from "vitest";
import { CallError, defineAction, defineAgent, type PluginContext } from "../../src/index.ts";
import { fakeCollector } from "../../src/testing/index.ts";

async function connected() {
  const collector = fakeCollector();
  let context: PluginContext | undefined;
  await collector.connect(
    defineAgent({
      id: "acme.curious",
      version: "1.0.0",
      onInitialize: (tools) => void (context = tools.context),
      summarize: () => ({ data: {}, activity: "passive" }),
    }),
  );
  if (context === undefined) throw new Error("not initialized");
  return { collector, context };
}

test("a request is answered by its response, in whatever order they come", async () => {
  const { collector, context } = await connected();
  const first = context.request("data.get", { key: "a" });
  const second = context.request("data.get", { key: "b" });
  const [one, two] = [await collector.next("request"), await collector.next("request")];
  expect(one).toMatchObject({ method: "data.get", params: { key: "a" }, cause: null });
  await collector.send({ cmd: "response", id: two.id, params: { ok: true, data: { key: "b", value: 2 } } });
  await collector.send({ cmd: "response", id: one.id, params: { ok: true, data: { key: "a", value: 1 } } });
  expect(await Promise.all([first, second])).toEqual([
    { key: "a", value: 1 },
    { key: "b", value: 2 },
  ]);
});

test("what the collector refuses, or never answers, rejects with its code", async () => {
  const { collector, context } = await connected();
  const denied = new CallError("permission-denied", "needs manage-database");
  const refused = expect(context.request("store.query", { sql: "select 1" })).rejects.toEqual(denied);
  const { id } = await collector.next("request");
  const error = { code: "permission-denied", message: "needs manage-database" };
  await collector.send({ cmd: "response", id, params: { ok: false, error } });
  await refused;
  const silent = expect(context.request("agents.list", {})).rejects.toMatchObject({ code: "timed-out" });
  await collector.next("request");
  await collector.advance(10_000);
  await silent;
  await collector.send({ cmd: "response", id: "request-2", params: { ok: true } });
  expect(collector.all("error")).toEqual([]);
});

test("what a method can do without may be left out, all of it too", async () => {
  const { collector, context } = await connected();
  void context.request("agents.list");
  expect(await collector.next("request")).toMatchObject({ method: "agents.list", params: {} });
  void context.request("log.write", { level: "info", message: "under its own name" });
  expect((await collector.next("request")).params).not.toHaveProperty("label");
});

test("a call to another plugin is waited for as long as it may take", async () => {
  const { collector, context } = await connected();
  const call = { plugin: "acme.slow", interface: "action", method: "execute", timeout_ms: 60_000 } as const;
  const answer = context.request("plugin.invoke", call);
  const { id } = await collector.next("request");
  await collector.advance(59_000);
  await collector.send({ cmd: "response", id, params: { ok: true, data: "done" } });
  expect(await answer).toBe("done");
});

test("a hook may ask while the collector waits for it, before the agent begins and while it ends", async () => {
  const answers: unknown[] = [];
  const collector = fakeCollector();
  const ask = async (context: PluginContext) => answers.push(await context.request("data.get", { key: "x" }));
  void collector.connect(
    defineAction({ id: "acme.asks", version: "1.0.0", onInitialize: ask, onUnload: ask, execute: () => 1 }),
  );
  const answered = async (value: number) => {
    const { id } = await collector.next("request");
    await collector.send({ cmd: "response", id, params: { ok: true, data: { key: "x", value } } });
  };
  await answered(1);
  const ended = collector.shutdown();
  await answered(2);
  expect(await ended).toBe(0);
  expect(answers).toEqual([
    { key: "x", value: 1 },
    { key: "x", value: 2 },
  ]);
});

test("a collector that is gone answers nothing: what waits is told at once", async () => {
  const { collector, context } = await connected();
  const waiting = expect(context.request("agents.list", {})).rejects.toMatchObject({ code: "ended" });
  await collector.hangUp();
  await waiting;
  await expect(context.request("agents.list", {})).rejects.toMatchObject({ code: "ended" });
});

test("256 requests may wait; what does not fit a line is never sent", async () => {
  const { collector, context } = await connected();
  for (let index = 0; index < 256; index++) context.request("agents.list", {}).catch(() => {});
  await expect(context.request("agents.list", {})).rejects.toMatchObject({ code: "busy" });
  await collector.advance(10_000);
  const long = context.request("data.put", { key: "k", value: "x".repeat(70_000) });
  await expect(long).rejects.toMatchObject({ code: "too-large" });
  expect(collector.all("request")).toHaveLength(256);
});

test("messages and publications are requests too, and metrics go out as ever", async () => {
  const { collector, context } = await connected();
  const handled = context.send("acme.lamp", { on: true }, "lamp.switch");
  const { id, method, params } = await collector.next("request");
  expect([method, params]).toEqual(["message.send", { to: "acme.lamp", type: "lamp.switch", content: { on: true } }]);
  const report = { to: "acme.lamp", type: "lamp.switch", data: "on" };
  await collector.send({ cmd: "response", id, params: { ok: true, data: report } });
  expect(await handled).toEqual(report);
  context.send(null, "who knows?").catch(() => {});
  context.publish("lamp.on").catch(() => {});
  expect((await collector.next("request")).params).toEqual({ type: "message", content: "who knows?" });
  expect((await collector.next("request")).params).toEqual({ topic: "lamp.on", data: null });
  context.send({ type: "metric", value: 3 });
  expect(await collector.next("metric")).toMatchObject({ value: 3 });
});
