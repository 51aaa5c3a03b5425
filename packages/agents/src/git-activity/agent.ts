// git-activity as an agent: which hook does what.
import { type AgentTools, type Clock, defineAgent, type Runnable, systemClock } from "@mimolo/agent-sdk";
import { atMost } from "../at-most.ts";
import { settingsIn } from "../environment-settings.ts";
import { Footing, startAnew } from "../footing.ts";
import { nodeGit } from "../git/node-git.ts";
import { AGENTS_VERSION } from "../version.ts";
import { GitActivity } from "./git-activity.ts";
import { readGitActivitySettings } from "./settings.ts";
import { gitActivityWidget } from "./widget.ts";

/** How long the first look may hold up the handshake, which is expected within 3 s; it goes on beside it after. */
const FIRST_LOOK_MS = 1_500;
/** The SDK gives a summary 5 s. */
const LONGEST_LOOK_MS = 3_500;

interface Watcher {
  readonly activity: GitActivity;
  readonly footing: Footing;
  readonly config: string;
  readonly problems: readonly string[];
}

/** The agent for an environment such as `process.env`. What it finds now is where counting starts; resolves when that is
 *  known, at most 1.5 s later. */
export async function gitActivityAgent(
  environment: Readonly<Record<string, string | undefined>>,
  options: { readonly cwd?: string; readonly clock?: Clock } = {},
): Promise<Runnable> {
  const { cwd = process.cwd(), clock = systemClock } = options;
  let tools: AgentTools | null = null;
  let looks = 0;
  let failure: unknown = null;

  const look = async (activity: GitActivity, thorough: boolean): Promise<void> => {
    looks += 1;
    try {
      await activity.look({ thorough });
      if (activity.pending > 0) tools?.worked();
    } catch (error) {
      failure = error;
    } finally {
      looks -= 1;
    }
  };
  const watch = async (config: Readonly<Record<string, unknown>>): Promise<Watcher> => {
    const { settings, problems } = readGitActivitySettings(config, cwd);
    const activity = new GitActivity({ settings, git: nodeGit, wallMs: () => clock.wallMs(), environment });
    await atMost(clock, FIRST_LOOK_MS, look(activity, true));
    return { activity, footing: new Footing(settings.watchDirs), config: JSON.stringify(config), problems };
  };
  let watcher = await watch(settingsIn(environment));
  let isPaused = false;
  const told = new Set<string>();

  return defineAgent({
    id: "mimolo.git-activity",
    version: AGENTS_VERSION,
    sampleEverySeconds: 10,
    provides: ["git_activity.summary.v1"],
    pending: () => watcher.activity.pending,
    widget: async () => gitActivityWidget(await watcher.activity.glance(), clock.wallMs()),
    async onInitialize(given) {
      tools = given;
      if (JSON.stringify(given.context.config) !== watcher.config) watcher = await watch(given.context.config);
      for (const problem of watcher.problems) given.context.log.warning(`${problem}; the default holds`);
      given.context.log.info(`repositories watched: ${watcher.activity.repositoryCount}`);
    },
    async onActivate() {
      // What happened while nobody wanted it observed is where counting starts again.
      if (isPaused) {
        await look(watcher.activity, true);
        watcher.activity.takeReport();
      }
      isPaused = false;
    },
    async onSuspend() {
      await look(watcher.activity, true);
      isPaused = true;
    },
    sample({ context }) {
      const lost = watcher.footing.lost();
      if (lost !== null) {
        context.log.info(`${lost} was removed; starting anew to see what takes its place`);
        startAnew();
        return;
      }
      // Beside whatever else goes on: git may take longer than a sample should.
      if (looks === 0) void look(watcher.activity, false);
      if (failure !== null) {
        const error = failure;
        failure = null;
        throw error;
      }
      const { trouble, troubles } = watcher.activity;
      if (trouble === null) context.status("ok");
      else context.status("degraded", trouble);
      for (const { path, why } of troubles) {
        if (told.has(path)) continue;
        told.add(path);
        context.log.warning(`${path} cannot be read: ${why}`);
      }
    },
    async summarize() {
      // While git takes its time, what is known by now is told; the rest comes with the next summary.
      await atMost(clock, LONGEST_LOOK_MS, look(watcher.activity, true));
      const { data, workMs } = watcher.activity.takeReport();
      if (workMs === null) return { data, activity: "idle" };
      const commits = data.repositories.reduce((sum, { commits: own }) => sum + own.length, 0);
      const reason = commits === 0 ? "git: changed files" : `${commits} ${commits === 1 ? "commit" : "commits"}`;
      return { data, activity: "worked", reason, intervalSeconds: workMs / 1_000 };
    },
  });
}
