import { expect, test } from "vitest";
import { paperAgent } from "./paper-agent.ts";

const flushing = { type: "status", health: "ok", message: "still flushing" };

function running() {
  const paper = paperAgent();
  paper.agent.start();
  paper.processes.last.shakeHands();
  return { ...paper, child: paper.processes.last };
}

test("a blocked agent is stopped by the ladder within ten seconds, whatever it says meanwhile", () => {
  const { agent, child, clock, changes } = running();
  agent.block("revoked: key 1234 of acme");
  expect(changes.at(-1)).toMatchObject({ state: "stopping", cause: "blocked: revoked: key 1234 of acme" });
  expect(child.written.at(-1)).toMatchObject({ cmd: "sequence", sequence: ["stop", "flush", "shutdown"] });
  child.say(flushing);
  clock.advance(2_999);
  child.say(flushing);
  clock.advance(1);
  expect(child.inputClosed).toBe(true);
  clock.advance(4_000);
  expect(child.signals).toEqual(["SIGTERM", "SIGKILL"]);
  child.exit(null, "SIGKILL");
  expect(changes.at(-1)).toMatchObject({ state: "blocked", cause: "blocked: revoked: key 1234 of acme" });
  expect(clock.pending).toBe(0);
});

test("more time that a stop was granted is taken back", () => {
  const { agent, child, clock } = running();
  void agent.stop();
  child.say(flushing);
  clock.advance(8_000);
  expect(child.inputClosed).toBe(false);
  agent.block("revoked");
  clock.advance(0);
  expect(child.inputClosed).toBe(true);
  clock.advance(4_000);
  expect(child.signals).toEqual(["SIGTERM", "SIGKILL"]);
});

test("a block while it is stopping keeps the ladder as it stands, and no time is granted any more", () => {
  const { agent, child, clock } = running();
  agent.restart("new settings");
  clock.advance(3_000);
  agent.block("revoked");
  child.say(flushing);
  clock.advance(2_000);
  expect(child.inputClosed).toBe(true);
  child.exit(0);
  expect(agent.snapshot).toMatchObject({ state: "blocked", cause: "blocked: revoked" });
});

test("one that has not shaken hands yet is stopped too", () => {
  const { agent, processes, clock } = paperAgent();
  agent.start();
  agent.block("revoked");
  clock.advance(9_000);
  processes.last.exit(null, "SIGKILL");
  expect(agent.snapshot.state).toBe("blocked");
});

test("one that waits for its next try, or is quarantined, is blocked at once and not tried again", () => {
  for (const wait of ["backing-off", "quarantined"]) {
    const { agent, child, clock, processes } = running();
    if (wait === "quarantined") agent.quarantine("memory-limit");
    child.exit(1);
    expect(agent.snapshot.state).toBe(wait);
    agent.block("revoked");
    expect(agent.snapshot).toMatchObject({ state: "blocked", cause: "blocked: revoked" });
    clock.advance(3_600_000);
    expect(processes.children).toHaveLength(1);
  }
});
