import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Collector, createCollector, openArchive } from "@mimolo/operations";
import type { TimelineReport } from "@mimolo/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { captured } from "./captured.ts";

const nowMs = Date.parse("2026-11-21T12:00:00Z");
let cwd = "";
let dataDir = "";
let collector: Collector | null = null;

beforeEach(async () => {
  cwd = mkdtempSync(join(tmpdir(), "mimolo amend "));
  dataDir = join(cwd, "data");
  collector = await createCollector({ dataDir, cwd });
  await collector.start();
  const span = { source: "git", confidence: "observed", label: "project" } as const;
  await collector.importSpans([
    { ...span, start: "2026-11-20T08:00:00Z", end: "2026-11-20T10:00:00Z", external_id: "git:1" },
  ]);
  await collector.stop();
  collector = null;
});
afterEach(async () => {
  await collector?.stop();
  rmSync(cwd, { recursive: true });
});

async function mimolo(...argv: string[]) {
  const { surroundings, out, err } = captured({ cwd, env: { XDG_CONFIG_HOME: join(cwd, "config") }, nowMs });
  const code = await main([...argv, "--data-dir", dataDir], surroundings);
  return { code, out: out(), err: err() };
}

async function running(): Promise<Collector> {
  collector = await createCollector({ dataDir, cwd });
  await collector.start();
  return collector;
}

const hour = ["correct", "--from", "2026-11-20T09:00Z", "--to", "2026-11-20T10:00Z"];
const worked = async () => {
  const { segments } = await openArchive(dataDir).timeline({ nowMs });
  return segments.reduce((sum, segment) => sum + segment.duration_s, 0) / 3600;
};

test("a correction counts at once, with and without a collector, and says who is to be believed", async () => {
  expect(await worked()).toBe(2);
  const told = await mimolo(...hour, "--as", "idle", "--note", "lunch");
  expect(told).toMatchObject({ code: 0, err: "" });
  expect(told.out).toMatch(/^Record \d+: corrected to idle .*\(1 h.*\) lunch\n/);
  expect(await worked()).toBe(1);

  const live = await running();
  const revised: unknown[] = [];
  live.on("segment:revised", (segment) => revised.push(segment));
  const { code, out } = await mimolo(...hour, "--as", "work", "--note", "no, a call", "--json");
  expect({ code, ...JSON.parse(out) }).toEqual({
    code: 0,
    seq: expect.any(Number) as number,
    from: "2026-11-20T09:00:00.000Z",
    to: "2026-11-20T10:00:00.000Z",
    as: "work",
    note: "no, a call",
  });
  expect(revised).toMatchObject([{ end: "2026-11-20T10:00:00.000Z", duration_s: 7200 }]);
  expect(live.timeline().segments).toMatchObject([{ duration_s: 7200 }]);
  expect(await worked()).toBe(2);
});

test("a correction that nobody can mean is refused, with the way out, by both doors alike", async () => {
  const wrong = [
    [["--as", "idle", "--note", "x"], ["correct"], "--from is missing"],
    [["--as", "idle"], hour, "it says no reason"],
    [["--note", "x"], hour, "--as is missing"],
    [["--as", "idle", "--note", "x"], ["correct", "--from", "2026-11-20", "--to", "2027-11-20"], "days to come"],
    [["--as", "idle", "--note", "x"], ["correct", "--from", "2025-11-20", "--to", "2026-11-20"], "longer than 31 days"],
    [["--as", "rest", "--note", "x"], hour, "Allowed choices are work, idle"],
  ] as const;
  for (const door of ["files", "collector"]) {
    if (door === "collector") await running();
    for (const [more, words, message] of wrong) {
      const told = await mimolo(...words, ...more);
      expect(told, `${door}: ${message}`).toMatchObject({ code: 2, out: "" });
      expect(told.err).toContain(message);
    }
  }
  expect(await worked()).toBe(2);
});

const git = (folder: string, ...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" });

function repository(): string {
  const folder = mkdtempSync(join(cwd, "client repo "));
  git(folder, "init", "-q");
  git(folder, "config", "user.email", "ada@example.org");
  git(folder, "config", "user.name", "Ada");
  return folder;
}

test("an anchor is an empty commit that takes nothing staged along, once per head", async () => {
  const repo = repository();
  writeFileSync(join(repo, "half-done.txt"), "x");
  git(repo, "add", ".");
  const { code, out } = await mimolo("anchor", "git", "--repo", repo, "--json");
  const said = JSON.parse(out) as { n: number; hash: string; at: string; repo: string; commit: string };
  expect({ code, ...said }).toMatchObject({ code: 0, already: false, commit: git(repo, "rev-parse", "HEAD").trim() });
  const { collector_id: id } = JSON.parse(
    readFileSync(join(dataDir, "evidence/commits.jsonl"), "utf8").split("\n")[0] ?? "",
  ) as { collector_id: string };
  expect(git(repo, "log", "-1", "--format=%(trailers:key=MiMoLo-Anchor,valueonly)").trim()).toBe(
    `${id} ${said.n} ${said.hash}`,
  );
  expect(git(repo, "show", "--stat", "--format=", "HEAD")).toBe("");
  expect(git(repo, "status", "--porcelain")).toBe("A  half-done.txt\n");
  const { n, hash, at, commit } = said;
  expect(readFileSync(join(dataDir, "evidence/anchors.jsonl"), "utf8")).toBe(
    `${JSON.stringify({ n, hash, at, repo: said.repo, commit })}\n`,
  );
  const again = await mimolo("anchor", "git", "--repo", repo);
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining("anchored already") as string });
  expect(git(repo, "rev-list", "--count", "HEAD").trim()).toBe("1");
});

test("what stands in the way of an anchor is said, with the way out", async () => {
  const nowhere = await mimolo("anchor", "git", "--repo", cwd);
  expect(nowhere).toMatchObject({ code: 1, out: "" });
  expect(nowhere.err).toContain("not a git repository");
  expect(nowhere.err).toContain("--repo DIR");
  const repo = repository();
  git(repo, "commit", "-q", "--allow-empty", "-m", "one");
  git(repo, "checkout", "-q", "--detach");
  expect((await mimolo("anchor", "git", "--repo", repo)).err).toContain("on no branch");
  const day = join(dataDir, "evidence", "commits.jsonl");
  writeFileSync(day, readFileSync(day, "utf8").replace('"seq_from":1', '"seq_from":2'));
  const broken = await mimolo("anchor", "git", "--repo", repo, "--json");
  expect(broken).toMatchObject({ code: 5, out: "" });
  expect(broken.err).toContain('"evidence-not-intact"');
  const empty = await mimolo("timeline", "--json");
  expect((JSON.parse(empty.out) as TimelineReport).segments).toBeDefined();
});
