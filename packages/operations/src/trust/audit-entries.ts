import { AuditEntry } from "@mimolo/protocol";
import { LedgerReader } from "@mimolo/ledger";
import type { AuditFilter } from "./trust-desk.ts";

/** The committed entries of an audit ledger, oldest first; lines that are no entries, such as damaged ones, are left out.
 *  `directory` is `trust/audit`; none yields nothing. */
export async function* readAudit(
  directory: string,
  { fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY, seqAfter = 0 }: AuditFilter = {},
): AsyncGenerator<AuditEntry> {
  const reader = new LedgerReader(directory);
  const range = {
    seqAfter,
    ...(Number.isFinite(fromMs) ? { fromMs } : {}),
    ...(Number.isFinite(toMs) ? { toMs } : {}),
  };
  for await (const { line } of reader.lines(range)) {
    const entry = entryIn(line);
    if (entry === null) continue;
    const atMs = Date.parse(entry.at);
    if (atMs >= fromMs && atMs < toMs) yield entry;
  }
}

function entryIn(line: Uint8Array): AuditEntry | null {
  try {
    const { seq, kind, received_at, data } = JSON.parse(Buffer.from(line).toString("utf8")) as Record<string, unknown>;
    if (kind !== "audit" || typeof data !== "object") return null;
    const parsed = AuditEntry.safeParse({ seq, at: received_at, ...data });
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
