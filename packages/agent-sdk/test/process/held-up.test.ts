import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, expect, test } from "vitest";
import { metricsOf, type WireMessage } from "@mimolo/protocol/wire";
import { bundleFixtures } from "./bundled-fixtures.ts";
import { ACK, type ChildAgent, childAgent } from "./child-agent.ts";

const folder = await bundleFixtures();
const children: ChildAgent[] = [];
afterEach(() => children.splice(0).forEach(({ process }) => process.kill("SIGKILL")));
afterAll(() => rm(folder, { recursive: true }));

async function accepted(name: string): Promise<ChildAgent> {
  const child = childAgent(join(folder, `${name}.mjs`));
  children.push(child);
  await child.message(({ type }) => type === "handshake");
  child.send(ACK);
  return child;
}

const beats = ({ messages }: ChildAgent) => messages.filter(({ type }) => type === "heartbeat");
const stampMs = (message: WireMessage | undefined) => Date.parse(message?.timestamp ?? "");

test.runIf(process.platform !== "win32")("a process stopped and continued beats and answers as before", async () => {
  const child = await accepted("counts-ticks");
  await child.message(({ type }) => type === "heartbeat");
  child.process.kill("SIGSTOP");
  const before = child.messages.length;
  child.send({ cmd: "status", id: "while stopped" });
  await sleep(1500);
  child.process.kill("SIGCONT");
  const isNew = (message: WireMessage) => child.messages.indexOf(message) >= before;
  const late = await child.message(
    (message) => message.type === "heartbeat" && (metricsOf(message).latency_ms ?? 0) > 1000,
  );
  await child.message((message) => message.type === "status" && isNew(message));
  await child.message((message) => message.type === "heartbeat" && stampMs(message) > stampMs(late));
  expect(child.messages.some((message) => message.type === "status" && message.tuned !== undefined)).toBe(false);
  child.hangUp();
  expect(await child.ended).toBe(0);
});

test("a collector that does not read for a while gets the newest heartbeat, not the ones between", async () => {
  const child = await accepted("floods-events");
  await child.message(({ type }) => type === "heartbeat");
  child.process.stdout.pause();
  await sleep(2000);
  const resumedMs = Date.now();
  const before = beats(child).length;
  child.process.stdout.resume();
  await child.message((message) => message.type === "heartbeat" && stampMs(message) > resumedMs);
  const between = beats(child)
    .slice(before)
    .filter((message) => stampMs(message) <= resumedMs);
  // One hung in the write, or stood in the pipe, as many as were said before it filled; the rest overwrote one another.
  expect(between.length).toBeLessThan(6);
  expect(child.refused).toEqual([]);
});
