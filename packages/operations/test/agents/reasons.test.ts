import { expect, test } from "vitest";
import { Reasons } from "../../src/agents/reasons.ts";

const well = { unwell: [], restraints: [] };
const ended = { ...well, state: "backing-off", cause: "exited: exit code 1" } as const;

test("of a process that died the reason is how it ended, and its last words", () => {
  const reasons = new Reasons();
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
  const reasons = new Reasons();
  reasons.found("cpu-over-budget", "2 % of a core");
  const running = { state: "running", cause: "rate-limit", unwell: [], restraints: ["cpu-over-budget", "rate-limit"] };
  expect(reasons.of(running as Parameters<Reasons["of"]>[0])).toBe(
    "2 % of a core; it writes faster than it may (messages_per_s, bytes_per_s): its output waits",
  );
});

test("an agent's words take their place in a status and no more", () => {
  const reasons = new Reasons();
  reasons.found("agent", "x".repeat(5_000));
  expect(reasons.of({ ...well, state: "running", cause: "status", unwell: ["agent"] })).toHaveLength(512);
});
