import { randomUUID } from "node:crypto";
import { erasureOf, timesOf } from "@mimolo/evidence";
import { type Ledger, openLedger, readGenesis, type RecoveryReport } from "@mimolo/ledger";
import type { JournalOptions } from "./journal-options.ts";

/** Fresh days stay as they are, so that `sha256sum -c` works on them without unpacking. */
const PACK_AFTER_DAYS = 30;

/** Opens the ledger of evidence, or begins it, and mends a torn tail; `committed` is called after every commit. Throws
 *  `LedgerError`. */
export async function openEvidence(
  { directory, key, clock, fileSystem, fault }: JournalOptions,
  committed: () => void,
): Promise<{ ledger: Ledger; recovery: RecoveryReport }> {
  const genesis = await readGenesis(directory.evidence);
  return await openLedger({
    directory: directory.evidence,
    headFile: directory.head,
    identity: { collectorId: genesis?.collectorId ?? randomUUID(), publicKey: key.publicKey },
    sign: (message) => key.sign(message),
    signFile: (bytes, trustedComment) => key.signFile(bytes, trustedComment),
    packAfterDays: PACK_AFTER_DAYS,
    erasureOf,
    timesOf,
    clock,
    ...(fileSystem === undefined ? {} : { fileSystem }),
    onCommit: () => {
      fault(null);
      committed();
    },
    onFault: (found) => fault(found.message),
  });
}
