import { SupervisorError } from "./error.ts";

/** Every wait and limit of one agent's life, in milliseconds unless the name says otherwise. */
export interface LifecyclePolicy {
  /** What the agent was told; two of them in silence make it `degraded`. Default 5,000. */
  readonly heartbeatIntervalMs: number;
  /** Silence after which it is asked for its status (never under two intervals). Default 30,000. */
  readonly heartbeatTimeoutMs: number;
  /** How long it may take to answer that question before it is restarted. Default 5,000. */
  readonly answerMs: number;
  /** From spawn to handshake (never under two heartbeat intervals). Default 10,000. */
  readonly startupTimeoutMs: number;
  /** Lines before the handshake that may be anything but JLP. Default 20. */
  readonly noiseLines: number;
  /** Back-off waits a random part of `base × factor^n`, at most `cap`. Defaults 500, 2, 60,000. */
  readonly backOffBaseMs: number;
  readonly backOffFactor: number;
  readonly backOffCapMs: number;
  /** A run this long with two signs of life forgets earlier failures (never under ten intervals). Default 60,000. */
  readonly sustainedMs: number;
  /** So many deaths within so long lead to quarantine. Defaults five in 60,000 and ten in 600,000. */
  readonly deathLimits: readonly { readonly count: number; readonly withinMs: number }[];
  /** How often a quarantined agent is given one more try. Default 600,000. */
  readonly probeEveryMs: number;
  /** The rungs of the stop ladder. Defaults 5,000, once extended to 30,000, then 2,000 and 2,000. */
  readonly sequenceMs: number;
  readonly flushingMs: number;
  /** In place of the first rung for an agent that may not run any more. Default 3,000: it has ten seconds in all. */
  readonly forbiddenMs: number;
  readonly inputClosedMs: number;
  readonly terminatedMs: number;
  /** How long a command may wait for a pipe that takes nothing before it is dropped. Default 30,000. */
  readonly commandMs: number;
}

/** The design's numbers. */
export const defaultPolicy: LifecyclePolicy = {
  heartbeatIntervalMs: 5_000,
  heartbeatTimeoutMs: 30_000,
  answerMs: 5_000,
  startupTimeoutMs: 10_000,
  noiseLines: 20,
  backOffBaseMs: 500,
  backOffFactor: 2,
  backOffCapMs: 60_000,
  sustainedMs: 60_000,
  deathLimits: [
    { count: 5, withinMs: 60_000 },
    { count: 10, withinMs: 600_000 },
  ],
  probeEveryMs: 600_000,
  sequenceMs: 5_000,
  flushingMs: 30_000,
  forbiddenMs: 3_000,
  inputClosedMs: 2_000,
  terminatedMs: 2_000,
  commandMs: 30_000,
};

/** The defaults with `changes` over them; throws `invalid-policy` for a number that is negative or not finite. */
export function lifecyclePolicy(changes: Partial<LifecyclePolicy> = {}): LifecyclePolicy {
  for (const [key, value] of Object.entries(changes)) {
    if (typeof value === "number" && !(Number.isFinite(value) && value >= 0)) {
      throw new SupervisorError("invalid-policy", `${key} must be zero or more and finite, not ${value}`);
    }
  }
  return { ...defaultPolicy, ...changes };
}
