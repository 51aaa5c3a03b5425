import { expect, test } from "vitest";
import { stderrLevel } from "../src/stderr-level.ts";
import { paperAgent } from "./paper-agent.ts";

test.each([
  ["[warning] the disk is slow", "warning"],
  ["[ERROR] no such file", "error"],
  ["  [debug]: tick", "debug"],
  ["WARN: deprecated", "warning"],
  ["Error: ENOENT", "error"],
  ["INFO:  started", "info"],
  ["fatal: not a git repository", "error"],
  ['{"level":"error","message":"boom"}', "error"],
  ['{"msg":"slow","level":"WARN"}', "warning"],
  ['{"level":50,"msg":"pino"}', "error"],
  ['{"level":20,"msg":"pino"}', "debug"],
] as const)("%s is %s", (line, level) => {
  expect(stderrLevel(line)).toBe(level);
});

test.each([
  "plain words",
  "[constructor] of something",
  "error without a colon",
  "https://example.org",
  "2026-01-01 warning: somewhere in the middle",
  '{"level":"error"}',
  '{"level":"constructor","msg":"x"}',
  '{"level":{},"msg":"x"}',
  '{"level":"error","msg":',
  "{",
  "",
])("%j names no level", (line) => {
  expect(stderrLevel(line)).toBeNull();
});

test("the owner hears every line as it came, with its level", () => {
  const heard: string[] = [];
  const { agent, processes } = paperAgent({ stderr: (line, _runId, level) => void heard.push(`${level}|${line}`) });
  agent.start();
  processes.last.complain('[warn] careful\nplain\n{"level":"error","msg":"gone"}\n');
  expect(heard).toEqual(["warning|[warn] careful", "info|plain", 'error|{"level":"error","msg":"gone"}']);
});
