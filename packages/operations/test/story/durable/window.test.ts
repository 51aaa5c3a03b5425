import { afterEach, beforeEach, expect, test } from "vitest";
import { type DurableAgent, summary } from "./durable-agent.ts";
import { DurableScene, upTo } from "./durable-scene.ts";

let scene: DurableScene;
let agent: DurableAgent;
beforeEach(async () => {
  scene = new DurableScene();
  agent = scene.agent;
  await scene.begin();
  await scene.committed();
});
afterEach(() => scene.end());

const through = () => agent.told.at(-1)?.through;

test("half a window of records is committed at once, and so is half a window of bytes", async () => {
  agent.number(...upTo(511));
  await scene.until(() => true);
  expect(through()).toBe(0);
  agent.number(512);
  await scene.until(() => through() === 512);
  agent.say(summary(513, { pad: "x".repeat(60_000) }), summary(514, { pad: "x".repeat(60_000) }));
  agent.say(summary(515, { pad: "x".repeat(20_000) }));
  await scene.until(() => through() === 515);
});

test("the answer to a flush that somebody asked for is committed at once", async () => {
  await scene.collector.control("durable", "flush");
  agent.number(1);
  await scene.until(() => through() === 1);
});

test("the last words of an agent are committed at once, and it hears so before it goes", async () => {
  agent.lastWords = () => agent.number(1);
  void scene.collector.control("durable", "stop");
  await scene.until(() => through() === 1);
  expect(agent.heard.at(-1)).toBe("committed");
  agent.die();
  scene.clock.advance(10);
});

test("while the disk is full nothing is committed, a whole window is taken without a pause, and it goes on by itself", async () => {
  scene.diskIsFull = true;
  agent.number(...upTo(1_024));
  await scene.until(() => scene.status.collector.fault !== undefined);
  expect(scene.status.collector.fault).toContain("the disk is full");
  for (let second = 0; second < 30; second += 1) {
    scene.clock.advance(1_000);
    await scene.until(() => true);
  }
  expect(agent.told).toHaveLength(1);
  expect(scene.status.agents[0]).toMatchObject({ state: "running", health: "ok", condition: "free", restarts: 0 });

  agent.die();
  scene.clock.advance(10_000);
  expect(agent.told.at(-1)?.through).toBe(0);
  agent.number(...upTo(1_024));

  scene.diskIsFull = false;
  await scene.until(() => {
    scene.clock.advance(100);
    return through() === 1_024;
  });
  expect(scene.status.collector.fault).toBeUndefined();
  expect(await scene.numbers()).toEqual(upTo(1_024));
});

test("who ignores its window is paused far beyond it, loses nothing, and goes on when there is room", async () => {
  scene.diskIsFull = true;
  let seq = 0;
  while (scene.status.agents[0]?.condition === "free" && seq < 1_000)
    agent.say(summary(++seq, { pad: "x".repeat(10_000) }));
  expect(seq).toBeGreaterThan(100);
  expect(seq).toBeLessThan(220);
  scene.diskIsFull = false;
  await scene.committed();
  expect(through()).toBe(seq);
  expect(await scene.numbers()).toEqual(upTo(seq));
});

test("an agent that does not read hears the newest once it does, each refused number once", async () => {
  agent.deaf = true;
  agent.number(1);
  await scene.committed();
  expect(through()).toBe(1);
  for (const seq of [2, 4, 6]) {
    agent.say(summary(seq), { type: "summary", seq: seq + 1, data: "none" });
    await scene.committed();
  }
  scene.clock.advance(20_000);
  expect(through()).toBe(1);
  agent.listen();
  agent.listen();
  const code = "invalid-field";
  expect(agent.told.slice(2)).toEqual([
    {
      stream: "s-1",
      through: 7,
      refused: [
        { seq: 3, code },
        { seq: 5, code },
        { seq: 7, code },
      ],
    },
  ]);
});
