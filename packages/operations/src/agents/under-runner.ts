// Agents without code: the walls stand around the command, each time it is run; what runs it stands outside and speaks for it.
import type { BuiltinPlugin } from "@mimolo/protocol";
import type { SpawnRequest } from "@mimolo/supervisor";
import type { AgentPlan } from "./plan/agent-plan.ts";
import type { HashedPath } from "./plan/judged.ts";

/** The variable that carries the command to what runs it. */
const TASK_VARIABLE = "MIMOLO_COMMAND";

/** What is run has to fit the same variable. */
const LONGEST_NAME = 1_000;

/** What to start for a command: its runner, told to run the very request that was made for the command, and only while the files
 *  that were judged hold what they held. */
export function underRunner(
  request: SpawnRequest,
  { config, executable, args }: Pick<AgentPlan, "config" | "executable" | "args">,
  runner: BuiltinPlugin,
  files: readonly HashedPath[],
): SpawnRequest {
  const { signalsAsCodes: wrapped = false, ...rest } = request;
  const task = {
    as: config.as,
    name: shortened([config.executable ?? executable, ...args].join(" ")),
    executable: request.executable,
    args: request.args,
    files,
    inherited: request.inherited?.length ?? 0,
    wrapped,
  };
  return {
    ...rest,
    executable: process.execPath,
    args: [runner.entry],
    environment: { ...request.environment, [TASK_VARIABLE]: JSON.stringify(task) },
  };
}

function shortened(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`;
}
