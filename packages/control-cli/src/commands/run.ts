import { agents as builtins } from "@mimolo/agents";
import { page } from "@mimolo/dashboard";
import { AlreadyRunningError, type Collector, createCollector, findRunning } from "@mimolo/operations";
import type { Call } from "../call.ts";
import { EXIT, type ExitCode } from "../error.ts";
import { dataDirOf } from "../place.ts";
import { sayRunning } from "../run/already-running.ts";
import { sayDryRun } from "../run/dry-run.ts";
import { firstConfig } from "../run/first-config.ts";
import { Session } from "../run/session.ts";
import { type RunOptions, runSettings } from "../run/settings.ts";
import { StopRequest } from "../run/stop-request.ts";
import { thriftyHeap } from "../run/thrifty-heap.ts";
import { tidyAfterStarts } from "../run/tidy-heap.ts";

export type { RunOptions } from "../run/settings.ts";

/** `mimolo run`: the collector, until a signal, `--for` or `--once` ends it. */
export async function run(call: Call<RunOptions>): Promise<ExitCode> {
  const { options, output, surroundings } = call;
  const dataDir = dataDirOf(call);
  const settings = runSettings(call, builtins, { look: options.dryRun });
  const { config, plugins } = settings;
  for (const notice of config.notices) output.note(`note: ${notice.message}`);
  thriftyHeap();
  const collector = await createCollector({
    dataDir,
    builtins,
    config,
    plugins,
    dev: options.dev === true,
    cwd: surroundings.cwd,
    env: surroundings.env,
    page,
    reload: {
      load: (texts) => runSettings(call, builtins, { texts }),
      begin: () => firstConfig(builtins, surroundings.cwd),
      watch: true,
    },
  });
  if (options.dryRun === true) {
    warnOfDev(call);
    return await sayDryRun(call, settings, collector);
  }
  const running = await findRunning(dataDir);
  if (running !== null) return await sayRunning(call, { ...running, address: running.socket });
  warnOfDev(call);
  try {
    const stop = new StopRequest(surroundings);
    return await collect(call, collector, stop);
  } catch (error) {
    // Another one was quicker between the look and the lock.
    if (error instanceof AlreadyRunningError) return await sayRunning(call, error);
    throw error;
  }
}

function warnOfDev({ options, output }: Call<RunOptions>): void {
  if (options.dev !== true) return;
  output.warn("developer mode: agents run that nobody has allowed, and their records say so.");
}

async function collect(call: Call<RunOptions>, collector: Collector, stop: StopRequest): Promise<ExitCode> {
  const session = new Session({ call, collector, stop });
  const leaveAsItIs = tidyAfterStarts(collector);
  try {
    await collector.start();
    stop.onHangup(() => void collector.reload().catch(() => undefined));
    void collector.stopped().then(() => stop.ask("shutdown"));
    await session.began();
    if (call.options.for !== undefined) stop.askAfter(call.options.for);
    await stop.first;
    session.ending();
    stop.onSecond(() => collector.hurry());
    await collector.stop({ hurry: stop.impatient });
    session.ended();
    return stop.reason === "SIGINT" || stop.impatient ? EXIT.interrupted : EXIT.done;
  } finally {
    leaveAsItIs();
    session.end();
    stop.end();
  }
}
