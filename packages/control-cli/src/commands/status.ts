import type { Call } from "../call.ts";
import { clientOf } from "../client/running.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { enforcementLines } from "../present/enforcement.ts";
import { agentLines, collectorLines, noAgentLines } from "../present/status.ts";
import { printable } from "../present/width.ts";

/** `mimolo status`: the collector and every agent. */
export async function status(call: Call): Promise<ExitCode> {
  const { output, surroundings } = call;
  const client = await clientOf(call);
  const report = await client.get("/status");
  if (output.options.json) await output.json(report);
  else {
    const nowMs = surroundings.nowMs();
    const { trouble, agents: configured } = await client.get("/config");
    const columns = output.isTerminal ? output.columns : undefined;
    await output.print(
      ...collectorLines(report.collector, output.colour),
      "",
      ...(report.agents.length === 0
        ? noAgentLines(configured)
        : agentLines(report.agents, nowMs, output.colour, columns)),
      ...(output.options.verbose ? enforcementLines(report.agents) : []),
    );
    if (trouble !== null && trouble !== undefined) output.warn(printable(trouble));
  }
  return EXIT.done;
}
