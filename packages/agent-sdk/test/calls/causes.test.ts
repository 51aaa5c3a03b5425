import { expect, test } from "vitest";
import { defineAction, defineTrigger, type Fire } from "../../src/index.ts";
import { fakeCollector } from "../../src/testing/index.ts";

const pause = () => new Promise((resolve) => setImmediate(resolve));

const invoke = (cause?: string, name = "action", method = "execute") =>
  ({
    cmd: "invoke",
    id: `for-${cause}`,
    params: { interface: name, method, params: cause ?? null, ...(cause && { context: { cause } }) },
  }) as const;

test("what a call asks for names the call as its cause, however many are under way, and what nobody led to names none", async () => {
  const collector = fakeCollector();
  const asked: string[] = [];
  await collector.connect(
    defineAction({
      id: "acme.relay",
      version: "1.0.0",
      execute: async (name, context) => {
        await pause();
        context.publish(`from ${String(name)}`).catch(() => {});
        await new Promise<void>((resolve) => collector.clock.after(10, resolve));
        asked.push(String(name));
        context.request("agents.list", {}).catch(() => {});
      },
    }),
  );
  for (const cause of ["c1", "c2", undefined]) await collector.send(invoke(cause));
  await collector.advance(20);
  expect(asked).toEqual(["c1", "c2", "null"]);
  expect(collector.all("request").map(({ method, cause }) => [method, cause])).toEqual([
    ["event.publish", "c1"],
    ["event.publish", "c2"],
    ["event.publish", null],
    ["agents.list", "c1"],
    ["agents.list", "c2"],
    ["agents.list", null],
  ]);
});

test("a handler of a subscription acts in the cause of what it heard", async () => {
  const collector = fakeCollector();
  await collector.connect(
    defineAction({
      id: "acme.echo",
      version: "1.0.0",
      onActivate: (context) => {
        context.subscribe("ping", () => void context.publish("pong").catch(() => {})).catch(() => {});
      },
      execute: () => null,
    }),
  );
  const { id } = await collector.next("request");
  await collector.send({ cmd: "response", id, params: { ok: true } });
  await collector.send({ cmd: "event", params: { topic: "ping", from: "a.b", data: 1, cause: "e9" } });
  expect(await collector.next("request")).toMatchObject({ method: "event.publish", cause: "e9" });
});

test("what a trigger fires was not led to by its start", async () => {
  const collector = fakeCollector();
  let fire: Fire = () => {};
  await collector.connect(
    defineTrigger({
      id: "acme.door",
      version: "1.0.0",
      start: (tell) => {
        fire = tell;
        collector.clock.after(100, () => tell("opened"));
      },
    }),
  );
  await collector.send(invoke("start", "trigger", "start"));
  await collector.advance(100);
  fire("closed");
  expect((await collector.next("event")).cause).toBe(null);
  expect((await collector.next("event")).cause).toBe(null);
});
