import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { plain } from "../../src/present/colour.ts";
import { describeRecord, recordLine } from "../../src/present/record.ts";

beforeEach(() => {
  vi.stubEnv("TZ", "Europe/Berlin");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const summary = {
  seq: 42,
  kind: "message",
  received_at: "2026-11-21T08:30:10.000Z",
  agent_label: "folder-activity",
  trust: "trusted",
  message: {
    type: "summary",
    data: {
      schema: "folder_activity.summary.v1",
      window: { start: "2026-11-21T08:30:00Z", end: "2026-11-21T08:30:10Z", duration_s: 10 },
      counts: { created: 1, modified: 2, deleted: 0, renamed: 0, total: 3 },
      folders: ["src", "test"],
      dropped_events: 0,
      activity_signal: { mode: "active", keep_alive: true },
    },
  },
};

test("a summary is told by its activity and the figures that are not zero", () => {
  expect(recordLine(summary, undefined, plain)).toBe(
    "    42  2026-11-21 09:30:10  folder-activity  summary worked created 1, modified 2, total 3, folders ×2",
  );
  expect(recordLine(summary, 70, plain)).toBe("    42  2026-11-21 09:30:10  folder-activity  summary worked created …");
});

test("of a command what it came to stands first, and what it did not do in plain words", () => {
  const command = (data: object) =>
    describeRecord({
      kind: "message",
      message: { type: "summary", data: { activity_signal: { mode: "passive", keep_alive: null }, ...data } },
    });
  const head = { schema: "command.nagios.v1", command: "./check.sh" };
  expect(command({ ...head, latest: "WARNING: 3 waiting", runs: 2, failed: 0, results: [{}, {}] })).toBe(
    "summary passive latest WARNING: 3 waiting, runs 2, command ./check.sh",
  );
  const before = { latest: "WARNING: 3 waiting", not_run_since: "2026-11-21T08:30:10.000Z" };
  expect(command({ ...head, runs: 0, results: [], ...before })).toBe(
    "summary passive not run since 2026-11-21 09:30:10, latest WARNING: 3 waiting, command ./check.sh",
  );
  expect(command({ ...head, runs: 0, skipped: 3, results: [] })).toBe("summary passive skipped 3, command ./check.sh");
});

test("a record that ran without trust says so, and its text cannot steer the terminal", () => {
  const record = {
    ...summary,
    trust: "dev",
    message: { type: "event", data: { event: "note\u001B[2J", payload: { text: "a\nb" } } },
  };
  expect(recordLine(record, undefined, plain)).toContain("folder-activity (dev)  event note\\u001b[2J text a b");
});

test("every kind of record has words of its own", () => {
  const span = { from: "2026-11-21T08:00:00Z", to: "2026-11-21T09:30:00Z" };
  expect(told("gap", { reason: "collector-down", ...span })).toBe(
    "gap (collector-down) 2026-11-21 09:00–10:30 (1 h 30 min)",
  );
  expect(told("gap", { reason: "missing-seq", seq_from: 4, seq_to: 6, ...span })).toBe(
    "gap: records 4 to 6 never came",
  );
  expect(told("clock_step", { by_ms: -5000 })).toBe("the clock was set by -5000 ms");
  expect(told("agent_state", { state: "running", health: "ok", condition: "free", cause: "handshake" })).toBe(
    "is running (handshake)",
  );
  expect(told("policy", { cooldown_seconds: 600 })).toBe("policy: a segment ends after 10 min without work");
  expect(
    told("import", { start: span.from, end: span.to, source: "git", confidence: "reconstructed", label: "fix" }),
  ).toBe("reconstructed 2026-11-21 09:00–10:30 (1 h 30 min) from git: fix");
  expect(told("correction", { ...span, as: "idle", note: "lunch" })).toContain("corrected to idle");
  expect(told("aggregate", { agent_label: "m", header: "items", value: { a: 1 } })).toBe("aggregate of m items a 1");
  expect(told("erasure", { seq: 7, why: "private" })).toBe("record 7 erased: private");
  expect(told("something-new", { n: 1 })).toBe("something-new n 1");
});

function told(kind: string, data: object): string {
  return describeRecord({ kind, data });
}
