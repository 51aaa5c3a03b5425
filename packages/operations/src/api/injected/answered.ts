import { CollectorError } from "../../error.ts";
import { ConfigError } from "../../config/index.ts";
import { ProblemError } from "../problems/problem.ts";

/** What the embedder's part answers, as JSON text: that it may be `null` or a mere number is its own business. What it rejects
 *  with is taken as what was wrong with the question. */
export async function answered(ask: () => Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify((await ask()) ?? null);
  } catch (error) {
    if (error instanceof ProblemError || error instanceof CollectorError || error instanceof ConfigError) throw error;
    throw new ProblemError("invalid-parameter", error instanceof Error ? error.message : "it could not be answered");
  }
}
