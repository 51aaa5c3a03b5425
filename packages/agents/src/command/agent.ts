// Any command as an agent: runs it now and then, reads what it prints, and tells it.
import { type AgentTools, type Clock, defineAgent, type Runnable, systemClock } from "@mimolo/agent-sdk";
import { AGENTS_VERSION } from "../version.ts";
import type { CommandRun } from "./command-run.ts";
import { JudgedFiles } from "./judged-files.ts";
import { Results } from "./results.ts";
import { type StartedCommand, startCommand } from "./run-command.ts";
import { EVERY_S, readSettings } from "./settings.ts";
import type { Task } from "./task.ts";
import { commandWidget } from "./widget.ts";
import { alarmOf } from "./words.ts";

/** What is under way at a stop may end by itself for so long. After a SIGTERM the agent has 1.5 s for all of its last words. */
const LAST_RUN_MS = 800;

export interface CommandAgentOptions {
  readonly inherited: readonly Uint8Array[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** Called when a file that was judged is another: nothing may run any more until the collector has judged anew. */
  readonly endForChange: () => void;
  /** Takes what the command wrote on stderr, its lines as they came; the same words as of the run before are not handed on. */
  readonly complain: (text: string) => void;
}

export function commandAgent(task: Task, options: CommandAgentOptions): Runnable {
  const { inherited, environment, clock = systemClock, endForChange, complain } = options;
  const results = new Results(task.as, task.name, clock.wallMs());
  const files = new JudgedFiles(task.files);
  let settings = readSettings({}).settings;
  let running: StartedCommand | null = null;
  let isUnderWay = false;
  let complaint = "";
  let isStopped = false;
  let finished: Promise<void> = Promise.resolve();

  const takeRun = (run: CommandRun, { worked, context }: AgentTools) => {
    if (run.stderr !== "" && run.stderr !== complaint) complain(run.stderr);
    complaint = run.stderr;
    const { result, changed, spoke } = results.take(run);
    const { activity } = settings;
    if ((activity === "changes" && changed) || (activity === "output" && spoke)) worked();
    // That it had to end says nothing of it.
    if (run.givenUp) return;
    if (result.fault === undefined) context.status("ok", alarmOf(result));
    else context.status("degraded", `${task.name}: ${result.fault}`);
  };

  const runOnce = async (tools: AgentTools) => {
    const changed = await files.changed();
    if (changed !== null) {
      tools.context.log.error(`${changed}; it is not run any more`);
      endForChange();
      return;
    }
    if (isStopped) return;
    running = startCommand({ task, inherited, environment, timeoutMs: settings.timeoutMs, clock });
    const run = await running.ended;
    running = null;
    takeRun(run, tools);
  };

  return defineAgent({
    id: "mimolo.command",
    version: AGENTS_VERSION,
    sampleEverySeconds: EVERY_S,
    provides: [`command.${task.as}.v1`],
    pending: () => results.pending,
    widget: () => commandWidget(task.name, results.latest),
    onInitialize({ context }) {
      const read = readSettings(context.config);
      settings = read.settings;
      for (const problem of read.problems) context.log.warning(`${problem}; the default holds`);
    },
    sample(tools) {
      if (isUnderWay) {
        results.skip();
        tools.context.log.debug(`${task.name} is still running; this run is left out`);
        return;
      }
      isUnderWay = true;
      // Beside the samples: it may take as long as its time-out says.
      finished = runOnce(tools).finally(() => {
        isUnderWay = false;
      });
    },
    onActivate() {
      isStopped = false;
    },
    // A summary follows: what the last run says belongs into it.
    async onSuspend() {
      isStopped = true;
      const forget = clock.after(LAST_RUN_MS, () => running?.kill());
      await finished;
      forget();
    },
    summarize() {
      const { data, changed, spoke } = results.takeSummary(clock.wallMs(), { isUnderWay });
      // Who did not look has seen no idleness.
      if (settings.activity === "passive" || data.runs === 0) return { data, activity: "passive" };
      const worked = settings.activity === "changes" ? changed : spoke;
      const why = settings.activity === "changes" ? "another output than before" : "there was output";
      return { data, ...(worked ? { activity: "worked", reason: why } : { activity: "idle" }) };
    },
  });
}
