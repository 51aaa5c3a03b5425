import { type Clock, systemClock } from "@mimolo/supervisor";
import { type CorrectionReport, type CorrectionRequest, correctionData } from "./correction.ts";
import { withLedger } from "./with-ledger.ts";

/** Writes a correction where no collector runs. Throws `CollectorError`; then nothing is written. */
export async function correct(
  root: string,
  request: CorrectionRequest,
  clock: Clock = systemClock,
): Promise<CorrectionReport> {
  const data = correctionData(request, clock.wallMs());
  const seq = await withLedger(root, ({ writer }) => Promise.resolve(writer.correction(data)), clock);
  return { seq, ...data };
}
