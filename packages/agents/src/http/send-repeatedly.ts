// Whether and when a request that failed is sent again.
import pRetry from "p-retry";
import { HttpFault } from "./fault.ts";

/** How often a request is sent again, and which. */
export interface RepeatPolicy {
  /** Beside the first time. */
  readonly retries: number;
  /** Before the second time; doubles, up to ten seconds, and is lengthened by chance up to twice as long. */
  readonly waitMs: number;
  /** `safe`: a request that may not be carried out twice is sent again only where it cannot have arrived. */
  readonly which: "all" | "safe";
}

const LONGEST_WAIT_MS = 10_000;
/** A server that asks for more is not waited for. */
const LONGEST_ASKED_MS = 60_000;
/** Twice the same is as good as once, says HTTP. */
const REPEATABLE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

/** Sends until it succeeds, fails for good, or was sent often enough; rejects with the last `HttpFault`. `Retry-After` of an answer
 *  is heeded up to a minute, and `wait` waits for it. `failed` hears of each failure after which it is sent again. */
export async function sendRepeatedly<Answer>(
  send: () => Promise<Answer>,
  {
    method,
    policy,
    signal,
    wait,
    failed,
  }: {
    readonly method: string;
    readonly policy: RepeatPolicy;
    readonly signal: AbortSignal;
    readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
    readonly failed?: (fault: HttpFault, attempt: number) => void;
  },
): Promise<{ readonly answer: Answer; readonly attempts: number }> {
  let attempts = 0;
  try {
    const answer = await pRetry(
      async (attempt) => {
        attempts = attempt;
        return await send();
      },
      {
        retries: policy.retries,
        minTimeout: policy.waitMs,
        maxTimeout: LONGEST_WAIT_MS,
        randomize: true,
        signal,
        shouldRetry: ({ error }) => mayRepeat(error, method, policy),
        async onFailedAttempt({ error, retriesLeft }) {
          if (retriesLeft === 0 || !mayRepeat(error, method, policy)) return;
          failed?.(error, attempts);
          if (error.waitMs !== null) await wait(error.waitMs, signal);
        },
      },
    );
    return { answer, attempts };
  } catch (error) {
    if (error instanceof HttpFault) throw attempts > 1 ? afterAll(error, attempts) : error;
    if (signal.aborted) throw new HttpFault("cancelled", `${method}: given up, nobody waits for it any more`);
    throw error;
  }
}

function mayRepeat(error: Error, method: string, { which }: RepeatPolicy): error is HttpFault {
  if (!(error instanceof HttpFault) || !error.mayPass) return false;
  if (error.waitMs !== null && error.waitMs > LONGEST_ASKED_MS) return false;
  return which === "all" || REPEATABLE.has(method) || !error.mayHaveArrived;
}

function afterAll({ code, message, mayPass, mayHaveArrived, waitMs, status }: HttpFault, attempts: number): HttpFault {
  return new HttpFault(code, `${message}, ${attempts} times`, {
    mayPass,
    mayHaveArrived,
    waitMs,
    ...(status === null ? {} : { status }),
  });
}
