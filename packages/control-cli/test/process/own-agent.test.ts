import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EvidenceRecord, StatusReport, TimelineReport } from "@mimolo/protocol";
import { expect, test, vi } from "vitest";
import { descendants, fixture, isAlive, mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

/** A folder whose mimolo.toml runs one of the fixture agents. */
function placeWith(name: string, more = "") {
  const at = place();
  const file = join(at.folder, "mimolo.toml");
  const args = JSON.stringify([fixture(name)]);
  writeFileSync(file, `[plugins.mine]\nexecutable = "node"\nargs = ${args}\nagent_flush_interval_s = 1\n${more}`);
  const common = ["--config", file, "--data-dir", at.dataDir];
  return { at, common, run: (...argv: string[]) => mimolo(at, "run", ...common, ...argv) };
}

test("an agent that nobody allowed is blocked, and the way to run it is printed", async () => {
  const { at, common, run } = placeWith("reports-work.mjs");
  const collector = run();
  await collector.says("mine is blocked");
  expect(collector.err()).toContain("allow it with: mimolo allow ");
  const refused = await mimolo(at, "agent", "start", "mine", ...common, "--json").ended;
  expect(refused.code).toBe(4);
  expect(JSON.parse(refused.err)).toMatchObject({ error: { code: "agent-blocked" } });
  expect((await mimolo(at, "status", ...common).ended).out).toContain("blocked");
  collector.child.kill("SIGTERM");
  expect((await collector.ended).code).toBe(0);
});

test("under --dev it runs, with a warning at every launch and its records marked", async () => {
  const { at, common, run } = placeWith("reports-work.mjs");
  const collector = run("--dev");
  await collector.says("developer mode");
  await collector.says("work began");
  const status = await mimolo(at, "status", ...common, "--json").ended;
  const report = JSON.parse(status.out) as StatusReport;
  expect(report).toMatchObject({ collector: { mode: "dev" }, agents: [{ label: "mine", verdict: "dev" }] });
  const restarted = await mimolo(at, "agent", "restart", "mine", ...common).ended;
  expect(restarted).toMatchObject({ code: 0, out: "mine: restarted\n" });
  collector.child.kill("SIGTERM");
  expect((await collector.ended).code).toBe(0);
  const { out } = await mimolo(at, "evidence", ...common, "--kind", "message", "--json").ended;
  const records = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as EvidenceRecord);
  expect(new Set(records.map((record) => record.kind === "message" && record.trust))).toEqual(new Set(["dev"]));
});

test("--once ends after the first segment closes", async () => {
  const { at, common, run } = placeWith("reports-work.mjs", "[monitor]\npoll_tick_s = 0.1\n");
  const collector = run("--dev", "--once", "--cooldown", "3s");
  await collector.says("work began");
  await mimolo(at, "agent", "stop", "mine", ...common).ended;
  expect((await collector.ended).code).toBe(0);
  const { out } = await mimolo(at, "timeline", ...common, "--json").ended;
  expect((JSON.parse(out) as TimelineReport).segments).toMatchObject([{ confidence: "observed" }]);
});

test("SIGTERM stops it cleanly; SIGHUP, where no terminal went away, reads the configuration again", async () => {
  const { run } = placeWith("reports-work.mjs");
  const collector = run("--dev");
  await collector.says("work began");
  const children = descendants(collector.pid);
  collector.child.kill("SIGHUP");
  await collector.says("configuration reloaded: nothing changed");
  expect(children.filter(isAlive)).toEqual(children);
  collector.child.kill("SIGTERM");
  const { code, out } = await collector.ended;
  expect(code).toBe(0);
  expect(out).toContain("Stopped.");
  await expect.poll(() => children.filter(isAlive), { timeout: 5000 }).toEqual([]);
});

test("a second Ctrl-C stops at once what would not stop, and leaves no process", async () => {
  const { run } = placeWith("deaf-to-everything.mjs");
  const collector = run("--dev");
  await collector.says("Ctrl-C stops it.");
  await expect.poll(() => descendants(collector.pid).length, { timeout: 10_000 }).toBeGreaterThan(0);
  const children = descendants(collector.pid);
  collector.child.kill("SIGINT");
  await collector.says("Ctrl-C again stops at once");
  await new Promise((resolve) => setTimeout(resolve, 400));
  const beganMs = Date.now();
  collector.child.kill("SIGINT");
  expect((await collector.ended).code).toBe(130);
  expect(Date.now() - beganMs).toBeLessThan(4000);
  await expect.poll(() => children.filter(isAlive), { timeout: 5000 }).toEqual([]);
});

test("kill -9 of the collector leaves no agent", async () => {
  const { run } = placeWith("deaf-to-everything.mjs");
  const collector = run("--dev");
  await collector.says("Ctrl-C stops it.");
  await expect.poll(() => descendants(collector.pid).length, { timeout: 10_000 }).toBeGreaterThan(0);
  const children = descendants(collector.pid);
  collector.child.kill("SIGKILL");
  await collector.ended;
  await expect.poll(() => children.filter(isAlive), { timeout: 5000 }).toEqual([]);
});

test("a reader that goes away (| head) ends the output quietly", async () => {
  const { at, common, run } = placeWith("reports-work.mjs");
  await run("--dev", "--for", "2s").ended;
  const reading = mimolo(at, "evidence", ...common, "--json");
  reading.child.stdout?.destroy();
  const { code, err } = await reading.ended;
  expect({ code, err }).toEqual({ code: 0, err: "" });
});
