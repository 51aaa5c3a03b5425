/** How one run of the command went. */
export interface CommandRun {
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
  readonly tookMs: number;
  /** What it was allowed to take. */
  readonly timeoutMs: number;
  /** `null` when a signal ended it, or it never began. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** Whether it was ended because nobody waits for it any more. */
  readonly givenUp: boolean;
  /** Why it never began. */
  readonly failure: string | null;
  readonly stdout: string;
  /** Whether it printed more than was kept. */
  readonly truncated: boolean;
  /** The end of what it printed on stderr. */
  readonly stderr: string;
}

/** Why a run says nothing, in a sentence; `null` when it ended by itself. */
export function faultOf({ failure, timedOut, givenUp, signal, timeoutMs }: CommandRun): string | null {
  if (failure !== null) return `it could not be started: ${failure}`;
  if (timedOut) return `it took longer than ${timeoutMs / 1_000} s and was ended`;
  if (givenUp) return "it was still running when the agent was stopped, and was ended";
  return signal === null ? null : `it was ended by ${signal}`;
}
