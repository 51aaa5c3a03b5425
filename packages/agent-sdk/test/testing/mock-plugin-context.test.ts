import { expect, test } from "vitest";
import { CallError, defineAction } from "../../src/index.ts";
import { mockPluginContext } from "../../src/testing/index.ts";

test("what code asks of its context is remembered, and answered as the test says", async () => {
  const context = mockPluginContext({
    pluginId: "acme.lamp",
    answers: { "plugin.invoke": ({ method }: { method: string }) => `did ${method}`, "agents.list": { agents: [] } },
  });
  const call = { plugin: "acme.switch", interface: "action", method: "execute" } as const;
  expect(await context.request("plugin.invoke", call)).toBe("did execute");
  expect(await context.request("agents.list", {})).toEqual({ agents: [] });
  await context.request("data.put", { key: "seen", value: 3 });
  expect(await context.request("data.get", { key: "seen" })).toEqual({ key: "seen", value: 3 });
  await expect(context.request("store.query", { sql: "select 1" })).rejects.toThrow(CallError);
  await expect(context.send("acme.switch", "on")).rejects.toMatchObject({ code: "not-available" });
  expect(context.requested.map(({ method }) => method)).toEqual([
    "plugin.invoke",
    "agents.list",
    "data.put",
    "data.get",
    "store.query",
    "message.send",
  ]);
});

test("what is published is remembered, and what is delivered reaches the subscriptions that are left", async () => {
  const context = mockPluginContext();
  const heard: unknown[] = [];
  const end = await context.subscribe("lamp.*", ({ topic, data }) => heard.push([topic, data]));
  await context.publish("lamp.on", 1);
  await context.deliver("lamp.off", 2);
  await context.deliver("lamps", 3);
  end();
  await context.deliver("lamp.off", 4);
  expect(context.published).toEqual([{ topic: "lamp.on", data: 1 }]);
  expect(heard).toEqual([["lamp.off", 2]]);
});

test("an action is executed with it, and hears that its time is over", async () => {
  const lamp = defineAction({
    id: "acme.lamp",
    version: "1.0.0",
    execute: (_, context) => {
      context.progress({ percent: 50 });
      return `${context.mode} at ${context.timestamp}: ${context.signal.aborted}`;
    },
  });
  const context = mockPluginContext({ mode: "work", timestamp: "2026-02-03T04:05:06Z" });
  expect(await lamp.execute({}, context)).toBe("work at 2026-02-03T04:05:06Z: false");
  context.abort();
  expect(context.signal.aborted).toBe(true);
  expect(context.progressed).toEqual([{ percent: 50 }]);
});
