import type {
  AuditEntry,
  EvidenceRecord,
  LogLine,
  PluginReport,
  PluginStats,
  TelemetryReport,
  TimelineReport,
  VerifyReport,
} from "@mimolo/protocol";
import { LiveTimeline, passes, readEvidence, recordOf } from "@mimolo/evidence";
import { type LedgerLine, LedgerReader, readGenesis } from "@mimolo/ledger";
import { dataDirectory } from "../data-directory.ts";
import { newestDiagnostics } from "../diagnostics/newest.ts";
import { type DiagnosticsPosition, readDiagnostics } from "../diagnostics/read.ts";
import type { ReadingTime } from "../telemetry/offline.ts";
import type { Part } from "../telemetry/parts-of-time.ts";
import type { AuditFilter } from "../trust/trust-desk.ts";
import { type TimeWindow, within } from "./window.ts";

export interface EvidenceFilter extends TimeWindow {
  /** A label. */
  agent?: string | undefined;
  kind?: EvidenceRecord["kind"] | undefined;
  /** Only records above this `seq`. */
  seqAfter?: number | undefined;
  /** How far was read, what did not pass included; moved along, so that a second call reads only what came since. */
  position?: { seq: number };
  /** Hears of each line that is no record: changed, or written by a newer MiMoLo. It is left out. */
  passedOver?: (seq: number) => void;
}

/** What a data directory holds, read from its files: the same with and without a running collector. */
export interface Archive {
  /** Committed records, in commit order, with their very bytes. */
  evidence(filter?: EvidenceFilter): AsyncIterable<{ record: EvidenceRecord; line: Uint8Array }>;
  /** The same records without their bytes, up to 256 of one commit at a time: whoever takes them all saves a turn for each, and
   *  may let others have one in between. */
  commits(filter?: EvidenceFilter): AsyncIterable<readonly EvidenceRecord[]>;
  /** The records that became durable together with this one, up to it; none when there is no such record. */
  commitOf(seq: number): Promise<EvidenceRecord[]>;
  timeline(query: TimeWindow & { nowMs: number }): Promise<TimelineReport>;
  /** Oldest first; `position` is moved along, so that a second call yields only what came since. */
  diagnostics(filter?: { label?: string | undefined; position?: DiagnosticsPosition }): AsyncIterable<LogLine>;
  /** The newest `limit` lines, oldest of them first. */
  newestDiagnostics(filter: { label?: string | undefined; limit: number }): Promise<LogLine[]>;
  /** What was allowed, refused and launched, oldest first. */
  audit(filter?: AuditFilter): AsyncIterable<AuditEntry>;
  /** Checks every byte of both ledgers, evidence also against every anchor that is known here too, or, with `repo`, found in
   *  that repository's history. Throws `CollectorError` when that is no repository that git can read. */
  verify(options?: { date?: string | undefined; repo?: string | undefined }): Promise<VerifyReport>;
  /** What was counted of a plugin ever since, up to the last minute that was written; zeros when nothing was. */
  pluginStats(pluginId: string): Promise<PluginStats>;
  /** The same of all plugins and a window; without one the last seven days. */
  telemetry(query: TimeWindow & ReadingTime): Promise<TelemetryReport>;
  /** By the day or the hour, of one plugin. */
  pluginReport(query: TimeWindow & ReadingTime & { pluginId: string; by: Part }): Promise<PluginReport>;
}

/** Opens the files under `root`; nothing is locked, made or changed. */
export function openArchive(root: string): Archive {
  const directory = dataDirectory(root);
  // Its index is kept: a second question costs what it asks for.
  const reader = new LedgerReader(directory.evidence);
  const evidence = (filter: EvidenceFilter = {}) => readOn(reader, filter);
  return {
    evidence,
    commits: (filter = {}) => commitsOn(reader, filter),
    commitOf: (seq) => commitOf(reader, seq),
    async timeline({ nowMs, ...window }) {
      const genesis = await readGenesis(directory.evidence);
      if (genesis === null) return { segments: [], open: null };
      const timeline = new LiveTimeline({ collectorId: genesis.collectorId });
      await timeline.replay(reader.texts());
      const { segments, open } = timeline.snapshot(nowMs);
      return {
        segments: segments.filter((segment) => within(segment, window)),
        open: open !== null && within(open, window) ? open : null,
      };
    },
    audit: (filter = {}) => auditOf(directory.audit, filter),
    diagnostics: (filter = {}) => readDiagnostics(directory.diagnostics, filter),
    newestDiagnostics: (filter) => newestDiagnostics(directory.diagnostics, filter),
    async verify(options = {}) {
      // It needs signatures and git; whoever only reads does not.
      const { verifyEvidence } = await import("./verify-evidence.ts");
      return verifyEvidence(directory, options);
    },
    pluginStats: async (pluginId) => (await statistics()).keptStats(directory.telemetry, pluginId),
    telemetry: async (query) => (await statistics()).keptTelemetry(directory.telemetry, query, query),
    pluginReport: async ({ pluginId, by, ...query }) =>
      (await statistics()).keptPluginReport(directory.telemetry, { pluginId, by, window: query }, query),
  };
}

/** Who reads evidence does not load what statistics are made with. */
const statistics = () => import("../telemetry/offline.ts");

/** More records than one commit takes in, by far. */
const LONGEST_COMMIT = 10_000;
/** Read in a few milliseconds, however long their commit is. */
const SLICE_RECORDS = 256;

async function commitOf(reader: LedgerReader, seq: number): Promise<EvidenceRecord[]> {
  let last: readonly LedgerLine[] = [];
  for await (const block of reader.blocks({ seqFrom: Math.max(0, seq - LONGEST_COMMIT), seqTo: seq })) last = block;
  return last.at(-1)?.seq === seq ? last.flatMap(({ line }) => recordOf(line) ?? []) : [];
}

async function* readOn(
  reader: LedgerReader,
  { position, passedOver, ...filter }: EvidenceFilter,
): AsyncGenerator<{ record: EvidenceRecord; line: Uint8Array }> {
  if (position === undefined) return yield* readEvidence(reader, filter, passedOver);
  const { fromMs, toMs, seqAfter = 0 } = filter;
  const since = { fromMs, toMs, seqAfter: Math.max(seqAfter, position.seq) };
  const skip = (seq: number) => {
    position.seq = seq;
    passedOver?.(seq);
  };
  for await (const item of readEvidence(reader, since, skip)) {
    position.seq = item.record.seq;
    if (passes(item.record, filter)) yield item;
  }
}

async function* commitsOn(
  reader: LedgerReader,
  { position, passedOver, ...filter }: EvidenceFilter,
): AsyncGenerator<readonly EvidenceRecord[]> {
  const { fromMs, toMs, seqAfter = 0 } = filter;
  const range = { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) };
  for await (const block of reader.blocks({ ...range, seqAfter: Math.max(seqAfter, position?.seq ?? 0) })) {
    for (let start = 0; start < block.length; start += SLICE_RECORDS) {
      const slice = block.slice(start, start + SLICE_RECORDS);
      const records: EvidenceRecord[] = [];
      for (const { seq, line } of slice) {
        const record = recordOf(line, () => passedOver?.(seq));
        if (record !== null && passes(record, filter)) records.push(record);
      }
      if (position !== undefined) position.seq = slice.at(-1)?.seq ?? position.seq;
      if (records.length > 0) yield records;
    }
  }
}

/** Its entries are checked by a schema; whoever only reads evidence does not load one. */
async function* auditOf(directory: string, filter: AuditFilter): AsyncGenerator<AuditEntry> {
  const { readAudit } = await import("../trust/audit-entries.ts");
  yield* readAudit(directory, filter);
}
