import type { AgentStatus } from "@mimolo/protocol";
import type { Call } from "../call.ts";
import { agentPath } from "../client.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { clientOf } from "../place.ts";

const DONE: Readonly<Record<string, string>> = {
  start: "started",
  stop: "stopped",
  restart: "restarted",
  flush: "asked for a summary",
};

/** `mimolo agent start|stop|restart|flush LABEL`. */
export async function agent(call: Call): Promise<ExitCode> {
  const [action = "", label = ""] = call.arguments;
  const answer = await (await clientOf(call)).post<AgentStatus | null>(agentPath(label, action));
  if (call.output.options.json) await call.output.json(answer ?? { label, action });
  else call.output.note(`${label}: ${DONE[action] ?? action}`);
  return EXIT.done;
}
