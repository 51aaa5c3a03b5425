import { expect, test } from "vitest";
import { defineAgent, type PluginContext, type TopicEvent } from "../../src/index.ts";
import { type FakeCollector, fakeCollector } from "../../src/testing/index.ts";

async function connected() {
  const collector = fakeCollector();
  let context: PluginContext | undefined;
  await collector.connect(
    defineAgent({
      id: "acme.ears",
      version: "1.0.0",
      onInitialize: (tools) => void (context = tools.context),
      summarize: () => ({ data: {}, activity: "passive" }),
    }),
  );
  const subscribe = async (topic: string, handle: (event: TopicEvent) => unknown) => {
    const subscribed = context?.subscribe(topic, handle);
    const { id } = await collector.next("request");
    await collector.send({ cmd: "response", id, params: { ok: true, data: { topic } } });
    return subscribed;
  };
  return { collector, context, subscribe };
}

const publish = (collector: FakeCollector, topic: string, data: unknown, more = {}) =>
  collector.send({ cmd: "event", params: { topic, from: "acme.mouth", data, ...more } });

test("each subscriber hears what its topic covers, in order, until it has enough", async () => {
  const { collector, subscribe } = await connected();
  const heard: unknown[] = [];
  await subscribe("door.*", ({ topic, from, data }) => heard.push([topic, from, data]));
  const end = await subscribe("door.open", ({ event, context }) => heard.push([event, context]));
  await publish(collector, "door.open", 1, { event: "open", context: { velocity: 3 } });
  await publish(collector, "window.open", 2);
  end?.();
  await publish(collector, "door.open", 3);
  expect(heard).toEqual([
    ["door.open", "acme.mouth", 1],
    ["open", { velocity: 3 }],
    ["door.open", "acme.mouth", 3],
  ]);
});

test("a subscription that is refused hears nothing", async () => {
  const { collector, context } = await connected();
  const heard: unknown[] = [];
  const subscribed = context?.subscribe("door", (event) => heard.push(event));
  const refused = expect(subscribed).rejects.toMatchObject({ code: "permission-denied" });
  const { id } = await collector.next("request");
  const error = { code: "permission-denied", message: "needs read-messaging" };
  await collector.send({ cmd: "response", id, params: { ok: false, error } });
  await refused;
  await publish(collector, "door", 1);
  expect(heard).toEqual([]);
});

test("a handler that throws is told, and hears the next event", async () => {
  const { collector, subscribe } = await connected();
  const heard: unknown[] = [];
  await subscribe("door", async ({ data }) => {
    heard.push(data);
    if (data === 1) throw new Error("stuck");
  });
  await publish(collector, "door", 1);
  await publish(collector, "door", 2);
  expect(heard).toEqual([1, 2]);
  expect(collector.all("error")).toMatchObject([{ code: "event-failed", message: "door: stuck" }]);
});

test("a handler that hangs loses its oldest events, is said once a minute, and holds up no other", async () => {
  const { collector, subscribe } = await connected();
  const slow: unknown[] = [];
  const quick: unknown[] = [];
  await subscribe("door", ({ data }) => {
    slow.push(data);
    return slow.length === 1 ? new Promise(() => {}) : undefined;
  });
  await subscribe("door", ({ data }) => quick.push(data));
  for (let index = 0; index < 300; index++) await publish(collector, "door", index);
  expect(quick).toHaveLength(300);
  expect(slow).toEqual([0]);
  await collector.advance(30_000);
  expect(slow).toEqual([0, ...Array.from({ length: 256 }, (_, index) => 44 + index)]);
  expect(collector.all("log").filter(({ message }) => message.includes("dropped"))).toHaveLength(1);
  expect(collector.all("error")).toMatchObject([{ code: "event-failed" }]);
});
