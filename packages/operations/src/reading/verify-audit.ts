import { type Fault, type Genesis, readGenesis, type Verification, verifyLedger } from "@mimolo/ledger";
import { readTrust, verifyFile, verifyRaw } from "@mimolo/trust";
import type { DataDirectory } from "../data-directory.ts";
import { AUDIT_ID_PREFIX } from "../trust/audit-id.ts";

/** Where the audit ledger lies in a data directory, as faults name its files. */
const FOLDER = "trust/audit";

/** Checks the audit ledger of a data directory as evidence is checked, and that it is this collector's. A folder without one
 *  is sound, unless decisions lie beside that nobody could have made without a record. */
export async function verifyAudit(directory: DataDirectory, date: string | undefined): Promise<Verification> {
  const found = await verifyLedger({
    directory: directory.audit,
    headFile: directory.auditHead,
    name: "audit",
    verifySignature: verifyRaw,
    verifySeal: (publicKey, bytes, signatureText) => verifyFile({ publicKey, bytes, signatureText }).ok,
    ...(date === undefined ? {} : { date }),
  });
  const fault = found.fault ?? (await faultAround(directory));
  return fault === null ? found : { ...found, ok: false, fault: { ...fault, file: placeOf(fault.file) } };
}

/** What a ledger that is sound in itself can still be: gone, or another one. */
async function faultAround(directory: DataDirectory): Promise<Fault | null> {
  const genesis = await readGenesis(directory.audit);
  if (genesis === null) return hasDecisions(directory) ? inGenesis("genesis-missing") : null;
  if (!isAudit(genesis)) return inGenesis("genesis-invalid");
  const evidence = await readGenesis(directory.evidence);
  return evidence === null || evidence.publicKey === genesis.publicKey ? null : inGenesis("key-differs");
}

/** Whether a ledger is one of decisions, by what its collector signed. */
export function isAudit({ collectorId }: Genesis): boolean {
  return collectorId.startsWith(AUDIT_ID_PREFIX);
}

function hasDecisions({ trustFile }: DataDirectory): boolean {
  try {
    const { keys, allow } = readTrust(trustFile);
    return keys.length + allow.length > 0;
  } catch {
    // Something is there, and nobody may write it without a record.
    return true;
  }
}

function inGenesis(reason: Fault["reason"]): Fault {
  return { file: "commits.jsonl", offset: 0, record: 0, reason };
}

/** Both ledgers have files of the same names; the head's is in `state/` and has its own. */
function placeOf(file: string): string {
  return file.startsWith("audit-head") ? `state/${file}` : `${FOLDER}/${file}`;
}
