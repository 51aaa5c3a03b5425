import { expect, test } from "vitest";
import { Reasons } from "../../src/agents/reasons.ts";

const plain = (text: string) => text;
const well = { unwell: [], restraints: [] };
const ended = { ...well, state: "backing-off", cause: "exited: exit code 1" } as const;

test("of a process that died the reason is how it ended, and its last words", () => {
  const reasons = new Reasons(plain);
  reasons.ended({ stderrTail: "Traceback\n  File main.py\nTypeError: no\n\n" });
  expect(reasons.of(ended)).toBe("exit code 1; its last words on stderr: TypeError: no");
  expect(reasons.of({ ...ended, state: "stopped" })).toBeUndefined();
  reasons.ended({ stderrTail: "" });
  expect(reasons.of(ended)).toBe("exit code 1");
  expect(reasons.of({ ...ended, state: "quarantined", cause: "no-jlp: more than 5 lines" })).toBe(
    "no-jlp: more than 5 lines",
  );
});

test("who is slowed down by several hands is told each of them once", () => {
  const reasons = new Reasons(plain);
  reasons.found("cpu-over-budget", "2 % of a core");
  const running = { state: "running", cause: "rate-limit", unwell: [], restraints: ["cpu-over-budget", "rate-limit"] };
  expect(reasons.of(running as Parameters<Reasons["of"]>[0])).toBe(
    "2 % of a core; it writes faster than it may (messages_per_s, bytes_per_s): its output waits",
  );
});

test("an agent that is well may have a word to say; of one that is not it is the reason", () => {
  const reasons = new Reasons(plain);
  const running = { state: "running", cause: "status", ...well } as const;
  expect(reasons.says(running)).toBeUndefined();
  reasons.found("agent", "WARNING: 3 waiting");
  expect(reasons.says(running)).toBe("WARNING: 3 waiting");
  expect(reasons.says({ ...running, unwell: ["agent"] })).toBeUndefined();
  expect(reasons.says({ ...running, state: "stopped" })).toBeUndefined();
  reasons.found("agent", null);
  expect(reasons.says(running)).toBeUndefined();
});

test("an agent's words take their place in a status and no more", () => {
  const reasons = new Reasons(plain);
  reasons.found("agent", "x".repeat(5_000));
  expect(reasons.of({ ...well, state: "running", cause: "status", unwell: ["agent"] })).toHaveLength(512);
});

test("of a traceback the line that names the fault is the reason, and no secret stands in it", () => {
  const reasons = new Reasons((text) => text.replaceAll("hunter2", "[secret]"));
  reasons.ended({ stderrTail: "file:1\n  throw x\n  ^^^\n\nTypeError: no hunter2\n    at a (b)\n\nNode.js v22.1.0\n" });
  expect(reasons.of(ended)).toBe("exit code 1; its last words on stderr: TypeError: no [secret]");
  reasons.found("agent", "hunter2 was refused");
  expect(reasons.says({ ...well, state: "running" })).toBe("[secret] was refused");
});
