// folder-activity as an agent: which hook does what.
import { type AgentTools, type Clock, defineAgent, type Runnable, systemClock } from "@mimolo/agent-sdk";
import { atMost } from "../at-most.ts";
import { settingsIn } from "../environment-settings.ts";
import { Footing, startAnew } from "../footing.ts";
import { AGENTS_VERSION } from "../version.ts";
import { FolderActivity } from "./folder-activity.ts";
import { kernelLimits } from "./kernel-limits.ts";
import { nodeWatch } from "./node-watch.ts";
import { readFolderActivitySettings } from "./settings.ts";
import { folderActivityWidget } from "./widget.ts";

/** How long the first reading may hold up the handshake, which is expected within 3 s; it goes on beside it after. */
const FIRST_READING_MS = 1_500;

interface Watcher {
  readonly activity: FolderActivity;
  readonly footing: Footing;
  readonly config: string;
  readonly problems: readonly string[];
}

/** The agent for an environment such as `process.env`. It watches from now on, so that nothing done after its handshake
 *  is missed; resolves when the folders have been read, at most 1.5 s later. */
export async function folderActivityAgent(
  environment: Readonly<Record<string, string | undefined>>,
  options: { readonly cwd?: string; readonly clock?: Clock } = {},
): Promise<Runnable> {
  const { cwd = process.cwd(), clock = systemClock } = options;
  let tools: AgentTools | null = null;
  const early: [level: "info" | "warning", message: string][] = [];
  const say = (level: "info" | "warning", message: string) => {
    if (tools === null) early.push([level, message]);
    else tools.context.log[level](message);
  };

  const watch = async (config: Readonly<Record<string, unknown>>): Promise<Watcher> => {
    const { settings, problems } = readFolderActivitySettings(config, cwd);
    const activity = new FolderActivity({
      settings,
      clock,
      environment,
      limits: kernelLimits(),
      watch: nodeWatch,
      say,
      worked: () => tools?.worked(),
    });
    const reading = activity
      .start()
      .catch((error: unknown) => say("warning", `the first reading failed: ${String(error)}`));
    await atMost(clock, FIRST_READING_MS, reading);
    return { activity, footing: new Footing(settings.watchDirs), config: JSON.stringify(config), problems };
  };
  let watcher = await watch(settingsIn(environment));

  return defineAgent({
    id: "mimolo.folder-activity",
    version: AGENTS_VERSION,
    sampleEverySeconds: 10,
    provides: ["folder_activity.summary.v1"],
    pending: () => watcher.activity.pending,
    widget: () => folderActivityWidget(watcher.activity.glance, watcher.activity.watchCount, clock.wallMs()),
    async onInitialize(given) {
      tools = given;
      if (JSON.stringify(given.context.config) !== watcher.config) {
        watcher.activity.close();
        watcher = await watch(given.context.config);
      }
      for (const [level, message] of early.splice(0)) given.context.log[level](message);
      for (const problem of watcher.problems) given.context.log.warning(`${problem}; the default holds`);
      given.context.log.info(`folders watched: ${watcher.activity.watchCount}`);
    },
    onActivate: () => watcher.activity.resume(),
    onSuspend: () => watcher.activity.pause(),
    onUnload: () => watcher.activity.close(),
    async sample({ context }) {
      const lost = watcher.footing.lost();
      if (lost !== null) {
        context.log.info(`${lost} was removed; starting anew to see what takes its place`);
        startAnew();
        return;
      }
      await watcher.activity.checkRoots();
      const { trouble } = watcher.activity;
      if (trouble !== null) throw new Error(trouble);
    },
    async summarize() {
      const { data, workMs } = await watcher.activity.takeSummary();
      if (workMs === null) return { data, activity: "idle" };
      const { total } = data.counts;
      return {
        data,
        activity: "worked",
        reason: `${total} ${total === 1 ? "change" : "changes"} to files`,
        intervalSeconds: workMs / 1_000,
      };
    },
  });
}
