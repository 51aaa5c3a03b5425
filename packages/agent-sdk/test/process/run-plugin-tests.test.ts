import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  type PluginSuiteName,
  type PluginTestOptions,
  type PluginTestReport,
  runPluginTests,
} from "../../src/testing/index.ts";

const scratch = await mkdtemp(join(tmpdir(), "mimolo-plugin-tests-"));
afterAll(() => rm(scratch, { recursive: true }));
const sound = join(import.meta.dirname, "plugins", "sound");

/** The names of what failed. */
function failed(report: PluginTestReport): string[] {
  return report.suites.flatMap(({ cases }) => cases.filter(({ ok }) => !ok).map(({ name }) => name));
}

test("a sound plugin passes every case of the five suites", async () => {
  const report = await runPluginTests(sound, {
    calls: [
      { interface: "command", method: "execute", params: { name: "hello" }, expect: (data) => data === "hello" },
      { interface: "action", method: "execute", failsWith: "not-offered" },
    ],
  });
  expect(report).toMatchObject({ ok: true });
  expect(report.suites.map(({ name, ok }) => [name, ok])).toEqual(
    ["unit", "integration", "performance", "security", "compatibility"].map((name) => [name, true]),
  );
  expect(report.suites.flatMap(({ skipped }) => skipped.map(({ name }) => name))).toEqual([
    "it starts again on what it has kept",
  ]);
  expect(report.suites.flatMap(({ cases }) => cases).length).toBeGreaterThan(35);
}, 120_000);

const FAULTS: readonly [suite: PluginSuiteName, fault: string, fails: string | readonly string[]][] = [
  ["integration", "says hello before it shakes hands", "it introduces itself first"],
];

async function withFault(suite: PluginSuiteName, fault: string, options: PluginTestOptions = {}) {
  return runPluginTests(sound, { ...options, suites: [suite], config: { fault } });
}

describe("each case can fail, and does so alone", () => {
  test.each(FAULTS)("%s: a plugin that %s", async (suite, fault, fails) => {
    expect(failed(await withFault(suite, fault))).toEqual([fails].flat());
  }, 60_000);
});
