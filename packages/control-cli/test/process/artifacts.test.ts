import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { type Collector, createCollector } from "@mimolo/operations";
import type { ArtifactList, PurgePlan, PurgeReport } from "@mimolo/protocol";
import { expect, onTestFinished, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { main } from "../../src/main.ts";
import { captured } from "../captured.ts";
import { place } from "./spawned.ts";
import { atTerminal } from "./terminal.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const keepsFiles = fileURLToPath(new URL("../../../operations/test/fixtures/plugins/keeps-files.mjs", import.meta.url));

/** An agent that keeps a file a day, and somebody with a terminal. */
async function keeping(...days: string[]) {
  const at = place();
  const { dataDir, folder, env } = at;
  const collector: Collector = await createCollector({
    dataDir,
    cwd: folder,
    env,
    dev: true,
    control: { dashboard: false },
    plugins: { shots: { executable: process.execPath, args: [keepsFiles] } },
  });
  onTestFinished(() => collector.stop({ hurry: true }));
  const running = new Promise<void>((resolve) => {
    collector.on("agent:state", ({ state }) => state === "running" && resolve());
  });
  await collector.start();
  await running;
  const files = days.map((day) => ({ id: `day-${day}`, text: `day ${day}`, at: `2026-11-${day}T08:00:00Z` }));
  const params = { name: "keep", args: [JSON.stringify(files)] };
  await collector.plugins.invoke("local.shots", { interface: "command", method: "execute", params });
  await collector.committed();
  const mimolo = async (...words: string[]) => {
    const { surroundings, out, err } = captured({ cwd: folder, env });
    const exit = await main([...words, "--data-dir", dataDir], surroundings);
    return { exit, out: out(), err: err() };
  };
  return { at, mimolo, stop: () => collector.stop() };
}

test("scripts list, archive, restore and purge, and say every answer themselves", async () => {
  const { mimolo } = await keeping("18", "19", "20");
  const list = await mimolo("artifacts", "list");
  expect(list.out).toMatch(/2026-11-20 \d\d:00 +shots +day-20 +6 bytes +present +artifacts\/day-20\n/);
  expect(list.out).toContain("On the disk: shots 18 bytes in 3.");
  const newest = JSON.parse((await mimolo("artifacts", "list", "--limit", "1", "--json")).out) as ArtifactList;
  expect(newest).toMatchObject({ items: [{ artifact_id: "day-20" }], totals: { artifacts: 3, bytes: 18 } });
  expect(newest.next_cursor).not.toBeNull();

  const put = await mimolo("artifacts", "archive", "shots", "day-18");
  expect(put).toMatchObject({ exit: 0, out: expect.stringContaining("mimolo artifacts restore shots archive-day-18") });
  expect((await mimolo("artifacts", "list", "--state", "archived")).out).toContain("archived in archive-day-18");
  const back = await mimolo("artifacts", "restore", "shots", "archive-day-18", "--json");
  expect(JSON.parse(back.out)).toEqual({ archive_id: "archive-day-18", artifact_ids: ["day-18"] });

  // Half an answer is none.
  for (const words of [["--yes"], ["--archive"], ["--no-archive", "--json"]]) {
    const refused = await mimolo("artifacts", "purge", "--label", "shots", ...words);
    expect([refused.exit, refused.err]).toEqual([4, expect.stringContaining("--no-archive")]);
  }
  expect((await mimolo("artifacts", "purge", "--yes", "--no-archive")).exit).toBe(2);
  const dry = await mimolo("artifacts", "purge", "--before", "2026-11-20", "--dry-run", "--json");
  const plan = JSON.parse(dry.out) as PurgePlan;
  expect(plan.artifacts.map(({ artifact_id: id }) => id)).toEqual(["day-18", "day-19"]);
  const purged = await mimolo("artifacts", "purge", "day-19", "--yes", "--archive", "--why", "over", "--json");
  expect(purged.exit).toBe(0);
  expect(JSON.parse(purged.out) as PurgeReport).toMatchObject({
    purged: ["day-19"],
    archive_ids: ["archive-day-19"],
    kept: [],
  });
  const after = JSON.parse((await mimolo("artifacts", "list", "--state", "purged", "--json")).out) as ArtifactList;
  expect(after.items).toMatchObject([{ artifact_id: "day-19", purged: { by: "cli", reason: "over" } }]);
});

test("while no collector runs, the same list is read from the files, and what would change something says what it needs", async () => {
  const { mimolo, stop } = await keeping("18", "19", "20");
  await mimolo("artifacts", "archive", "shots", "day-18");
  await mimolo("artifacts", "purge", "day-19", "--yes", "--no-archive", "--why", "over");
  const list = async (...words: string[]) =>
    JSON.parse((await mimolo("artifacts", "list", "--json", ...words)).out) as ArtifactList;
  const asks = [[], ["--limit", "1"], ["--state", "archived"], ["--to", "2026-11-20"], ["--label", "none"]];
  const running = await Promise.all(asks.map((words) => list(...words)));
  await stop();
  for (const [index, words] of asks.entries()) expect(await list(...words)).toEqual(running[index]);
  expect(running[0]?.items.map(({ state }) => state)).toEqual(["present", "purged", "archived"]);
  expect((await mimolo("artifacts", "list")).out).toContain("On the disk: shots 6 bytes in 1.");
  for (const words of [
    ["archive", "shots", "day-20"],
    ["restore", "shots", "archive-day-18"],
    ["purge", "day-20", "--yes", "--no-archive"],
  ]) {
    const refused = await mimolo("artifacts", ...words);
    expect([refused.exit, refused.err]).toEqual([3, expect.stringContaining("mimolo run")]);
  }
});

test("where nothing was ever kept, the list is empty and nothing is made", async () => {
  const { folder, env } = place();
  const dataDir = join(folder, "nothing");
  const { surroundings, out } = captured({ cwd: folder, env });
  expect(await main(["artifacts", "list", "--json", "--data-dir", dataDir], surroundings)).toBe(0);
  expect(JSON.parse(out())).toEqual({ items: [], next_cursor: null, totals: { artifacts: 0, bytes: 0, agents: [] } });
  expect(existsSync(dataDir)).toBe(false);
});

test.runIf(needs("python3"))("at a terminal a purge shows what goes, offers an archive, and asks", async () => {
  const { at, mimolo } = await keeping("19", "20");
  const words = ["artifacts", "purge", "--before", "2026-11-20", "--data-dir", at.dataDir];
  const steps = [["Keep a copy in an archive?", "\r"]] as const;
  const no = await atTerminal(at, [...steps, ["Purge 1 artifacts", "n"]], ...words);
  expect([no.code, stripVTControlCharacters(no.screen)]).toEqual([130, expect.stringContaining("Nothing was purged.")]);
  const yes = await atTerminal(at, [...steps, ["into archives first?", "y"]], ...words);
  expect([yes.code, stripVTControlCharacters(yes.screen)]).toEqual([
    0,
    expect.stringMatching(/day-19 +6 bytes +present[^]*Purged 1 artifacts[^]*In archives: archive-day-19\./),
  ]);
  expect((await mimolo("artifacts", "list")).out).toMatch(
    /day-19 +6 bytes +purged \d{4}-\d\d-\d\d by cli, in archive-day-19/,
  );
});
