import { afterEach, beforeEach, expect, test } from "vitest";
import { type DurableAgent, onDisk, summary } from "./durable-agent.ts";
import { DurableScene } from "./durable-scene.ts";

let scene: DurableScene;
let agent: DurableAgent;
beforeEach(async () => {
  scene = new DurableScene();
  agent = scene.agent;
  await scene.begin();
});
afterEach(() => scene.end());

test("right after the ack an agent hears that nothing of its stream is known, and after a commit how far it is", async () => {
  expect(agent.heard).toEqual(["ack", "committed"]);
  expect(agent.told).toEqual([{ stream: "s-1", through: 0, refused: [] }]);
  agent.number(1, 2, 3);
  expect(agent.told).toHaveLength(1);
  await scene.committed();
  expect(agent.told.slice(1)).toEqual([{ stream: "s-1", through: 3, refused: [] }]);
  expect(await scene.numbers()).toEqual([1, 2, 3]);
});

test("a number that comes again is kept once, and its sender hears that it is settled", async () => {
  agent.number(1, 2);
  await scene.committed();
  agent.number(1, 2, 2);
  await scene.committed();
  expect(agent.told.map(({ through }) => through)).toEqual([0, 2, 2]);
  expect(await scene.numbers()).toEqual([1, 2]);
  expect(scene.status.agents[0]?.counters.dropped).toEqual({ duplicate: 3 });
});

test("a jump becomes a gap with the agent's name and the time it covers; what was missing may come late", async () => {
  agent.number(1);
  scene.clock.advance(60_000);
  agent.number(5, 3);
  await scene.committed();
  const records = await onDisk(scene.dataDir);
  expect(await scene.numbers()).toEqual([1, "2..4", 5, 3]);
  expect(records.find(({ kind }) => kind === "gap")).toMatchObject({
    agent_label: "durable",
    data: { reason: "missing-seq", from: "2026-11-21T08:00:00.100Z", to: "2026-11-21T08:01:00.100Z", stream: "s-1" },
  });
  expect(agent.told.at(-1)).toEqual({ stream: "s-1", through: 5, refused: [] });
});

test("what is refused is settled and named once, with the commit before it or at once", async () => {
  agent.say(summary(1), { type: "summary", seq: 2, data: 7 }, summary(3));
  expect(agent.told).toHaveLength(1);
  await scene.committed();
  expect(agent.told.at(-1)).toEqual({ stream: "s-1", through: 3, refused: [{ seq: 2, code: "invalid-field" }] });
  agent.say({ type: "summary", seq: 4, data: { pad: "x".repeat(70_000) } });
  await Promise.resolve();
  expect(agent.told.at(-1)).toEqual({ stream: "s-1", through: 4, refused: [{ seq: 4, code: "line-too-long" }] });
  agent.number(5);
  await scene.committed();
  expect(agent.told.at(-1)).toEqual({ stream: "s-1", through: 5, refused: [] });
  expect(await scene.numbers()).toEqual([1, 3, 5]);
});

test("a new process of the agent sends again what it was not told of: kept once, and told with the commit", async () => {
  agent.number(1, 2);
  agent.die();
  scene.clock.advance(10_000);
  expect(agent.starts).toBe(2);
  agent.told.length = 0;
  agent.number(1, 2, 3);
  await scene.committed();
  expect(agent.told.at(-1)).toEqual({ stream: "s-1", through: 3, refused: [] });
  expect(await scene.numbers()).toEqual([1, 2, 3]);
});

test("whose spool is put back as it was before the last numbers hears of those first, when the disk takes them", async () => {
  agent.number(1, 2);
  await scene.committed();
  agent.number(3, 4);
  agent.die();
  agent.told.length = 0;
  await scene.until(() => {
    scene.clock.advance(10);
    return agent.told.length > 0;
  });
  expect(agent.told[0]?.through).toBe(4);

  scene.diskIsFull = true;
  agent.number(5);
  agent.die();
  agent.told.length = 0;
  await scene.until(() => {
    scene.clock.advance(10);
    return agent.told.length > 0;
  });
  expect(agent.told).toEqual([{ stream: "s-1", through: 4, refused: [] }]);
});

test("while the disk stands still an agent that comes back hears in time what is on it, and the rest when it is", async () => {
  agent.number(1);
  await scene.committed();
  let goOn = () => {};
  scene.diskIsBusy = new Promise((resolve) => (goOn = resolve));
  agent.number(2, 3);
  const before = agent.told.length;
  agent.die();
  await scene.until(() => {
    scene.clock.advance(100);
    return agent.starts === 2 && scene.status.agents[0]?.state === "running";
  });
  scene.clock.advance(5_000);
  await scene.until(() => agent.told.length > before);
  expect(agent.told.at(-1)?.through).toBe(1);
  scene.diskIsBusy = null;
  goOn();
  await scene.committed();
  expect(agent.told.at(-1)?.through).toBe(3);
});

test("an agent that is made anew under other settings is told of nothing that is not on the disk, then of all", async () => {
  agent.number(1);
  await scene.committed();
  scene.diskIsFull = true;
  agent.number(2, 3);
  await scene.resettle();
  expect(agent.starts).toBe(2);
  expect(agent.told.at(-1)?.through).toBe(1);
  agent.number(2, 3, 4);
  scene.diskIsFull = false;
  await scene.committed();
  expect(agent.told.at(-1)?.through).toBe(4);
  expect(await scene.numbers()).toEqual([1, 2, 3, 4]);
});

test("an agent that is made anew and has nothing new to say is told of what its predecessor sent", async () => {
  agent.number(1);
  await scene.committed();
  scene.diskIsFull = true;
  agent.number(2, 3);
  await scene.resettle();
  agent.number(2, 3);
  scene.diskIsFull = false;
  await scene.committed();
  expect(agent.told.at(-1)).toEqual({ stream: "s-1", through: 3, refused: [] });
  expect(await scene.numbers()).toEqual([1, 2, 3]);
});

test("a new collector knows from the ledger what it has of each stream", async () => {
  agent.number(1, 2, 7);
  await scene.committed();
  await scene.beginAnew();
  agent.told.length = 0;
  agent.die();
  scene.clock.advance(10_000);
  expect(agent.told[0]).toEqual({ stream: "s-1", through: 7, refused: [] });
  agent.number(7, 8, 4);
  await scene.committed();
  expect(await scene.numbers()).toEqual([1, 2, "3..6", 7, 8, 4]);
});
