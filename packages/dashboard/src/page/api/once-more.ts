import { ApiProblem } from "./problem.ts";

export interface OnceMore {
  /** Whether the answer is of use still, once it was waited for. */
  readonly isWanted: () => boolean;
  readonly wait?: (ms: number) => Promise<void>;
}

const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

/** Asks a second time, as late as was said, where the collector had too much to do. Throws what `ask` throws. */
export async function onceMore<Result>(
  ask: () => Promise<Result>,
  { isWanted, wait = sleep }: OnceMore,
): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.retryAfterS === undefined) throw error;
    await wait(error.retryAfterS * 1_000);
    if (!isWanted()) throw error;
    return await ask();
  }
}
