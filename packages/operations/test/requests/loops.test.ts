import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { loadConfig } from "../../src/config/index.ts";
import { PlayedPlugin } from "./played-plugin.ts";
import { Stage } from "./stage.ts";

let stage: Stage | null = null;
afterEach(async () => {
  await stage?.down();
  stage = null;
});

const both = ["read-messaging", "write-messaging"];
const pair = () =>
  [new PlayedPlugin("ping", both, ["message_handler"]), new PlayedPlugin("pong", both, ["message_handler"])] as const;

/** What an agent says to be the cause of what it does; absent: it knows nothing of causes. */
const manners = [
  ["names what it answers", (cause: unknown) => ({ cause })],
  ["knows nothing of causes", () => ({})],
] as const;

test.each(manners)(
  "two plugins that answer each other's messages are cut after eight hops: each %s",
  async (_, manner) => {
    const [ping, pong] = pair();
    stage = await new Stage([ping, pong]).up();
    const got: string[] = [];
    const ends: unknown[] = [];
    for (const [self, other] of [
      [ping, "pong"],
      [pong, "ping"],
    ] as const) {
      self.answers = ({ method, context }) => {
        if (method !== "handle_message") return undefined;
        got.push(self.label);
        void self
          .request("message.send", { to: other, type: "ball", content: null }, manner(context["cause"]))
          .then(({ error }) => error !== undefined && ends.push(error));
        return "caught";
      };
    }
    const first = await stage.answer(stage.collector.send({ to: "ping", type: "ball", content: null }));
    expect(first).toEqual({ to: "local.ping", type: "ball", data: "caught" });
    await stage.until(() => ends.length > 0);
    // Once by a person, then eight times by plugins.
    expect(got).toHaveLength(9);
    expect(ends).toEqual([{ code: "loop", message: expect.stringContaining("too many plugins") }]);
    const chain = got.map((label) => `local.${label}`).join(" → ");
    expect(stage.warnings.filter((each) => each.startsWith("loop:"))).toEqual([expect.stringContaining(chain)]);
    const cuts = (await stage.audit()).filter((entry) => JSON.stringify(entry).includes("loop"));
    expect(cuts).toHaveLength(1);
  },
);

test.each(manners)("two that publish what makes the other publish are cut too: each %s", async (_, manner) => {
  const [ping, pong] = pair();
  stage = await new Stage([ping, pong]).up();
  for (const [self, hears, says] of [
    [ping, "a", "b"],
    [pong, "b", "a"],
  ] as const) {
    await stage.answer(self.request("event.subscribe", { topic: hears }));
    self.hears = ({ cause }) => self.say({ type: "event", data: { event: says }, ...manner(cause) });
  }
  // Nothing led to it.
  ping.say({ type: "event", data: { event: "b" }, cause: null });
  await stage.until(() => stage?.warnings.some((each) => each.startsWith("loop:")) === true);
  expect(ping.events.length + pong.events.length).toBe(9);
});

test("whoever denies every cause is held to its rate, and the others work on", async () => {
  const [ping, pong] = pair();
  const calm = new PlayedPlugin("calm", both, ["message_handler"]);
  calm.answers = () => 1;
  stage = await new Stage([ping, pong, calm]).up();
  for (const [self, hears, says] of [
    [ping, "a", "b"],
    [pong, "b", "a"],
  ] as const) {
    await stage.answer(self.request("event.subscribe", { topic: hears }));
    self.hears = () => queueMicrotask(() => self.say({ type: "event", data: { event: says }, cause: null }));
  }
  const startMs = stage.clock.ticksMs();
  ping.say({ type: "event", data: { event: "b" }, cause: null });
  expect(await stage.answer(stage.collector.send({ to: "calm", type: "hello", content: null }))).toMatchObject({
    data: 1,
  });
  await stage.until(() => (stage?.clock.ticksMs() ?? 0) > startMs + 3_000, 50);
  const seconds = (stage.clock.ticksMs() - startMs) / 1_000;
  expect(ping.events.length).toBeLessThanOrEqual(400 + 200 * seconds);
  expect(stage.warnings.some((each) => each.startsWith("rate-limited:"))).toBe(true);
});

test.each([
  ["agents.control", () => ({ label: "moved", verb: "restart" })],
  ["config.set", (round: number) => ({ plugin: "local.moved", values: { round } })],
] as const)("a rule whose action starts that agent anew by %s that it waits for is cut", async (method, params) => {
  const mover = new PlayedPlugin("mover", ["manage-agents", "write-config"], ["action"]);
  const moved = new PlayedPlugin("moved");
  const codes: string[] = [];
  let rounds = 0;
  // Nothing is said of causes on either side.
  mover.answers = async () => {
    const { error } = await mover.request(method, params((rounds += 1)));
    codes.push(error?.code ?? "ok");
    return null;
  };
  stage = new Stage([mover, moved]);
  const configFile = join(stage.root, "mimolo.toml");
  writeFileSync(
    configFile,
    `[[rules]]
name = "again"
when = { source = "agent_state", agent = "moved", event = "running" }
do = { plugin = "local.mover" }
`,
  );
  await stage.up({ config: loadConfig({ configFile, cwd: stage.root, env: {} }) });
  await stage.answer(stage.collector.plugins.invoke("local.mover", { interface: "action", method: "execute" }), 50);
  await stage.until(() => codes.includes("loop"), 50);
  expect(codes.filter((code) => code === "ok").length).toBeLessThanOrEqual(9);
  expect(stage.warnings).toContainEqual(expect.stringMatching(/^loop: .*local\.mover → local\.moved/));
});
