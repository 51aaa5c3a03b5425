import { LedgerReader, type LineText } from "@mimolo/ledger";
import type { EvidenceRecord } from "@mimolo/protocol";
import { EvidenceError } from "./error.ts";
import { eventTimeOf, parseRecord } from "./record.ts";

/** What to read; nothing said: everything. */
export interface EvidenceFilter {
  /** Event time, milliseconds since the epoch, included. */
  readonly fromMs?: number | undefined;
  /** Event time, milliseconds since the epoch, not included. */
  readonly toMs?: number | undefined;
  /** An agent's label; imports carry one too. */
  readonly agent?: string | undefined;
  readonly kind?: EvidenceRecord["kind"] | undefined;
  /** Only records with a higher `seq`. */
  readonly seqAfter?: number | undefined;
}

/** A record with its line's bytes, without line end. */
export interface EvidenceItem {
  readonly record: EvidenceRecord;
  readonly line: Uint8Array;
}

/** Hears of a committed line that is no record: it was changed, or a newer MiMoLo wrote it. */
export type PassedOver = (seq: number, error: EvidenceError) => void;

/** The committed records of a ledger that pass the filter, in commit order; skips by its index what cannot. `source` is the
 *  ledger's folder, or a reader of it, whose index is kept from one reading to the next. Lines that are no records are
 *  passed over: one bad byte takes one record, never all others with it. */
export async function* readEvidence(
  source: string | LedgerReader,
  filter: EvidenceFilter = {},
  passedOver: PassedOver = () => {},
): AsyncIterable<EvidenceItem> {
  for await (const block of readEvidenceBlocks(source, filter, passedOver)) yield* block;
}

/** The same, those of one commit at a time: whoever takes them all saves a turn for each. */
async function* readEvidenceBlocks(
  source: string | LedgerReader,
  filter: EvidenceFilter = {},
  passedOver: PassedOver = () => {},
): AsyncIterable<readonly EvidenceItem[]> {
  const { fromMs, toMs, seqAfter } = filter;
  const range = {
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
    ...(seqAfter === undefined ? {} : { seqAfter }),
  };
  const reader = typeof source === "string" ? new LedgerReader(source) : source;
  for await (const block of reader.blocks(range)) {
    const items: EvidenceItem[] = [];
    for (const { seq, line } of block) {
      const record = recordOf(line, (error) => passedOver(seq, error));
      if (record !== null && passes(record, filter)) items.push({ record, line });
    }
    if (items.length > 0) yield items;
  }
}

/** The record in a committed line; `null` where there is none, after `refused` has heard why. */
export function recordOf(line: LineText, refused: (error: EvidenceError) => void = () => {}): EvidenceRecord | null {
  try {
    return parseRecord(line);
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    refused(error);
    return null;
  }
}

/** True when a record is what the filter asks for; a stretch of time passes when it shares time with the range. */
export function passes(record: EvidenceRecord, filter: EvidenceFilter): boolean {
  const { fromMs, toMs, agent, kind, seqAfter } = filter;
  if (kind !== undefined && record.kind !== kind) return false;
  if (seqAfter !== undefined && record.seq <= seqAfter) return false;
  if (agent !== undefined && labelOf(record) !== agent) return false;
  if (fromMs === undefined && toMs === undefined) return true;
  const time = eventTimeOf(record);
  if (time === null) return false;
  const { startMs, endMs } = time;
  if (toMs !== undefined && startMs >= toMs) return false;
  return fromMs === undefined || endMs > fromMs || (startMs === endMs && startMs === fromMs);
}

function labelOf(record: EvidenceRecord): string | undefined {
  if (record.kind === "import") return record.data.label;
  if (record.kind === "aggregate") return record.data.agent_label;
  return "agent_label" in record ? record.agent_label : undefined;
}
