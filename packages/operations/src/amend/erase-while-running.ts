import type { Journal } from "../journal/journal.ts";
import { erasable, type ErasureReport, type ErasureRequest, eraser, refusedByLedger, repeating } from "./erasure.ts";
import { segmentsAround } from "./segments-around.ts";

/** Erases a record of the ledger that this process writes. Throws `CollectorError`; then nothing was changed. */
export async function eraseWhileRunning(
  journal: Journal,
  directory: string,
  request: ErasureRequest,
): Promise<ErasureReport> {
  const { seq, why } = request;
  await journal.commit();
  const record = await erasable(directory, request);
  const around = segmentsAround(journal.snapshot(), record);
  const { leaf, recordSeq } = await journal.erase(seq, { by: eraser(), why }).catch((error: unknown) => {
    throw refusedByLedger(error, seq);
  });
  return { seq, leaf, record_seq: recordSeq, repeated_by: await repeating(directory, record, around) };
}
