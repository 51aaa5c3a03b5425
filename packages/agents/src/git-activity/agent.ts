// git-activity as an agent: which hook does what.
import { type AgentTools, type Clock, defineAgent, type Runnable, systemClock } from "@mimolo/agent-sdk";
import { settingsIn } from "../environment-settings.ts";
import { nodeGit } from "../git/node-git.ts";
import { AGENTS_VERSION } from "../version.ts";
import { GitActivity } from "./git-activity.ts";
import { readGitActivitySettings } from "./settings.ts";

/** How long the first look may hold up the handshake, which is expected within 3 s; it goes on beside it after. */
const FIRST_LOOK_MS = 1_500;

interface Watcher {
  readonly activity: GitActivity;
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
  let looking: Promise<void> | null = null;
  let failure: unknown = null;

  const lookOnce = async (activity: GitActivity, thorough: boolean): Promise<void> => {
    try {
      await activity.look({ thorough });
      if (activity.pending > 0) tools?.worked();
    } catch (error) {
      failure = error;
    }
  };
  /** Looks beside whatever else goes on; git may take longer than a sample should. */
  const look = (activity: GitActivity, thorough: boolean): Promise<void> => {
    looking ??= lookOnce(activity, thorough).finally(() => (looking = null));
    return looking;
  };
  const watch = async (config: Readonly<Record<string, unknown>>): Promise<Watcher> => {
    const { settings, problems } = readGitActivitySettings(config, cwd);
    const activity = new GitActivity({ settings, git: nodeGit, wallMs: () => clock.wallMs(), environment });
    const first = look(activity, true);
    await Promise.race([first, new Promise<void>((resolve) => void clock.after(FIRST_LOOK_MS, resolve))]);
    return { activity, config: JSON.stringify(config), problems };
  };
  let watcher = await watch(settingsIn(environment));
  let isPaused = false;

  return defineAgent({
    id: "mimolo.git-activity",
    version: AGENTS_VERSION,
    sampleEverySeconds: 10,
    provides: ["git_activity.summary.v1"],
    pending: () => watcher.activity.pending,
    async onInitialize(given) {
      tools = given;
      if (JSON.stringify(given.context.config) !== watcher.config) watcher = await watch(given.context.config);
      for (const problem of watcher.problems) given.context.log.warning(`${problem}; the default holds`);
      given.context.log.info(`repositories watched: ${watcher.activity.repositoryCount}`);
    },
    async onActivate() {
      // What happened while nobody wanted it observed is where counting starts again.
      if (isPaused) await watcher.activity.takeSummary();
      isPaused = false;
    },
    async onSuspend() {
      await look(watcher.activity, true);
      isPaused = true;
    },
    sample() {
      void look(watcher.activity, false);
      if (failure !== null) {
        const error = failure;
        failure = null;
        throw error;
      }
      const { trouble } = watcher.activity;
      if (trouble !== null) throw new Error(trouble);
    },
    async summarize() {
      const { data, workMs } = await watcher.activity.takeSummary();
      if (workMs === null) return { data, activity: "idle" };
      const commits = data.repositories.reduce((sum, { commits: own }) => sum + own.length, 0);
      const reason = commits === 0 ? "changed files" : `${commits} ${commits === 1 ? "commit" : "commits"}`;
      return { data, activity: "worked", reason, intervalSeconds: workMs / 1_000 };
    },
  });
}
