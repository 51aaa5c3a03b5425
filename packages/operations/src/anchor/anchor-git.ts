import { access, constants, readFile } from "node:fs/promises";
import { readGenesis } from "@mimolo/ledger";
import { dataDirectory } from "../data-directory.ts";
import { CollectorError } from "../error.ts";
import { type Anchor, noteAnchor } from "./anchor-file.ts";
import { knownAnchors, topOf } from "./find-anchors.ts";
import { type Git, nodeGit } from "./git.ts";
import { type AnchoredHead, anchorMessage } from "./trailer.ts";

/** What became of it: a new commit, or one that says the same already. */
export interface AnchorReport extends Anchor {
  readonly already: boolean;
}

export interface AnchorOptions {
  readonly repo: string;
  readonly nowMs: number;
  readonly git?: Git;
}

/** Writes the head of the ledger under `root` into an empty commit of a git repository, so that the repository is a witness
 *  from then on. Nothing that is staged goes along. Throws `CollectorError`; then there is no commit. */
export async function anchorGit(root: string, { repo, nowMs, git = nodeGit }: AnchorOptions): Promise<AnchorReport> {
  const directory = dataDirectory(root);
  const genesis = await readGenesis(directory.evidence);
  const head = await headOf(directory.head);
  if (genesis === null || head === null || head.n === 0) {
    throw new CollectorError("no-evidence", `there is no evidence in ${root}`, "`mimolo run` collects it");
  }
  const top = await topOf(repo, git);
  const { collectorId } = genesis;
  const known = (await knownAnchors(directory.anchors, collectorId, git)).findLast(
    (anchor) => anchor.exists && anchor.repo === top && anchor.n === head.n && anchor.hash === head.hash,
  );
  if (known !== undefined) return reportOf(known, true);
  await refuseDetached(top, git);
  // An anchor that cannot be noted down is not made.
  await access(directory.evidence, constants.W_OK);
  await git(["commit", "--allow-empty", "--only", "--quiet", "-m", anchorMessage(collectorId, head)], top);
  const commit = (await git(["rev-parse", "HEAD"], top)).trim();
  const anchor = { ...head, at: new Date(nowMs).toISOString(), repo: top, commit };
  await noteAnchor(directory.anchors, anchor);
  return reportOf(anchor, false);
}

function reportOf({ n, hash, at, repo, commit }: Anchor, already: boolean): AnchorReport {
  return { n, hash, at, repo, commit, already };
}

/** A commit that no branch holds would be gone with the next checkout. */
async function refuseDetached(top: string, git: Git): Promise<void> {
  const isOnBranch = await git(["symbolic-ref", "--quiet", "HEAD"], top).then(
    () => true,
    () => false,
  );
  if (isOnBranch) return;
  const message = `${top} is on no branch, so nothing would hold the commit`;
  throw new CollectorError("git-failed", message, "git switch to a branch there, then anchor again");
}

async function headOf(file: string): Promise<AnchoredHead | null> {
  try {
    const value = JSON.parse(await readFile(file, "utf8")) as Partial<AnchoredHead>;
    if (typeof value.n === "number" && typeof value.hash === "string") return { n: value.n, hash: value.hash };
    return null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" || error instanceof SyntaxError) return null;
    throw error;
  }
}
