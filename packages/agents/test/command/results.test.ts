import { expect, test } from "vitest";
import type { CommandRun } from "../../src/command/command-run.ts";
import { Results } from "../../src/command/results.ts";

const NOON_MS = Date.UTC(2026, 10, 22, 12);

const run = (more: Partial<CommandRun> = {}): CommandRun => ({
  startedMs: NOON_MS,
  tookMs: 12,
  timeoutMs: 30_000,
  exitCode: 0,
  signal: null,
  timedOut: false,
  givenUp: false,
  failure: null,
  stdout: "",
  truncated: false,
  stderr: "",
  ...more,
});

test("a window holds its runs, counted, and the next begins empty", () => {
  const results = new Results("lines", "uptime", NOON_MS);
  results.take(run({ stdout: "up\n" }));
  results.take(run({ stdout: "", exitCode: 3, stderr: "no\n".trim() }));
  results.skip();
  expect(results.pending).toBe(2);
  expect(results.takeSummary(NOON_MS + 60_000).data).toEqual({
    schema: "command.lines.v1",
    window: { start: "2026-11-22T12:00:00.000Z", end: "2026-11-22T12:01:00.000Z", duration_s: 60 },
    command: "uptime",
    latest: "it ended with exit code 3",
    runs: 2,
    failed: 1,
    skipped: 1,
    results: [
      { at: "2026-11-22T12:00:00.000Z", took_ms: 12, exit_code: 0, lines: ["up"], lines_total: 1 },
      {
        at: "2026-11-22T12:00:00.000Z",
        took_ms: 12,
        exit_code: 3,
        fault: "it ended with exit code 3",
        lines: [],
        lines_total: 0,
        stderr: "no",
      },
    ],
    results_dropped: 0,
  });
  const { data } = results.takeSummary(NOON_MS + 61_000);
  expect(data).toMatchObject({ runs: 0, failed: 0, skipped: 0, results: [], latest: "it ended with exit code 3" });
});

test("a window in which it did not run says since when; before the first run there is no such time", () => {
  const results = new Results("lines", "uptime", NOON_MS);
  expect(results.takeSummary(NOON_MS + 60_000).data).not.toHaveProperty("not_run_since");
  results.take(run({ startedMs: NOON_MS + 61_000 }));
  expect(results.takeSummary(NOON_MS + 120_000).data).not.toHaveProperty("not_run_since");
  expect(results.takeSummary(NOON_MS + 180_000).data).toMatchObject({
    runs: 0,
    not_run_since: "2026-11-22T12:01:01.000Z",
  });
  // Of one that is under way nobody can say that it does not run.
  const { data } = results.takeSummary(NOON_MS + 240_000, { isUnderWay: true });
  expect(data).not.toHaveProperty("not_run_since");
  expect(data).not.toHaveProperty("latest");
});

test.each([
  ["lines", { stdout: "one\ntwo\n" }, "two"],
  ["lines", { stdout: "" }, "nothing"],
  ["json", { stdout: '{"waiting": 3}' }, '{"waiting":3}'],
  ["nagios", { stdout: "DISK - 8% free | /=92%\nmore", exitCode: 1 }, "WARNING: DISK - 8% free, /=92%"],
  ["nagios", { stdout: "3 waiting | letters=3;5 rate=1.5", exitCode: 0 }, "OK: 3 waiting, letters=3, rate=1.5"],
  ["nagios", { stdout: "BACKUP OK - 2000 bytes | size=2000B" }, "BACKUP OK - 2000 bytes, size=2000B"],
  ["nagios", { stdout: "WARNING 3 waiting", exitCode: 1 }, "WARNING 3 waiting"],
  ["nagios", { stdout: "all TOKENS here", exitCode: 0 }, "OK: all TOKENS here"],
  ["nagios", { stdout: "", exitCode: 2 }, "CRITICAL"],
  ["nagios", { stdout: "x | a=U b=2s" }, "OK: x, a=U, b=2s"],
  ["nagios", { stdout: "| a=1", exitCode: 2 }, "CRITICAL: a=1"],
  ["influx", { stdout: "room celsius=21.5,humidity=40i\nroom celsius=22" }, "room celsius=22 humidity=40"],
  ["influx", { stdout: 'room,floor=2 celsius=21\nup ok=t,who="ada"' }, "room,floor=2 celsius=21; up ok=true who=ada"],
  ["influx", { stdout: "# nothing\n" }, "nothing"],
  ["influx", { stdout: `room ${"x".repeat(80)}=1` }, `room ${"x".repeat(54)}…`],
  ["lines", { timedOut: true, timeoutMs: 1000, tookMs: 1340 }, "it took longer than 1 s and was ended"],
  ["lines", { stdout: "x".repeat(500) }, `${"x".repeat(59)}…`],
] as const)("%s: what the newest run came to, in a line: %j", (as, ended, words) => {
  const results = new Results(as, "it", NOON_MS);
  results.take(run({ stdout: "before" }));
  results.take(run(ended));
  expect(results.takeSummary(NOON_MS).data.latest).toBe(words);
});

test("a change is another output or exit code than the time before; the first run is none", () => {
  const results = new Results("lines", "todo", NOON_MS);
  const changed = (more: Partial<CommandRun>) => results.take(run(more)).changed;
  expect(changed({ stdout: "a" })).toBe(false);
  expect(changed({ stdout: "a", tookMs: 99 })).toBe(false);
  expect(changed({ stdout: "b" })).toBe(true);
  expect(changed({ stdout: "b", exitCode: 1 })).toBe(true);
  expect(results.takeSummary(NOON_MS).changed).toBe(true);
  results.take(run({ stdout: "b", exitCode: 1 }));
  expect(results.takeSummary(NOON_MS)).toMatchObject({ changed: false, spoke: true });
});

test.each<[Partial<CommandRun>, string]>([
  [{ failure: "spawn ENOENT", exitCode: null }, "it could not be started: spawn ENOENT"],
  [
    { timedOut: true, signal: "SIGKILL", exitCode: null, timeoutMs: 2_000, tookMs: 2_040 },
    "it took longer than 2 s and was ended",
  ],
  [{ signal: "SIGSEGV", exitCode: null }, "it was ended by SIGSEGV"],
])("a run that did not end by itself says why: %j", (more, fault) => {
  expect(new Results("nagios", "check", NOON_MS).take(run(more)).result).toEqual({
    at: "2026-11-22T12:00:00.000Z",
    took_ms: more.tookMs ?? 12,
    exit_code: null,
    fault,
  });
});

test("a summary fits its line: the oldest results go first, one that is too large says so", () => {
  const results = new Results("json", "big", NOON_MS);
  for (let index = 0; index < 5; index += 1)
    results.take(run({ stdout: JSON.stringify({ index, text: "x".repeat(20_000) }) }));
  const { data } = results.takeSummary(NOON_MS);
  expect(data).toMatchObject({ runs: 5, results_dropped: 3 });
  expect(data.results.map(({ value }) => (value as { index: number }).index)).toEqual([3, 4]);
  expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(65_536);

  const { result } = results.take(run({ stdout: JSON.stringify("ü".repeat(40_000)) }));
  expect(result["fault"]).toMatch(/takes \d+ bytes as JSON/);
  expect(result["value"]).toBeUndefined();
});

test("a check keeps its state, whatever else it printed does not fit", () => {
  const numbers = Array.from({ length: 200 }, (_, index) => `'${index}${"x".repeat(300)}'=1`).join(" ");
  const { result } = new Results("nagios", "check", NOON_MS).take(
    run({ stdout: `DISK CRITICAL | ${numbers}`, exitCode: 2, stderr: "odd" }),
  );
  expect(result).toMatchObject({ state: "critical", text: "DISK CRITICAL", perfdata_unread: 200, stderr: "odd" });
  expect(result.fault).toBeUndefined();

  const marks = "\u0001".repeat(5_000);
  const marked = new Results("nagios", "check", NOON_MS).take(run({ stdout: `${marks}\n${marks}`, exitCode: 1 }));
  expect(marked.result).toMatchObject({ state: "warning", text: "\u0001".repeat(4_096) });
  expect(Buffer.byteLength(JSON.stringify(marked.result))).toBeLessThan(45_000);
});

test("of lines too long to fit together the last are kept, of points the first", () => {
  const taken = (as: "lines" | "influx", stdout: string) => {
    const { result } = new Results(as, "it", NOON_MS).take(run({ stdout }));
    expect(result.fault).toBeUndefined();
    expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThan(45_000);
    return result;
  };
  const long = Array.from({ length: 100 }, (_, index) => `${index} ${"x".repeat(900)}`);
  const { lines, lines_total: linesTotal } = taken("lines", long.join("\n"));
  expect(lines).toEqual(long.slice(-(lines as string[]).length));
  expect((lines as string[]).length).toBeGreaterThan(30);
  expect(linesTotal).toBe(100);
  const { points, points_total: pointsTotal } = taken("influx", long.map((line) => `m f="${line}"`).join("\n"));
  expect(points).toMatchObject([{ fields: { f: long[0] } }, ...(points as unknown[]).slice(1).map(() => ({}))]);
  expect((points as unknown[]).length).toBeGreaterThan(30);
  expect(pointsTotal).toBe(100);
});

test("runs by the hundred between two flushes take no more than sixty places", () => {
  const results = new Results("lines", "often", NOON_MS);
  for (let index = 0; index < 500; index += 1) results.take(run({ stdout: String(index) }));
  const { data } = results.takeSummary(NOON_MS);
  expect(data).toMatchObject({ runs: 500, results_dropped: 440 });
  expect(data.results.at(-1)).toMatchObject({ lines: ["499"] });
});
