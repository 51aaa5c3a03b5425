import type { LifecyclePolicy } from "./policy.ts";

/** What an instance has been through; carried from run to run until it is forgiven. */
export interface Past {
  /** Failures since health was last sustained: the exponent of the back-off. */
  readonly failures: number;
  /** Monotonic times of deaths that still count towards quarantine, oldest first. */
  readonly deathsAtMs: readonly number[];
  /** The run is a quarantined agent's one try: its first death ends it. */
  readonly probing: boolean;
}

/** Nothing happened yet, or a person said: try again. */
export const cleanSlate: Past = { failures: 0, deathsAtMs: [], probing: false };

/** Adds one death and forgets those older than every window. */
export function afterDeath(past: Past, atMs: number, policy: LifecyclePolicy): Past {
  const longestMs = Math.max(0, ...policy.deathLimits.map((limit) => limit.withinMs));
  const recent = past.deathsAtMs.filter((deathMs) => atMs - deathMs < longestMs);
  return { failures: past.failures + 1, deathsAtMs: [...recent, atMs], probing: past.probing };
}

/** True when a limit of the policy is reached, or the try of a quarantined agent failed. */
export function isHopeless(past: Past, atMs: number, policy: LifecyclePolicy): boolean {
  if (past.probing) return true;
  return policy.deathLimits.some(
    ({ count, withinMs }) => past.deathsAtMs.filter((deathMs) => atMs - deathMs <= withinMs).length >= count,
  );
}

/** The longest wait after `failures` failures; full jitter takes a random part of it. */
export function backOffCeilingMs(failures: number, policy: LifecyclePolicy): number {
  return Math.min(policy.backOffCapMs, policy.backOffBaseMs * policy.backOffFactor ** Math.max(0, failures - 1));
}

/** How long a run must last before its past is forgotten. */
export function sustainedAfterMs(policy: LifecyclePolicy): number {
  return Math.max(policy.sustainedMs, 10 * policy.heartbeatIntervalMs);
}
