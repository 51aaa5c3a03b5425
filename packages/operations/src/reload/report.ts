import type { ConfigError } from "../config/index.ts";
import type { ConfigDiff } from "./diff.ts";

export type ReloadOutcome =
  | { readonly outcome: "reloaded" | "unchanged" }
  | { readonly outcome: "rolled-back"; readonly reasons: readonly string[] };

/** How a reload ended. Whatever the outcome, what runs is one whole configuration: the new one, or the last good one. */
export interface ReloadReport {
  /** `refused`: it could not be read or is not right. `rolled-back`: an agent it added or changed did not come up. */
  readonly outcome: "reloaded" | "unchanged" | "rolled-back" | "refused";
  /** A sentence; for a reload that held, what changed. */
  readonly message: string;
  readonly hint?: string | undefined;
  readonly diff?: ConfigDiff | undefined;
  /** Why it was rolled back, a sentence for each agent. */
  readonly reasons: readonly string[];
  /** Agents that are configured and may not run yet; no failure of the reload. */
  readonly blocked: readonly { readonly label: string; readonly reason: string }[];
  /** Of a refused one: where it is wrong. */
  readonly place?: {
    readonly file?: string | undefined;
    readonly line?: number | undefined;
    readonly key?: string | undefined;
  };
  readonly error?: ConfigError;
}

export function refused(message: string): ReloadReport {
  return { outcome: "refused", message, reasons: [], blocked: [] };
}

export function rolledBack(reasons: readonly string[], hint?: string, diff?: ConfigDiff): ReloadReport {
  const message = `the configuration was taken back, the last good one runs: ${reasons.join("; ")}`;
  return { outcome: "rolled-back", message, hint, diff, reasons, blocked: [] };
}
