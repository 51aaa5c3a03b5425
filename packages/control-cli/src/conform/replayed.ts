import { once } from "node:events";
import { resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { ConformanceReport } from "@mimolo/agent-sdk/testing";
import type { Call } from "../call.ts";
import { CliError, EXIT } from "../error.ts";
import { whileBusy } from "../present/busy.ts";
import { askedIds } from "./asked-ids.ts";

export interface RecordToJudge {
  readonly folder: string;
  readonly release: boolean;
  readonly only: readonly string[] | undefined;
}

/** `fault`: why it cannot be read. */
export type RecordJudged = { readonly report: ConformanceReport } | { readonly fault: string };

export interface ReplayOptions {
  readonly release?: boolean;
  readonly only?: string;
}

/** Judges the record in the folder that was `typed`, and runs nothing. Rejects at once when the signal says so. */
export async function replayed(
  call: Call<ReplayOptions>,
  typed: string,
  signal: AbortSignal,
): Promise<ConformanceReport> {
  const { arguments: words, options, output, surroundings } = call;
  if (words.length > 0) {
    throw new CliError("usage", EXIT.usage, "--replay runs nothing", "Name no command beside it.");
  }
  const folder = resolve(surroundings.cwd, typed);
  const asked = { folder, release: options.release === true, only: await askedIds(options.only) };
  const judged = await whileBusy(output, `judges what ${typed} holds`, () => judgedApart(asked, signal));
  if ("report" in judged) return judged.report;
  const hint = "Name a folder that `mimolo conform --record DIR` has written.";
  throw new CliError("usage", EXIT.usage, `cannot replay ${typed}: ${judged.fault}`, hint);
}

async function judgedApart(workerData: RecordToJudge, signal: AbortSignal): Promise<RecordJudged> {
  // As it lies beside the bundle; there is no other that a thread could load.
  const worker = new Worker(new URL("./conform/judge-record.js", import.meta.url), { workerData });
  try {
    const [judged] = (await once(worker, "message", { signal })) as [RecordJudged];
    return judged;
  } finally {
    // It is not waited for: a long step of its own may be under way.
    worker.unref();
    void worker.terminate();
  }
}
