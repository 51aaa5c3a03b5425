import { erasureRecord } from "@mimolo/evidence";
import { type Clock, systemClock } from "@mimolo/supervisor";
import { dataDirectory } from "../data-directory.ts";
import { openArchive } from "../reading/archive.ts";
import { erasable, type ErasureReport, type ErasureRequest, eraser, refusedByLedger, repeating } from "./erasure.ts";
import { segmentsAround } from "./segments-around.ts";
import { withLedger } from "./with-ledger.ts";

/** Erases a record where no collector runs. Throws `CollectorError`; then nothing was changed. */
export async function erase(root: string, request: ErasureRequest, clock: Clock = systemClock): Promise<ErasureReport> {
  const { evidence } = dataDirectory(root);
  const { seq, why } = request;
  return await withLedger(
    root,
    async ({ ledger }) => {
      const record = await erasable(evidence, request);
      const timeline = await openArchive(root).timeline({ nowMs: clock.wallMs() });
      const erased = await ledger
        .erase(seq, (leaf) => erasureRecord({ seq, leaf, by: eraser(), why }, clock))
        .catch((error) => {
          throw refusedByLedger(error, seq);
        });
      const repeated = await repeating(evidence, record, segmentsAround(timeline, record));
      return { seq, leaf: erased.leaf, record_seq: erased.recordSeq, repeated_by: repeated };
    },
    clock,
  );
}
