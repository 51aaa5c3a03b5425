import type { RulesReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { clientIfRunning } from "../client/running.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { asNextRun } from "../plugin/as-next-run.ts";
import { ruleLines } from "../present/rules.ts";

/** `mimolo rules list`: those of the running collector, with what became of them; else those a run here would go by. */
export async function listRules(call: Call): Promise<ExitCode> {
  const { output, options, surroundings } = call;
  const client = options.config === undefined ? await clientIfRunning(call) : null;
  const report: RulesReport =
    client === null
      ? (await import("@mimolo/operations")).idleRules(asNextRun(call))
      : { rules: (await client.get("/rules")).rules };
  if (output.options.json) await output.json(report);
  else
    await output.print(
      ...ruleLines(
        report,
        { cwd: surroundings.cwd, runs: client !== null, nowMs: surroundings.nowMs() },
        output.colour,
      ),
    );
  return EXIT.done;
}
