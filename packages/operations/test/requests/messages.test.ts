import { afterEach, expect, test } from "vitest";
import { type Asked, PlayedPlugin } from "./played-plugin.ts";
import { Stage } from "./stage.ts";

let stage: Stage | null = null;
afterEach(async () => {
  await stage?.down();
  stage = null;
});

const HEARS = ["read-messaging"];
/** Handles messages as sure of itself as it says. */
function handler(label: string, confidence: unknown, grants: readonly string[] = HEARS): PlayedPlugin {
  const plugin = new PlayedPlugin(label, grants, ["message_handler"]);
  plugin.answers = ({ method, params }: Asked) => {
    if (method === "can_handle") return confidence;
    if (method === "handle_message") return { by: label, got: params["message"] };
    throw new Error(`no ${method}`);
  };
  return plugin;
}

test("the most confident gets a message without addressee, once, with who sent it", async () => {
  const sender = new PlayedPlugin("sender", ["write-messaging"]);
  stage = await new Stage([
    sender,
    handler("shy", 0.2),
    handler("sure", 0.9),
    handler("also", 0.9),
    handler("no", 0),
  ]).up();
  const seen: unknown[] = [];
  stage.collector.on("plugin:message", (event) => seen.push(event));
  const answer = await stage.answer(sender.request("message.send", { type: "greeting", content: { text: "hi" } }));
  expect(answer).toEqual({
    ok: true,
    data: {
      to: "local.sure",
      type: "greeting",
      confidence: 0.9,
      data: {
        by: "sure",
        got: {
          id: expect.any(String),
          from: "local.sender",
          type: "greeting",
          content: { text: "hi" },
          timestamp: expect.stringMatching(/^2026-11-21T08:/),
        },
      },
    },
  });
  expect(seen).toEqual([{ from: "local.sender", to: "local.sure", content: { text: "hi" } }]);
});

test("who lies about its confidence counts as not able, and is told once", async () => {
  stage = await new Stage([handler("boasts", 2), handler("words", "very"), handler("honest", 0.1)]).up();
  for (let time = 0; time < 2; time += 1)
    expect(await stage.answer(stage.collector.send({ type: "x", content: 1 }))).toMatchObject({ to: "local.honest" });
  expect(stage.warnings.filter((each) => each.startsWith("bad-confidence"))).toHaveLength(2);
});

test("who hangs when asked costs a second, who crashes nothing, and neither is chosen", async () => {
  const hangs = new PlayedPlugin("hangs", HEARS, ["message_handler"]);
  const crashes = new PlayedPlugin("crashes", HEARS, ["message_handler"]);
  crashes.answers = () => crashes.dies();
  stage = await new Stage([hangs, crashes, handler("works", 0.5)]).up();
  const startMs = stage.clock.ticksMs();
  const answer = await stage.answer(stage.collector.send({ type: "x", content: 1 }), 20);
  expect(answer).toMatchObject({ to: "local.works", confidence: 0.5 });
  // The types and the confidence, each a second.
  expect(stage.clock.ticksMs() - startMs).toBeLessThan(2_500);
});

test("types a plugin does not support are not put to it, and it is asked for them once", async () => {
  const asked: string[] = [];
  const picky = handler("picky", 1);
  const answers = picky.answers;
  picky.answers = (call) => {
    asked.push(call.method);
    return call.method === "supported_types" ? ["chat.*"] : answers(call);
  };
  stage = await new Stage([picky]).up();
  await expect(stage.answer(stage.collector.send({ type: "mail", content: 1 }))).rejects.toMatchObject({
    code: "no-handler",
  });
  expect(await stage.answer(stage.collector.send({ type: "chat.new", content: 1 }))).toMatchObject({
    to: "local.picky",
  });
  expect(asked).toEqual(["supported_types", "can_handle", "handle_message"]);
  picky.dies();
  await stage.until(() => stage?.collector.status().agents[0]?.state !== "running");
  await stage.until(() => stage?.collector.status().agents[0]?.state === "running", 50);
  await stage.answer(stage.collector.send({ type: "chat.new", content: 1 }));
  expect(asked.filter((each) => each === "supported_types")).toHaveLength(2);
});

test("what plugins send is put only to those that may hear them; a person reaches everybody", async () => {
  const sender = new PlayedPlugin("sender", ["write-messaging"]);
  const deaf = handler("deaf", 1, []);
  stage = await new Stage([sender, deaf]).up();
  const refused = { code: "no-handler", message: expect.stringContaining("--grant read-messaging") };
  expect(await stage.answer(sender.request("message.send", { type: "x", content: 1 }))).toEqual({
    ok: false,
    error: refused,
  });
  expect(await stage.answer(sender.request("message.send", { to: "deaf", type: "x", content: 1 }))).toEqual({
    ok: false,
    error: refused,
  });
  expect(await stage.answer(stage.collector.send({ type: "x", content: 1 }))).toMatchObject({ to: "local.deaf" });
  expect(await stage.answer(stage.collector.send({ to: "local.deaf", type: "x", content: 1 }))).toMatchObject({
    to: "local.deaf",
  });
});

test("a script that announces nothing handles messages once it said so, until its process ends", async () => {
  const script = new PlayedPlugin("script", HEARS);
  script.answers = ({ method }) => (method === "can_handle" ? 1 : "done");
  stage = await new Stage([script]).up();
  const message = { type: "x", content: 1 };
  expect(await stage.answer(script.request("message.receive"))).toEqual({ ok: true, data: { receives: true } });
  expect(await stage.answer(stage.collector.send(message))).toMatchObject({ to: "local.script", data: "done" });
});

test("64 messages wait for one plugin, then it is busy; an error of its own is its own", async () => {
  const slow = new PlayedPlugin("slow", HEARS, ["message_handler"]);
  stage = await new Stage([slow, handler("other", 1)]).up();
  const { collector } = stage;
  const sent = Array.from({ length: 65 }, () =>
    collector.send({ to: "slow", type: "x", content: 1 }).catch((error: unknown) => error),
  );
  const ends = await stage.answer(Promise.all(sent), 100);
  expect(ends.slice(0, 64)).toEqual(Array.from({ length: 64 }, () => expect.objectContaining({ code: "timed-out" })));
  expect(ends[64]).toMatchObject({ code: "too-many-requests", reason: "busy" });
  slow.answers = () => {
    throw new Error("not today");
  };
  const failed = stage.collector.send({ to: "slow", type: "x", content: 1 });
  await expect(stage.answer(failed)).rejects.toMatchObject({ code: "plugin-failed", reason: "failed" });
  await expect(stage.answer(stage.collector.send({ to: "nobody", type: "x", content: 1 }))).rejects.toMatchObject({
    code: "not-installed",
  });
});

test("a plugin that calls another passes for nobody else, neither in the context nor in a message", async () => {
  const liar = new PlayedPlugin("liar", ["execute-commands"]);
  const good = new PlayedPlugin("good", [], ["action", "message_handler"]);
  const asked: { params: unknown; context: unknown }[] = [];
  good.answers = ({ params, context }) => {
    asked.push({ params, context });
    return {};
  };
  stage = await new Stage([liar, good]).up();
  const lies = { plugin: "local.good", context: { source: "cli", rule: "mine", cause: "x", timeout_ms: 9, data: 1 } };
  const message = { id: "1", from: "mimolo.notify", type: "t", content: null };
  for (const call of [
    { interface: "action", method: "execute" },
    { interface: "message_handler", method: "handle_message", params: { message } },
  ])
    expect(await stage.answer(liar.request("plugin.invoke", { ...lies, ...call }))).toMatchObject({ ok: true });
  for (const { context } of asked) {
    expect(context).toMatchObject({ source: "local.liar", timeout_ms: 5_000, data: 1 });
    expect(context).not.toHaveProperty("rule");
    expect(context).not.toMatchObject({ cause: "x" });
  }
  expect(asked[1]?.params).toEqual({ message: { ...message, from: "local.liar" } });
});
