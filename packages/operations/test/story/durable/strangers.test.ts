import { afterEach, beforeEach, expect, test } from "vitest";
import { DurableAgent, summary } from "./durable-agent.ts";
import { DurableScene } from "./durable-scene.ts";

let scene: DurableScene;
let agent: DurableAgent;
beforeEach(() => {
  scene = new DurableScene();
  agent = scene.agent;
});
afterEach(() => scene.end());

const refused = () => scene.status.agents[0]?.counters.refused;

test("lines that were moved to another stream say so, and are numbered there", async () => {
  await scene.begin();
  agent.number(1, 2);
  agent.say({ ...summary(1), stream: "s-2" }, { ...summary(2), stream: "s-2" });
  await scene.committed();
  expect(agent.told.slice(1)).toEqual([
    { stream: "s-1", through: 2, refused: [] },
    { stream: "s-2", through: 2, refused: [] },
  ]);
  expect(await scene.numbers("s-2")).toEqual([1, 2]);
});

test("what is no stream is refused, and one process speaks of sixteen at most", async () => {
  await scene.begin();
  agent.say({ ...summary(1), stream: "" }, { ...summary(1), stream: 7 }, { ...summary(1), stream: "x".repeat(129) });
  expect(refused()).toEqual({ "invalid-field": 3 });
  for (let n = 0; n < 1_000; n += 1) agent.say({ ...summary(1), stream: `invented-${n}` });
  expect(refused()).toEqual({ "invalid-field": 3, "too-many-streams": 985 });
  expect(scene.codes().filter((code) => code === "too-many-streams")).toHaveLength(1);
  await scene.committed();
  expect(agent.told).toHaveLength(16);
  agent.number(1);
  await scene.committed();
  expect(agent.told.at(-1)).toMatchObject({ stream: "s-1", through: 1 });
});

test("two agents with one stream id do not know each other", async () => {
  const twin = new DurableAgent(scene.clock);
  await scene.begin({ one: agent, other: twin });
  agent.number(1, 2);
  twin.number(1);
  await scene.committed();
  expect([agent.told.at(-1)?.through, twin.told.at(-1)?.through]).toEqual([2, 1]);
  expect(await scene.numbers()).toEqual([1, 2, 1]);
});

test("durable_ack without a stream is said, and its evidence is kept as it comes", async () => {
  agent.stream = undefined;
  await scene.begin();
  agent.number(1, 1);
  await scene.committed();
  expect(scene.codes()).toContain("no-stream");
  expect(agent.heard).not.toContain("committed");
  expect(scene.collector.records).toBeGreaterThan(2);
  expect(await scene.numbers()).toEqual([]);
});

test("a stream without durable_ack is kept once as well, and nothing is committed to it", async () => {
  agent.features = ["summary"];
  await scene.begin();
  agent.number(1, 1, 2);
  await scene.committed();
  expect(agent.told).toEqual([]);
  expect(await scene.numbers()).toEqual([1, 2]);
});

test("numbers go up to 2^53 - 1; what is no number, or broken JSON, settles nothing", async () => {
  await scene.begin();
  const most = Number.MAX_SAFE_INTEGER;
  agent.number(most);
  agent.say(
    { ...summary(1), seq: 1.5 },
    { ...summary(1), seq: 0 },
    { ...summary(1), seq: "2" },
    { ...summary(1), seq: 1e300 },
  );
  agent.sayRaw(`{"type":"summary","seq":3,"data":{"half":\n`);
  agent.number(1, 3);
  await scene.committed();
  expect(agent.told.at(-1)).toEqual({ stream: "s-1", through: most, refused: [] });
  expect(await scene.numbers()).toEqual([`1..${most - 1}`, most, 1, 3]);
});

test("a line too long for any message is settled when its beginning tells the number", async () => {
  await scene.begin();
  agent.sayRaw(`{"type":"summary","nested":{"seq":9,"a":[1]},"seq":1,"data":{"pad":"${"x".repeat(300_000)}"}}\n`);
  agent.sayRaw(`{"type":"log","seq":2,"data":{"pad":"${"x".repeat(300_000)}"}}\n`);
  await Promise.resolve();
  expect(agent.told.at(-1)).toEqual({ stream: "s-1", through: 1, refused: [{ seq: 1, code: "line-too-long" }] });
});

test("a numbered event is a monitor's, even before its metadata; one without its items is settled as refused", async () => {
  await scene.begin();
  const event = (seq: number, payload: object) => ({ type: "event", seq, data: { event: "seen", payload } });
  agent.say(event(1, { files: ["a"] }));
  agent.say({ type: "metadata", data: { monitor: { label: "m", data_header: "files" } } });
  agent.say(event(2, {}), event(3, { files: ["b"] }));
  await scene.committed();
  const missing = { seq: 2, code: "missing-data-header" };
  expect(agent.told.at(-1)).toEqual({ stream: "s-1", through: 3, refused: [missing] });
  expect(await scene.numbers()).toEqual([1, 3]);
});
