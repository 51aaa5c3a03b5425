import type { AgentStatus } from "@mimolo/protocol";
import type { AgentEditOptions } from "../agent/edit-options.ts";
import type { Call } from "../call.ts";
import { agentPath } from "../client.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";
import { clientOf } from "../place.ts";

const DONE: Readonly<Record<string, string>> = {
  start: "started",
  stop: "stopped",
  restart: "restarted",
  flush: "asked for a summary",
};

/** `mimolo agent start|stop|restart|flush|add|duplicate|remove|config LABEL`. */
export async function agent(call: Call<AgentEditOptions>): Promise<ExitCode> {
  const [action = "", label = "", ...more] = call.arguments;
  if (DONE[action] === undefined) return await (await import("../agent/edit.ts")).editAgent(call, action, label, more);
  const [stray] = more;
  if (stray !== undefined) {
    throw new CliError("usage", EXIT.usage, `too many words: "${stray}"`, "`mimolo agent --help` shows what it takes.");
  }
  const answer = await (await clientOf(call)).post<AgentStatus | null>(agentPath(label, action));
  if (call.output.options.json) await call.output.json(answer ?? { label, action });
  else call.output.note(`${label}: ${DONE[action]}`);
  return EXIT.done;
}
