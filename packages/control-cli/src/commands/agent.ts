import type { AgentEditOptions } from "../agent/edit-options.ts";
import type { Call } from "../call.ts";
import { clientOf } from "../client/running.ts";
import { CliError, EXIT, type ExitCode } from "../error.ts";

const DONE = {
  start: "started",
  stop: "stopped",
  restart: "restarted",
  flush: "asked for a summary",
} as const;

/** `mimolo agent start|stop|restart|flush|add|duplicate|remove|config LABEL`. */
export async function agent(call: Call<AgentEditOptions>): Promise<ExitCode> {
  const [action = "", label = "", ...more] = call.arguments;
  if (!isVerb(action)) return await (await import("../agent/edit.ts")).editAgent(call, action, label, more);
  const [stray] = more;
  if (stray !== undefined) {
    throw new CliError("usage", EXIT.usage, `too many words: "${stray}"`, "`mimolo agent --help` shows what it takes.");
  }
  const answer = await (await clientOf(call)).post(`/agents/{label}/${action}`, { path: { label } });
  if (call.output.options.json) await call.output.json(answer);
  else call.output.note(`${label}: ${DONE[action]}`);
  return EXIT.done;
}

function isVerb(action: string): action is keyof typeof DONE {
  return Object.hasOwn(DONE, action);
}
