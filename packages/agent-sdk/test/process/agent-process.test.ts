import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, expect, test } from "vitest";
import { metricsOf } from "@mimolo/protocol/wire";
import { bundleFixtures } from "./bundled-fixtures.ts";
import { ACK, type ChildAgent, childAgent } from "./child-agent.ts";

const folder = await bundleFixtures();
const children: ChildAgent[] = [];
afterEach(() => children.splice(0).forEach(({ process }) => process.kill("SIGKILL")));
afterAll(() => rm(folder, { recursive: true }));

function start(name: string, options?: { isReading?: boolean }): ChildAgent {
  const child = childAgent(join(folder, `${name}.mjs`), options);
  children.push(child);
  return child;
}

async function accepted(name: string): Promise<ChildAgent> {
  const child = start(name);
  await child.message(({ type }) => type === "handshake");
  child.send(ACK);
  await child.message((message) => message.type === "status" && message.health === "ok");
  return child;
}

test("handshake, heartbeats with real figures, flush, status, sequence, exit 0", async () => {
  const child = await accepted("counts-ticks");
  const beat = await child.message(({ type }) => type === "heartbeat");
  expect(beat.metrics).toMatchObject({ cpu_budget_percent: 1, cpu_budget_ok: expect.any(Boolean), queue: 0 });
  expect(metricsOf(beat).mem_mb).toBeGreaterThan(1);
  expect(metricsOf(beat).cpu_percent_recent).toBeGreaterThan(0);
  child.send({ cmd: "flush", id: "f" });
  await child.message((message) => message.type === "ack" && message.id === "f");
  child.send({ cmd: "status" });
  child.send({ cmd: "sequence", sequence: ["stop", "flush", "shutdown"] });
  expect(await child.ended).toBe(0);
  expect(child.refused).toEqual([]);
  const acks = child.messages.flatMap((message) => (message.type === "ack" ? [message.ack_command] : []));
  expect(acks).toEqual(["flush", "stop", "flush", "shutdown"]);
  expect(child.messages.filter(({ type }) => type === "summary")).toHaveLength(2);
});

test("the end of stdin is a shutdown with a last summary", async () => {
  const child = await accepted("counts-ticks");
  await child.message((message) => (metricsOf(message).samples ?? 0) > 0);
  child.hangUp();
  expect(await child.ended).toBe(0);
  expect(child.messages.at(-1)).toMatchObject({ type: "summary", data: { ticks: expect.any(Number) } });
});

test("a rejected agent ends", async () => {
  const child = start("counts-ticks");
  await child.message(({ type }) => type === "handshake");
  child.send({ cmd: "reject", reason: "protocol_version_mismatch" });
  expect(await child.ended).toBe(1);
});

test("SIGTERM brings a last summary, and the process dies of it as a shell expects", async () => {
  const child = await accepted("counts-ticks");
  await child.message((message) => (metricsOf(message).samples ?? 0) > 0);
  child.process.kill("SIGTERM");
  expect(await child.ended).toBe("SIGTERM");
  expect(child.messages.at(-1)).toMatchObject({ type: "summary" });
});

test("nothing an author prints breaks the stream: it all arrives as log messages", async () => {
  const child = await accepted("prints-to-stdout");
  child.send({ cmd: "shutdown" });
  expect(await child.ended).toBe(0);
  expect(child.refused).toEqual([]);
  const logged = child.messages.flatMap((message) =>
    message.type === "log" ? [`${message.level}: ${message.message}`] : [],
  );
  expect(logged.slice(0, 4)).toEqual([
    "info: to the { console: true }",
    "error: oh no",
    "info: no newline, then one",
    "info: and more",
  ]);
  expect(logged.some((line) => line.includes("(index)"))).toBe(true);
  expect(logged.at(-1)?.length).toBeLessThan(9000);
});

test("a stream or a console function somebody took before the run is caught as well", async () => {
  const child = await accepted("prints-by-old-ways");
  child.send({ cmd: "shutdown" });
  expect(await child.ended).toBe(0);
  expect(child.refused).toEqual([]);
  const logged = child.messages.flatMap((message) => (message.type === "log" ? [message.message] : []));
  expect(logged).toEqual(["half a line", "by a function of the console's own"]);
});

test("the shortest useful agent type-checks and runs as it stands", async () => {
  const child = await accepted("inbox-watch");
  await child.message((message) => (metricsOf(message).samples ?? 0) > 0);
  child.send({ cmd: "flush" });
  expect(await child.message(({ type }) => type === "summary")).toMatchObject({
    seq: 1,
    data: { unread: 3, activity_signal: { mode: "active", keep_alive: true } },
  });
  child.hangUp();
  expect(await child.ended).toBe(0);
});

test("a timer the author forgot does not keep a finished agent alive", async () => {
  const child = await accepted("keeps-a-timer");
  child.send({ cmd: "shutdown" });
  expect(await child.ended).toBe(0);
});

test("an author's process.exit ends the process at once, though a read is out", async () => {
  const child = await accepted("calls-exit");
  const startedMs = performance.now();
  await child.ended;
  expect(performance.now() - startedMs).toBeLessThan(2000);
});

test("an error nobody caught is told with its stack, and the agent ends", async () => {
  const child = await accepted("throws-later");
  const fatal = await child.message((message) => message.type === "error" && message.severity === "fatal");
  expect(fatal).toMatchObject({
    message: "nobody catches this",
    context: { stack: expect.stringContaining("throws-later") },
  });
  expect(child.messages).toContainEqual(expect.objectContaining({ type: "error", code: "unhandled-rejection" }));
  child.hangUp();
  expect(await child.ended).toBe(1);
});

test("an agent over its budget says so", async () => {
  const child = await accepted("burns-cpu");
  const beat = await child.message((message) => metricsOf(message).cpu_budget_ok === false);
  // How much it gets is the machine's to say; it wants half a core.
  expect(metricsOf(beat).cpu_percent_avg_60s).toBeGreaterThan(ACK.params.cpu_budget_percent);
});

test("nobody reads: memory stays where it was, and the end of stdin still ends the process", async () => {
  const child = start("floods-events", { isReading: false });
  child.send(ACK);
  const { stderr } = child.process;
  await once(stderr, "data");
  const before = residentMib(child);
  for (let look = 0; look < 6; look++) await once(stderr, "data");
  expect(residentMib(child) - before).toBeLessThan(20);
  child.hangUp();
  await child.ended;
});

test("the agent goes when its parent is killed", async () => {
  const parent = spawn(process.execPath, [
    "-e",
    `const { spawn } = require("node:child_process");
     const child = spawn(process.execPath, [${JSON.stringify(join(folder, "counts-ticks.mjs"))}], { detached: true });
     child.stdout.once("data", () => console.log(child.pid));`,
  ]);
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  parent.kill("SIGKILL");
  const deadlineMs = Date.now() + 5000;
  while (isAlive(Number(line)) && Date.now() < deadlineMs) await sleep(50);
  expect(isAlive(Number(line))).toBe(false);
});

function residentMib({ process: { pid } }: ChildAgent): number {
  if (!existsSync("/proc/self/statm")) return 0;
  return (Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1]) * 4096) / 1_048_576;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync("/proc/self/stat") || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}
