// Agents without code: the walls stand around the command, each time it is run; what runs it stands outside and speaks for it.
import type { BuiltinPlugin } from "@mimolo/protocol";
import type { SpawnRequest } from "@mimolo/supervisor";
import type { AgentPlan } from "./plan/agent-plan.ts";
import type { HashedPath } from "./plan/judged.ts";

/** The variable that carries the command to what runs it. */
const TASK_VARIABLE = "MIMOLO_COMMAND";

/** What to start for a command: its runner, told to run the very request that was made for the command, and only while the files
 *  that were judged hold what they held. */
export function underRunner(
  request: SpawnRequest,
  { config, executable, args }: Pick<AgentPlan, "config" | "executable" | "args">,
  runner: BuiltinPlugin,
  files: readonly HashedPath[],
): SpawnRequest {
  const task = {
    as: config.as,
    name: [config.executable ?? executable, ...args].join(" "),
    executable: request.executable,
    args: request.args,
    files,
    inherited: request.inherited?.length ?? 0,
  };
  const { signalsAsCodes: _, ...rest } = request;
  return {
    ...rest,
    executable: process.execPath,
    args: [runner.entry],
    environment: { ...request.environment, [TASK_VARIABLE]: JSON.stringify(task) },
  };
}
