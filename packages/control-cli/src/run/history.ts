import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { History } from "@mimolo/agents/git-history";
import type { Collector } from "@mimolo/operations";

const DAYS = 30;

export interface HistoryParts {
  readonly collector: Pick<Collector, "hasImports" | "importSpans">;
  /** `reconstructHistory` of `@mimolo/agents/git-history`. */
  readonly reconstruct: (options: { directory: string; days: number; nowMs: number }) => Promise<History>;
  readonly directory: string;
  readonly nowMs: number;
}

/** On the first run in a git repository: brings the author's last 30 days in as reconstructed time. Resolves with the
 *  line that says so, or says why not; `null` when there is nothing to say. */
export async function bringHistory(parts: HistoryParts): Promise<string | null> {
  const { collector, directory, nowMs } = parts;
  if (collector.hasImports("git") || !inRepository(directory)) return null;
  const history = await parts.reconstruct({ directory, days: DAYS, nowMs });
  if (!history.ok) return `Git history was not read: ${history.reason}.`;
  if (history.spans.length === 0) return null;
  const count = await collector.importSpans(history.spans);
  const commits = `${count} ${count === 1 ? "commit" : "commits"}`;
  return `Git history: ${commits} of the last ${DAYS} days, marked as reconstructed.`;
}

function inRepository(directory: string): boolean {
  if (existsSync(join(directory, ".git"))) return true;
  const parent = dirname(directory);
  return parent !== directory && inRepository(parent);
}
