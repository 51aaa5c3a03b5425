import { asError } from "./as-error.ts";
import type { Clock } from "./clock.ts";

/** What `work` comes to, or an error once `limitMs` are over: no promise of an author's may hold the agent up. */
export function within<Value>(
  clock: Clock,
  limitMs: number,
  what: string,
  work: () => Value | PromiseLike<Value>,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const forget = clock.after(limitMs, () => reject(new Error(`${what} took longer than ${limitMs / 1000} s`)));
    const run = async () => {
      try {
        resolve(await work());
      } catch (error) {
        reject(asError(error));
      } finally {
        forget();
      }
    };
    void run();
  });
}
