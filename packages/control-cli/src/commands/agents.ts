import type { Call } from "../call.ts";
import { clientOf } from "../client/running.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { agentLines, noAgentLines } from "../present/status.ts";

/** `mimolo agents`: every agent; with `--json` `{agents}` as in `status`. */
export async function agents(call: Call): Promise<ExitCode> {
  const { output, surroundings } = call;
  const client = await clientOf(call);
  const report = await client.get("/status");
  if (output.options.json) await output.json({ agents: report.agents });
  else if (report.agents.length === 0) {
    await output.print(...noAgentLines((await client.get("/config")).agents));
  } else {
    const columns = output.isTerminal ? output.columns : undefined;
    await output.print(...agentLines(report.agents, surroundings.nowMs(), output.colour, columns));
  }
  return EXIT.done;
}
