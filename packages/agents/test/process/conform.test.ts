// The built plugins, judged by the kit that judges everybody's.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkConformance } from "@mimolo/agent-sdk/testing";
import { expect, onTestFinished, test, vi } from "vitest";
import { agents } from "../../src/index.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 300_000 });

test.each(agents.map((each) => [each.default_label, each] as const))("%s conforms", async (_label, builtin) => {
  const folder = mkdtempSync(join(tmpdir(), "mimolo built in "));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { rules, failed } = await checkConformance([process.execPath, builtin.entry], { cwd: folder });
  const broken = rules.filter(({ required, ok }) => required && ok === false);
  expect(broken.map(({ id, title, seen }) => `${id} ${title}: ${seen}`)).toEqual([]);
  expect(failed).toBe(0);
  expect(rules.filter(({ ok }) => ok === true).length).toBeGreaterThan(30);
});
