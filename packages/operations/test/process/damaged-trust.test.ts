import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LogLine } from "@mimolo/protocol";
import { expect, onTestFinished, test } from "vitest";
import { createCollector } from "../../src/index.ts";
import { deskScene } from "../trust/desk-scene.ts";

const reportsWork = fileURLToPath(new URL("../fixtures/agents/reports-work.mjs", import.meta.url));

test("with a damaged trust file the collector starts, runs nothing that was only allowed, and says why", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  await scene.install(await scene.packed());
  const script = join(scene.folder, "agent.mjs");
  copyFileSync(reportsWork, script);
  await scene.desk((desk) => desk.allow({ path: script, by: "cli" }));
  writeFileSync(scene.directory.trustFile, '{ "format": 1 ');
  const collector = await createCollector({
    dataDir: scene.root,
    plugins: { mine: { executable: process.execPath, args: [script] }, theirs: { plugin: "acme.x" } },
  });
  const said: LogLine[] = [];
  collector.on("log", (line) => said.push(line));
  onTestFinished(() => collector.stop());
  await collector.start();
  expect(collector.status().agents.map(({ label, state }) => `${label} ${state}`)).toEqual([
    "mine blocked",
    "theirs blocked",
  ]);
  for (const { blocked } of collector.plans) expect(blocked).toMatch(/trust\.json:1: .*Mend it, or move it away/);
  expect(said).toContainEqual(expect.objectContaining({ code: "trust-file-unreadable", level: "error" }));
});

test("decisions without the audit log that told of them are said aloud at the start, and that goes on record", async () => {
  const scene = deskScene();
  await scene.trustAuthor();
  rmSync(scene.directory.audit, { recursive: true });
  rmSync(scene.directory.state, { recursive: true });
  expect((await scene.verify()).fault).toMatchObject({ reason: "genesis-missing" });
  const collector = await createCollector({ dataDir: scene.root });
  const said: LogLine[] = [];
  collector.on("log", (line) => said.push(line));
  await collector.start();
  await collector.stop();
  expect(said).toContainEqual(expect.objectContaining({ code: "audit-missing", level: "error" }));
  expect(await scene.audited()).toEqual(["mode audit", "mode collector"]);
});
