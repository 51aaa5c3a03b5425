import { type Anchor, readAnchors } from "./anchor-file.ts";
import { type Git, nodeGit } from "./git.ts";
import { anchorsIn, TRAILER } from "./trailer.ts";

/** An anchor and whether its commit can be read in its repository. */
export interface FoundAnchor extends Anchor {
  readonly exists: boolean;
}

/** The anchors that `anchors.jsonl` names, each looked up in its repository. */
export async function knownAnchors(file: string, collectorId: string, git: Git = nodeGit): Promise<FoundAnchor[]> {
  const found: FoundAnchor[] = [];
  for (const anchor of await readAnchors(file)) {
    found.push({ ...anchor, exists: await stillThere(anchor, collectorId, git) });
  }
  return found;
}

/** Every anchor of that collector in the whole history of a repository, oldest first. Throws `CollectorError` when it is no
 *  repository that git can read. */
export async function searchAnchors(repo: string, collectorId: string, git: Git = nodeGit): Promise<FoundAnchor[]> {
  const top = await topOf(repo, git);
  const search = [
    "log",
    "--no-show-signature",
    "--all",
    "--reverse",
    "--fixed-strings",
    `--grep=${TRAILER}: ${collectorId} `,
  ];
  const text = await git([...search, "--format=%H%n%cI%n%B%x00"], top);
  return text.split("\0").flatMap((entry) => {
    const [commit = "", at = "", ...message] = entry.trimStart().split("\n");
    const atUtc = Number.isNaN(Date.parse(at)) ? at : new Date(at).toISOString();
    return anchorsIn(message.join("\n"), collectorId).map((head) => ({
      ...head,
      at: atUtc,
      repo: top,
      commit,
      exists: true,
    }));
  });
}

/** The folder that stands for a repository: its work tree, or the repository itself where it has none. */
export async function topOf(repo: string, git: Git = nodeGit): Promise<string> {
  const bare = (await git(["rev-parse", "--is-bare-repository"], repo)).trim() === "true";
  return (await git(["rev-parse", bare ? "--absolute-git-dir" : "--show-toplevel"], repo)).trim();
}

async function stillThere({ repo, commit, n, hash }: Anchor, collectorId: string, git: Git): Promise<boolean> {
  try {
    const message = await git(["log", "-1", "--no-show-signature", "--format=%B", commit, "--"], repo);
    return anchorsIn(message, collectorId).some((head) => head.n === n && head.hash === hash);
  } catch {
    return false;
  }
}
