import { expect, test } from "vitest";
import type { Launch } from "../src/index.ts";
import { paperAgent } from "./paper-agent.ts";

const request = (version: string) => ({ executable: "paper", args: [version], cwd: "/", environment: { LANG: "C" } });

/** An agent whose owner answers as the test says; counts how often it was asked. */
function judged(answers: (Launch | Error)[]) {
  const asked = { times: 0 };
  const paper = paperAgent({
    launch() {
      asked.times++;
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Error) throw answer;
      return answer ?? { ok: false, reason: "the test ran out of answers" };
    },
  });
  return { ...paper, asked };
}
const yes = (version = "1"): Launch => ({ ok: true, request: request(version) });
const no: Launch = { ok: false, reason: "modified: main.mjs is another file now" };

test("every spawn asks what to run: the first, a restart after a death, and one that a person wants", () => {
  const { agent, processes, clock, asked } = judged([yes("1"), yes("2"), yes("3")]);
  agent.start();
  processes.last.exit(1);
  clock.advance(500);
  processes.last.shakeHands();
  agent.restart("a person said so");
  processes.last.exit(0);
  expect(processes.children.map((child) => child.request.args[0])).toEqual(["1", "2", "3"]);
  expect(processes.last.request.environment).toMatchObject({ LANG: "C", MIMOLO_RUN_ID: expect.any(String) });
  expect(asked.times).toBe(3);
});

test("an owner that says no: blocked with its reason, nothing is spawned and nothing waits", () => {
  const { agent, processes, clock, changes } = judged([no]);
  agent.start();
  expect(processes.children).toEqual([]);
  expect(changes.at(-1)).toMatchObject({ state: "blocked", previous: "starting", cause: `blocked: ${no.reason}` });
  expect(clock.pending).toBe(0);
});

test("it says no at a restart: blocked instead of a second process", () => {
  const { agent, processes, clock } = judged([yes(), no]);
  agent.start();
  processes.last.exit(1);
  clock.advance(500);
  expect(processes.children).toHaveLength(1);
  expect(agent.snapshot).toMatchObject({ state: "blocked", cause: `blocked: ${no.reason}` });
});

test("a probe out of quarantine asks too", () => {
  const { agent, processes, clock, asked } = judged([yes(), no]);
  agent.start();
  agent.quarantine("memory-limit");
  processes.last.exit(0);
  expect(agent.snapshot.state).toBe("quarantined");
  clock.advance(600_000);
  expect(asked.times).toBe(2);
  expect(agent.snapshot.state).toBe("blocked");
});

test("an owner that cannot even answer does not want it to run", () => {
  const { agent, processes } = judged([new Error("EACCES: main.mjs")]);
  agent.start();
  expect(processes.children).toEqual([]);
  expect(agent.snapshot.cause).toBe("blocked: EACCES: main.mjs");
});

test("blocked is asked again when somebody starts it", () => {
  const { agent, processes } = judged([no, yes()]);
  agent.start();
  agent.start();
  expect(processes.living).toHaveLength(1);
});

test("neither a command nor an owner to ask: blocked", () => {
  const { agent } = paperAgent({ command: undefined as never });
  agent.start();
  expect(agent.snapshot.cause).toBe("blocked: there is no command to run");
});

test("an owner whose machine is short of something is asked again, like a spawn that failed", () => {
  const { agent, processes, clock, changes } = judged([
    { ok: false, reason: "no file can be opened", transient: true },
    yes(),
  ]);
  agent.start();
  expect(changes.at(-1)).toMatchObject({ state: "backing-off", cause: "spawn-failed: no file can be opened" });
  clock.advance(500);
  processes.last.shakeHands();
  expect(agent.snapshot.state).toBe("running");
});
