import { expect, test } from "vitest";
import { begin, membersOf, soon } from "./supervise.ts";

test("a polite agent flushes a last summary and leaves with exit code 0", async () => {
  const { agent, messages, changes, untilState } = begin("well-behaved.mjs", { policy: { sequenceMs: 5_000 } });
  await untilState("running");
  await agent.stop();
  expect(messages.map((message) => message.type).filter((type) => type !== "heartbeat")).toEqual([
    "handshake",
    "ack",
    "summary",
    "ack",
    "ack",
  ]);
  expect(changes.at(-1)).toMatchObject({ state: "stopped", cause: "stop-requested", code: 0, signal: null });
});

test("an agent sees the scrubbed environment and the name of its run, nothing of ours", async () => {
  process.env["SECRET_OF_THE_COLLECTOR"] = "s3cret";
  const { agent, messages, until, untilState } = begin("well-behaved.mjs");
  await untilState("running");
  agent.send({ cmd: "flush" });
  const summary = await until(() => messages.find((message) => message.type === "summary"));
  delete process.env["SECRET_OF_THE_COLLECTOR"];
  expect(JSON.parse(summary.line).data.environment.toSorted()).toEqual(["MIMOLO_RUN_ID", "PATH"]);
});

test("who ignores the commands and the end of stdin is ended by SIGTERM", async () => {
  const { agent, changes, untilState } = begin("ignores-shutdown.mjs");
  const { pid } = await untilState("running");
  await agent.stop();
  expect(changes.at(-1)).toMatchObject({ state: "stopped", code: null, signal: "SIGTERM" });
  expect(membersOf(pid ?? 0)).toEqual([]);
});

test("who ignores SIGTERM too is ended by SIGKILL", async () => {
  const { agent, changes, untilState } = begin("ignores-sigterm.mjs");
  await untilState("running");
  await agent.stop();
  expect(changes.at(-1)).toMatchObject({ state: "stopped", signal: "SIGKILL" });
});

test("a second interrupt does not wait for the ladder", async () => {
  const { agent, changes, untilState } = begin("ignores-sigterm.mjs", {
    policy: { sequenceMs: 60_000, heartbeatIntervalMs: 1_000 },
  });
  await untilState("running");
  const stopped = agent.stop();
  agent.hurry();
  await stopped;
  expect(changes.at(-1)).toMatchObject({ state: "stopped", signal: "SIGKILL" });
});

test("an agent that is still flushing gets its time and its summary is kept", async () => {
  const { agent, messages, changes, untilState } = begin("still-flushing.mjs", {
    policy: { sequenceMs: 400, heartbeatIntervalMs: 30_000 },
  });
  await untilState("running");
  await agent.stop();
  expect(messages.at(-1)?.line).toContain('"late":true');
  expect(changes.at(-1)).toMatchObject({ state: "stopped", code: 0 });
});

test("a grandchild that keeps stdout open is gone as soon as its parent is", async () => {
  const { stderr, until, untilState, changes } = begin("leaves-grandchild.sh", { policy: { backOffBaseMs: 60_000 } });
  const died = await untilState("backing-off");
  expect(died).toMatchObject({ cause: "exited: exit code 3", code: 3, signal: null });
  expect(died.uptimeMs).toBeLessThan(2_000);
  const grandchild = Number((await until(() => stderr[0])).split(" ")[1]);
  expect(grandchild).toBeGreaterThan(1);
  expect(membersOf(changes[1]?.pid ?? 0)).not.toContain(grandchild);
});

test("a runaway in another session cannot hold the end of its parent up for more than half a second", async () => {
  const { untilState } = begin("leaves-runaway.mjs", {
    policy: { backOffBaseMs: 60_000, heartbeatIntervalMs: 30_000 },
  });
  await untilState("handshaking");
  const fromMs = performance.now();
  const died = await untilState("backing-off");
  expect(died.code).toBe(0);
  expect(performance.now() - fromMs).toBeLessThan(5_000);
});

test("a clean exit is a death like any other: five in a minute and the agent is quarantined", async () => {
  const { agent, changes, untilState } = begin("exits-zero-at-once.sh");
  const quarantined = await untilState("quarantined");
  expect(quarantined).toMatchObject({ code: 0, health: "failed", cause: "exited: exit code 0" });
  expect(changes.filter((change) => change.state === "handshaking")).toHaveLength(5);
  expect(agent.snapshot).toMatchObject({ restarts: 4, pid: null, counters: { restarts: { exited: 4 } } });
});

test("a death tells its signal, and what was last written to stderr", async () => {
  const { untilState } = begin("dies-with-a-reason.sh");
  const died = await untilState("backing-off");
  expect(died).toMatchObject({ code: null, signal: "SIGSEGV", stderrTail: "Traceback: no such table\n" });
});

test("a dead agent is noticed at once and back after its back-off", async () => {
  const { agent, untilState, until, changes } = begin("well-behaved.mjs", { policy: { backOffBaseMs: 1 } });
  const { pid } = await untilState("running");
  const killedAtMs = performance.now();
  process.kill(pid ?? 0, "SIGKILL");
  await untilState("backing-off");
  expect(performance.now() - killedAtMs).toBeLessThan(500);
  await until(() => changes.filter((change) => change.state === "running").length === 2);
  expect(agent.snapshot.restarts).toBe(1);
});

test("an agent that hangs is shown degraded, asked, and restarted", async () => {
  const { changes, untilState } = begin("hangs.mjs", {
    policy: { heartbeatIntervalMs: 150, heartbeatTimeoutMs: 400, answerMs: 100, backOffBaseMs: 60_000 },
  });
  const died = await untilState("backing-off");
  expect(changes.map(({ state, health, cause }) => `${state} ${health} ${cause}`)).toEqual([
    "starting initializing start-requested",
    "handshaking initializing spawned",
    "running ok handshake",
    "running degraded silent",
    "stopping degraded silent",
    "backing-off failed silent",
  ]);
  expect(died.signal).toMatch(/SIGTERM|SIGKILL/);
});

test("an agent that was stopped by SIGSTOP is killed all the same", async () => {
  const { agent, untilState } = begin("well-behaved.mjs");
  const { pid } = await untilState("running");
  process.kill(pid ?? 0, "SIGSTOP");
  await agent.stop();
  await soon(() => membersOf(pid ?? 0).length === 0, 1_000);
});
