import { createRecordWriter, erasureOf, type RecordWriter, timesOf } from "@mimolo/evidence";
import { type Ledger, openLedger, readGenesis } from "@mimolo/ledger";
import { type Clock, systemClock } from "@mimolo/supervisor";
import { takeLock } from "../control/lock.ts";
import { dataDirectory } from "../data-directory.ts";
import { CollectorError } from "../error.ts";
import { collectorKey } from "../trust/collector-key.ts";

/** A ledger that nobody else writes while it is held. */
export interface HeldLedger {
  readonly ledger: Ledger;
  readonly writer: RecordWriter;
}

/** Opens the ledger under `root` where no collector runs, lets `change` write to it, and signs it off. Throws
 *  `AlreadyRunningError` beside a collector, `CollectorError` `no-evidence` where there is none to change. */
export async function withLedger<Result>(
  root: string,
  change: (held: HeldLedger) => Promise<Result>,
  clock: Clock = systemClock,
): Promise<Result> {
  const directory = dataDirectory(root);
  const genesis = await readGenesis(directory.evidence);
  if (genesis === null) {
    throw new CollectorError("no-evidence", `there is no evidence in ${root}`, "`mimolo run` collects it");
  }
  const release = takeLock(directory.lock, directory.address);
  try {
    const key = collectorKey(directory);
    const { ledger } = await openLedger({
      directory: directory.evidence,
      headFile: directory.head,
      identity: { collectorId: genesis.collectorId, publicKey: key.publicKey },
      sign: (message) => key.sign(message),
      signFile: (bytes, trustedComment) => key.signFile(bytes, trustedComment),
      erasureOf,
      timesOf,
      clock,
    });
    try {
      const result = await change({ ledger, writer: createRecordWriter(ledger, clock) });
      await ledger.commit();
      return result;
    } finally {
      await ledger.close();
    }
  } finally {
    release();
  }
}
