// A version of a plugin that runs before it is allowed, to see whether it does well.
import type { PluginManifest } from "@mimolo/protocol";
import { type AllowEntry, type TrustData, withAllow } from "@mimolo/trust";
import { requestedBy } from "./consent.ts";

/** A package that lies in the store and takes the place of another version. */
export interface Replacement {
  readonly pluginId: string;
  /** What is allowed, as it was when it was judged. */
  readonly from: AllowEntry;
  /** What is to be allowed in its place. */
  readonly to: AllowEntry;
  /** Where the new version lies in the store. */
  readonly folder: string;
  readonly manifest: PluginManifest;
}

/** Another version of an installed plugin: signed, consented to, in the store, and not allowed yet. */
export interface Trial extends Replacement {
  /** From then on it vouches for nothing: what was kept stands in `trust.json`. */
  readonly isOver: boolean;
  /** Allows it for good, judged anew. `null`: it is written down, and everything that runs was judged by it; only then the trial
   *  is taken back from the planner. Else why it may not stay: the old one has to run again. Never rejects; asked twice, it
   *  answers the same. */
  hold(): Promise<string | null>;
}

/** Who tries another version in place of the one that runs. Resolves to `null` when it is healthy (or when nobody runs the
 *  plugin), after `hold` said so too; else to why not, and then the old one runs again and nothing of the new one does. A
 *  collector that stops meanwhile is a reason like any other. */
export type Tries = (trial: Trial) => Promise<string | null>;

/** Trust as it holds while `trial` is under way: the new version in place of the old one. Only while the old one is allowed: who
 *  took it out ended the trial with it. Keys count as they are now, and what was taken from the old one the new one does
 *  not get. */
export function underTrial(trust: TrustData, trial: Trial): TrustData {
  const entry = packageEntry(trust, trial.pluginId);
  if (entry === undefined || !isUnderTrial(trust, trial)) return trust;
  return withAllow(trust, { ...trial.to, grants: grantsAfter(trial, entry) });
}

/** Whether `trust` still lets the trial go on, as far as its entry says; keys are another question. */
export function isUnderTrial(trust: TrustData, { pluginId, from, isOver }: Trial): boolean {
  return !isOver && packageEntry(trust, pluginId)?.digest === from.digest;
}

/** What the new version holds by now, given what became of the old one's grants since. */
export function grantsAfter({ from, to, manifest }: Replacement, now: AllowEntry): string[] {
  const isTaken = (name: string) => from.grants.includes(name) && !now.grants.includes(name);
  const isGiven = (name: string) => now.grants.includes(name) && !from.grants.includes(name);
  return requestedBy(manifest).filter((name) => (to.grants.includes(name) && !isTaken(name)) || isGiven(name));
}

/** The one package that is allowed by this id. */
export function packageEntry(trust: TrustData, pluginId: string): AllowEntry | undefined {
  return trust.allow.find(({ kind, plugin_id }) => kind === "package" && plugin_id === pluginId);
}
