import type { StatusReport } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { clientOf } from "../place.ts";
import { agentLines, collectorLines } from "../present/status.ts";

/** `mimolo status`: the collector and every agent. */
export async function status(call: Call): Promise<ExitCode> {
  const { output, surroundings } = call;
  const report = await (await clientOf(call)).get<StatusReport>("/status");
  if (output.options.json) await output.json(report);
  else {
    const nowMs = surroundings.nowMs();
    await output.print(
      ...collectorLines(report.collector, output.colour),
      "",
      ...agentLines(report.agents, nowMs, output.colour, output.isTerminal ? output.columns : undefined),
    );
  }
  return EXIT.done;
}
