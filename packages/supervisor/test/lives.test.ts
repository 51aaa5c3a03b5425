import { expect, test } from "vitest";
import { paperAgent } from "./paper-agent.ts";

test("a life without trouble: start, handshake, stop", async () => {
  const { agent, processes, story: told, clock } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  const stopped = agent.stop();
  expect(processes.last.written.map((command) => command.cmd)).toEqual(["ack", "sequence"]);
  processes.last.exit(0);
  await stopped;
  expect(told()).toEqual([
    "starting initializing start-requested",
    "handshaking initializing spawned",
    "running ok handshake",
    "stopping ok stop-requested",
    "stopped initializing stop-requested",
  ]);
  expect(clock.pending).toBe(0);
});

test("a missing executable is quarantined with the reason, a machine short of something is tried again", () => {
  const { agent, processes, changes, clock } = paperAgent();
  processes.failNext("not-found");
  agent.start();
  clock.advance(0);
  expect(changes.at(-1)).toMatchObject({ state: "quarantined", cause: "not-found: because the test says so" });
  processes.failNext("spawn-failed");
  agent.start();
  clock.advance(0);
  expect(changes.at(-1)).toMatchObject({ state: "backing-off" });
  clock.advance(500);
  expect(agent.snapshot.state).toBe("handshaking");
});

test("a reject names its reason to the agent and quarantines it", () => {
  const { agent, processes, changes } = paperAgent({ handshake: () => ({ reject: "protocol_version_mismatch" }) });
  agent.start();
  processes.last.shakeHands("9.0");
  expect(processes.last.written).toMatchObject([{ cmd: "reject", reason: "protocol_version_mismatch" }]);
  processes.last.exit(0);
  expect(changes.at(-1)).toMatchObject({ state: "quarantined", cause: "rejected: protocol_version_mismatch", code: 0 });
});

test("a fatal error restarts the agent by its back-off", () => {
  const { agent, processes, changes } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  processes.last.say({ type: "error", message: "my database is gone", severity: "fatal" });
  expect(changes.at(-1)).toMatchObject({ state: "stopping", cause: "fatal-error: my database is gone" });
  processes.last.exit(1);
  expect(changes.at(-1)).toMatchObject({ state: "backing-off", code: 1, cause: "fatal-error: my database is gone" });
});

test("blocked stays blocked until somebody starts it", () => {
  const { agent, processes } = paperAgent();
  agent.block("not-allowlisted");
  void agent.stop();
  expect(agent.snapshot).toMatchObject({ state: "blocked", cause: "blocked: not-allowlisted" });
  agent.start();
  expect(processes.living).toHaveLength(1);
});

test("a start while it is being stopped begins anew once the old process is gone, and the stop is done then", async () => {
  const { agent, processes } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  const stopped = agent.stop();
  agent.start();
  expect(processes.children).toHaveLength(1);
  processes.last.exit(0);
  expect(processes.children).toHaveLength(2);
  expect(agent.snapshot.state).toBe("handshaking");
  await stopped;
});

test("what was thought of a process and done to it dies with it", () => {
  const { agent, processes, changes } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  agent.setCondition("held", "window-full");
  agent.reportHealth("overload", "metrics");
  processes.last.exit(1);
  expect(changes.at(-1)).toMatchObject({ state: "backing-off", health: "failed", condition: "free" });
  agent.start();
  processes.last.shakeHands();
  expect(agent.snapshot).toMatchObject({ health: "ok", condition: "free" });
  expect(processes.last.paused).toBe(false);
});

test("a quarantine on request goes down the ladder, counts as a death, and is tried again", () => {
  const { agent, processes, changes, clock } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  agent.quarantine("memory-limit", "210 MiB of 64");
  expect(processes.last.written.at(-1)).toMatchObject({ cmd: "sequence" });
  expect(changes.at(-1)).toMatchObject({ state: "stopping", cause: "memory-limit: 210 MiB of 64" });
  processes.last.exit(0);
  expect(changes.at(-1)).toMatchObject({
    state: "quarantined",
    health: "failed",
    cause: "memory-limit: 210 MiB of 64",
  });
  clock.advance(600_000);
  expect(agent.snapshot).toMatchObject({ state: "handshaking", counters: { restarts: { "memory-limit": 1 } } });
  processes.last.exit(1);
  expect(agent.snapshot.state).toBe("quarantined");
});

test("a death is told while its output is still held open, and the next process waits for the end of it", async () => {
  const { agent, processes, changes, received, clock } = paperAgent({ random: () => 0 });
  agent.start();
  processes.last.shakeHands();
  const [first] = processes.children;
  first?.exitButHoldOutput(null, "SIGKILL");
  clock.advance(10);
  expect(changes.find(({ state }) => state === "backing-off")).toMatchObject({ signal: "SIGKILL" });
  first?.say({ type: "summary", data: {} });
  expect(received).toEqual(["handshake", "summary"]);
  clock.advance(400);
  expect(processes.children).toHaveLength(1);
  clock.advance(100);
  expect(processes.children).toHaveLength(2);
  expect(agent.snapshot.state).toBe("handshaking");
});
