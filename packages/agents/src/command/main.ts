// The executable.
import { readFileSync } from "node:fs";
import { defineAgent } from "@mimolo/agent-sdk";
import { AGENTS_VERSION } from "../version.ts";
import { commandAgent } from "./agent.ts";
import { readTask, TASK_VARIABLE } from "./task.ts";

const { env } = process;
const task = readTask(env[TASK_VARIABLE]);
if (typeof task === "string") void withoutTask(task).run();
else {
  // Each is a pipe that ends; the command is handed the same bytes at every run.
  const inherited = Array.from({ length: task.inherited }, (_, index) => readFileSync(3 + index));
  // Ended as by a stop signal: what was seen is told first, and the collector judges anew before it starts anything.
  const endForChange = () => void process.kill(process.pid, "SIGTERM");
  // The collector drains, bounds and keeps it as it does the stderr of any agent.
  const complain = (text: string) => void process.stderr.write(`${text}\n`);
  void commandAgent(task, { inherited, environment: env, endForChange, complain }).run();
}

/** Says what is missing, and nothing else. */
function withoutTask(why: string) {
  return defineAgent({
    id: "mimolo.command",
    version: AGENTS_VERSION,
    onActivate: ({ context }) => context.status("failed", why),
    summarize: () => ({ data: {}, activity: "passive" }),
  });
}
