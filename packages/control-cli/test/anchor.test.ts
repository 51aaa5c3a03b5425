import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { amendedFolder } from "./amended-folder.ts";

const git = (folder: string, ...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" });

function repositoryIn(cwd: string): string {
  const folder = mkdtempSync(join(cwd, "client repo "));
  git(folder, "init", "-q");
  git(folder, "config", "user.email", "ada@example.org");
  git(folder, "config", "user.name", "Ada");
  return folder;
}

test("an anchor is an empty commit that takes nothing staged along, once per head", async () => {
  const { cwd, dataDir, mimolo } = await amendedFolder();
  const repo = repositoryIn(cwd);
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
  expect((await mimolo("verify", "--repo", repo)).err).toBe("");
  const other = await mimolo("verify", "--repo", repositoryIn(cwd));
  expect(other).toMatchObject({ code: 0, err: expect.stringContaining("no anchor of this collector") as string });
});

test("what stands in the way of an anchor is said, with the way out", async () => {
  const { cwd, dataDir, mimolo } = await amendedFolder();
  const nowhere = await mimolo("anchor", "git", "--repo", cwd);
  expect(nowhere).toMatchObject({ code: 1, out: "" });
  expect(nowhere.err).toContain(`${cwd} is in no git repository`);
  expect(nowhere.err).toContain("--repo DIR");
  expect((await mimolo("anchor", "git", "--repo", "")).code).toBe(2);
  const away = await mimolo("verify", "--repo", join(cwd, "away"));
  expect(away).toMatchObject({ code: 1, err: expect.stringContaining("away: no such folder") as string });
  const repo = repositoryIn(cwd);
  git(repo, "commit", "-q", "--allow-empty", "-m", "one");
  git(repo, "checkout", "-q", "--detach");
  expect((await mimolo("anchor", "git", "--repo", repo)).err).toContain("on no branch");
  const day = join(dataDir, "evidence", "commits.jsonl");
  writeFileSync(day, readFileSync(day, "utf8").replace('"seq_from":1', '"seq_from":2'));
  const broken = await mimolo("anchor", "git", "--repo", repo, "--json");
  expect(broken).toMatchObject({ code: 5, out: "" });
  expect(broken.err).toContain('"evidence-not-intact"');
});
