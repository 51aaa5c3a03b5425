/** What led to a call, a delivery or a run of a rule. */
export interface Cause {
  /** Opaque text: what a plugin names to say that this led to what it asks. Each delivery has its own. */
  readonly id: string;
  /** How often plugins have passed it on. */
  readonly hops: number;
  /** Ids of the plugins it went through, the last one last. */
  readonly chain: readonly string[];
}

/** More than these are a loop. */
export const MOST_HOPS = 8;
