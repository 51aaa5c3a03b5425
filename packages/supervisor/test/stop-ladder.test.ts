import { expect, test } from "vitest";
import { saysStillFlushing } from "../src/stop-ladder.ts";
import { paperAgent } from "./paper-agent.ts";

function stopping() {
  const paper = paperAgent();
  paper.agent.start();
  paper.processes.last.shakeHands();
  const stopped = paper.agent.stop();
  return { ...paper, child: paper.processes.last, stopped };
}
const { flushing } = { flushing: { type: "status", health: "ok", message: "still flushing" } };

test("the ladder: sequence, five seconds, end of stdin, two, SIGTERM, two, SIGKILL", async () => {
  const { child, clock, stopped, agent } = stopping();
  expect(child.written.at(-1)).toEqual({
    cmd: "sequence",
    sequence: ["stop", "flush", "shutdown"],
    params: { sequence: ["stop", "flush", "shutdown"] },
  });
  clock.advance(4_999);
  expect(child.inputClosed).toBe(false);
  clock.advance(1);
  expect(child.inputClosed).toBe(true);
  clock.advance(1_999);
  expect(child.signals).toEqual([]);
  clock.advance(1);
  expect(child.signals).toEqual(["SIGTERM"]);
  clock.advance(2_000);
  expect(child.signals).toEqual(["SIGTERM", "SIGKILL"]);
  child.exit(null, "SIGKILL");
  await stopped;
  expect(agent.snapshot.state).toBe("stopped");
  expect(clock.pending).toBe(0);
});

test("a status that is still flushing extends the first rung once, to thirty seconds since the stop", () => {
  const { child, clock } = stopping();
  clock.advance(4_000);
  child.say(flushing);
  clock.advance(20_000);
  child.say(flushing);
  clock.advance(5_999);
  expect(child.inputClosed).toBe(false);
  clock.advance(1);
  expect(child.inputClosed).toBe(true);
});

test("too late to ask for more time once stdin is closed", () => {
  const { child, clock } = stopping();
  clock.advance(5_000);
  child.say(flushing);
  clock.advance(2_000);
  expect(child.signals).toEqual(["SIGTERM"]);
});

test("hurry kills at once, even while the agent is still flushing", () => {
  const { child, agent } = stopping();
  child.say(flushing);
  agent.hurry();
  expect(child.signals).toEqual(["SIGKILL"]);
  expect(child.inputClosed).toBe(false);
});

test("a process that will not even be killed is killed again, and never called stopped", () => {
  const { child, clock, agent } = stopping();
  clock.advance(9_000 + 60_000);
  expect(child.signals.filter((signal) => signal === "SIGKILL").length).toBeGreaterThan(20);
  expect(agent.snapshot.state).toBe("stopping");
});

test("the last words go before everything that waits, and nothing else is said after them", () => {
  const { agent, processes } = paperAgent();
  agent.start();
  processes.last.shakeHands();
  processes.last.takesMore = false;
  for (let i = 0; i < 40; i++) agent.send({ cmd: "segment", params: { phase: "opened", id: String(i) } });
  void agent.stop();
  expect(agent.send({ cmd: "flush" })).toBe(false);
  processes.last.drain();
  expect(processes.last.written.map((command) => command.cmd)).toEqual(["ack", "segment", "sequence"]);
});

test("an agent of 0.3, and one that never shook hands, finds the steps in args too", () => {
  const steps = { sequence: ["stop", "flush", "shutdown"] };
  for (const greet of ["handshake", "heartbeat"]) {
    const { agent, processes } = paperAgent();
    agent.start();
    if (greet === "handshake") processes.last.shakeHands("0.3");
    else processes.last.say({ type: "heartbeat" });
    void agent.stop();
    expect(processes.last.written.at(-1)).toEqual({ cmd: "sequence", ...steps, params: steps, args: steps });
  }
});

test("still flushing is read from the message and from anywhere in the details", () => {
  expect(saysStillFlushing({ message: "Still flushing 40 records" })).toBe(true);
  expect(saysStillFlushing({ details: { phase: "still_flushing", left: 3 } })).toBe(true);
  expect(saysStillFlushing({ details: { steps: [{ note: "still-flushing" }] } })).toBe(true);
  expect(saysStillFlushing({ message: "flushed" })).toBe(false);
  expect(saysStillFlushing({})).toBe(false);
});
