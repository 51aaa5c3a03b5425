import { expect, test } from "vitest";
import { begin } from "./supervise.ts";

test("an agent that never reads costs a bounded queue, whatever we have to say", async () => {
  const { agent, untilState } = begin("reads-nothing.mjs");
  await untilState("running");
  let refused = 0;
  for (let i = 0; i < 100_000; i++) {
    if (!agent.send({ cmd: "event", params: { topic: "t", from: "f", data: { i, text: "x".repeat(100) } } })) refused++;
    if (i % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const { counters } = agent.snapshot;
  expect(refused).toBeGreaterThan(90_000);
  expect(counters.dropped["command"]).toBe(refused);
  expect(counters.queued_bytes).toBeLessThanOrEqual(65_536);
});

test("an agent that never reads is stopped all the same", async () => {
  const { agent, changes, untilState } = begin("reads-nothing.mjs");
  await untilState("running");
  for (let i = 0; i < 5_000; i++)
    agent.send({ cmd: "event", params: { topic: "t", from: "f", data: "x".repeat(100) } });
  await agent.stop();
  expect(changes.at(-1)).toMatchObject({ state: "stopped", signal: "SIGTERM" });
});

test("a closed stdin is nobody's crash", async () => {
  const { agent, messages, until, untilState } = begin("closes-stdin.mjs");
  await untilState("running");
  const before = messages.length;
  for (let i = 0; i < 100; i++) agent.send({ cmd: "status" });
  await until(() => messages.length > before + 3);
  expect(agent.snapshot.state).toBe("running");
});
