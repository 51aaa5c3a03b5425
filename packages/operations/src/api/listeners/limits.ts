/** How much of everything a listener bears; tests make it less. */
export interface Limits {
  readonly connections: number;
  readonly headBytes: number;
  /** For the head, and for a connection that says nothing. */
  readonly headMs: number;
  readonly requestMs: number;
  readonly packageMs: number;
  /** For a client to take its answer, once that is complete. */
  readonly answerMs: number;
  readonly checkEveryMs: number;
}

const common: Limits = {
  connections: 128,
  headBytes: 16 * 1024,
  headMs: 5_000,
  requestMs: 10_000,
  packageMs: 120_000,
  answerMs: 60_000,
  checkEveryMs: 1_000,
};

export const LIMITS = { tcp: common, socket: { ...common, connections: 256 } } as const;
