import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { nodeGit } from "../../src/git/node-git.ts";
import { newRepository } from "./scene.ts";

test.runIf(needs("git"))(
  "what a repository's own configuration wants to run to fetch what is missing is not run",
  async () => {
    const { folder, commit, git } = newRepository();
    const first = commit("a.txt");
    commit("b.txt");
    rmSync(join(folder, ".git", "objects", first.slice(0, 2), first.slice(2)));
    const trace = join(folder, "trace");
    const hostile = {
      "core.repositoryformatversion": "1",
      "extensions.partialClone": "origin",
      "remote.origin.url": "ssh://example.org/x",
      "remote.origin.promisor": "true",
      "core.sshCommand": `touch '${trace}'; false`,
      "protocol.ssh.allow": "always",
    };
    for (const [key, value] of Object.entries(hostile)) git("config", key, value);
    expect(await nodeGit(["log", "--format=%H"], folder)).toMatchObject({ ok: false });
    expect(existsSync(trace)).toBe(false);
  },
);
