import type { Collector } from "@mimolo/operations";
import { duration } from "../present/duration.ts";

const DAYS = 30;

/** On the first run in a git repository: brings the author's last 30 days in as reconstructed time. Resolves with the
 *  line that says so, or says why not; `null` when there is nothing to say. */
export async function bringHistory(
  collector: Pick<Collector, "hasImports" | "importSpans">,
  directory: string,
  nowMs: number,
): Promise<string | null> {
  if (collector.hasImports("git")) return null;
  const { reconstructHistory } = await import("@mimolo/agents/git-history");
  const history = await reconstructHistory({ directory, days: DAYS, nowMs });
  if (!history.ok) return history.reason === "not-a-repository" ? null : `Git history was not read: ${history.reason}.`;
  if (history.spans.length === 0) return null;
  const count = await collector.importSpans(history.spans);
  const spannedMs = history.spans.reduce((sum, span) => sum + Date.parse(span.end) - Date.parse(span.start), 0);
  const commits = `${count} ${count === 1 ? "commit" : "commits"}`;
  return `Git history read: ${commits} of the last ${DAYS} days (${duration(spannedMs)}) stand in the timeline as reconstructed, not observed.`;
}
