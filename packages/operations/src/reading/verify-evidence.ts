import type { VerifyReport } from "@mimolo/protocol";
import { erasureOf } from "@mimolo/evidence";
import { type Fault, readGenesis, verifyLedger } from "@mimolo/ledger";
import { verifyFile, verifyRaw } from "@mimolo/trust";
import { type FoundAnchor, knownAnchors, searchAnchors } from "../anchor/find-anchors.ts";
import type { DataDirectory } from "../data-directory.ts";
import { isAudit, verifyAudit } from "./verify-audit.ts";

/** Checks the ledgers of a data directory: evidence, which witnesses outside may know as well, and the audit log. Days of both;
 *  the first fault of either. */
export async function verifyEvidence(
  directory: DataDirectory,
  { date, repo }: { readonly date?: string | undefined; readonly repo?: string | undefined },
): Promise<VerifyReport> {
  const anchors = await anchorsOf(directory, repo);
  const { ok, days, erased, fault } = await verifyLedger({
    directory: directory.evidence,
    headFile: directory.head,
    name: "evidence",
    verifySignature: verifyRaw,
    verifySeal: (publicKey, bytes, signatureText) => verifyFile({ publicKey, bytes, signatureText }).ok,
    erasureOf,
    anchors: anchors.filter((anchor) => anchor.exists),
    ...(date === undefined ? {} : { date }),
  });
  const audit = await verifyAudit(directory, date);
  const ownFault = fault ?? (await faultOfId(directory));
  const first = ownFault ?? audit.fault;
  const told = anchors.map(({ n, at, repo: where, commit, exists }) => ({ n, at, repo: where, commit, exists }));
  return {
    ok: ok && first === undefined,
    days: [...days, ...audit.days],
    ...(erased.length === 0 ? {} : { erased: [...erased] }),
    ...(told.length === 0 && repo === undefined ? {} : { anchors: told }),
    ...(first === undefined ? {} : { fault: first }),
  };
}

/** An audit log in the place of evidence is sound in itself. */
async function faultOfId(directory: DataDirectory): Promise<Fault | undefined> {
  const genesis = await readGenesis(directory.evidence);
  if (genesis === null || !isAudit(genesis)) return undefined;
  return { file: "commits.jsonl", offset: 0, record: 0, reason: "genesis-invalid" };
}

/** Those that `anchors.jsonl` names, and those in the repository that it does not. */
async function anchorsOf(directory: DataDirectory, repo: string | undefined): Promise<FoundAnchor[]> {
  const genesis = await readGenesis(directory.evidence);
  if (genesis === null) return [];
  const known = await knownAnchors(directory.anchors, genesis.collectorId);
  if (repo === undefined) return known;
  const found = await searchAnchors(repo, genesis.collectorId);
  const commits = new Set(found.map(({ commit }) => commit));
  return [...known.filter(({ commit }) => !commits.has(commit)), ...found].toSorted((a, b) => a.n - b.n);
}
