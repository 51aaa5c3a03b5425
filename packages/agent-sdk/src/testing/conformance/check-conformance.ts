// Whether an agent, whatever it is written in, keeps the protocol: it is started some thirty times, and watched.
import { asError } from "../../as-error.ts";
import { askedRules, judge, type JudgeOptions } from "./judge.ts";
import { lookAtPlugin } from "./look-at-plugin.ts";
import { perform, type Performed } from "./perform.ts";
import { features, said } from "./reading/lines.ts";
import { type OnProgress, Progress } from "./progress.ts";
import type { Pack, Recording } from "./recording.ts";
import type { ConformanceReport } from "./report.ts";
import type { Scenario } from "./scenario.ts";
import { scenarios } from "./scenarios/index.ts";

export interface ConformanceOptions extends JudgeOptions {
  /** With `release`: the folder with plugin.toml; default: `cwd`. */
  readonly plugin?: string;
  /** With `release`: packs that folder, and tells the SHA-256 of the package; called before the agent runs, and after. */
  readonly pack?: (folder: string) => Promise<string>;
  /** Where the command runs; default: here. */
  readonly cwd?: string;
  /** Added to the agent's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The agent's settings. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** How many processes of the agent run at once; default 6. */
  readonly maxProcesses?: number;
  /** Told before each scenario and after it, and what it waits for when that takes long. */
  readonly onProgress?: OnProgress;
  readonly onRecording?: (recording: Recording) => void;
  /** Ends the check, and everything it has started. */
  readonly signal?: AbortSignal;
}

const MAX_PROCESSES = 6;

/** Plays every scenario with the agent that `command` starts, and judges what it saw. What the agent does is never a
 *  rejection; a command that cannot be started is: `CannotStart`. */
export async function checkConformance(
  command: readonly [string, ...string[]],
  options: ConformanceOptions = {},
): Promise<ConformanceReport> {
  const startedMs = performance.now();
  const { onProgress, onRecording, signal, maxProcesses = MAX_PROCESSES } = options;
  const wanted = wantedScenarios(options);
  const folder = options.plugin ?? options.cwd ?? ".";
  const { pack } = options;
  const before = options.release === true && pack !== undefined ? await packed(folder, pack) : null;
  const how: Performed = {
    command,
    cwd: options.cwd,
    environment: options.environment,
    config: options.config,
    signal,
    inVain: new Set<string>(),
  };
  const recordings = new Map<Scenario, Recording>();
  const progress = new Progress(wanted.length, onProgress);
  const play = async (scenario: Scenario) => {
    const underWay = progress.begins(scenario.title);
    // What first contact has awaited in vain counts for all; what another one has, only there.
    const inVain = recordings.size === 0 ? how.inVain : new Set(how.inVain);
    const recording = await perform(scenario, { ...how, inVain, onWait: underWay.waits });
    recordings.set(scenario, recording);
    onRecording?.(recording);
    underWay.ends();
    return recording;
  };
  const [first, ...rest] = wanted as [Scenario, ...Scenario[]];
  const seen = await play(first);
  // Of an agent that says nothing there is nothing more to see.
  const fitting = said(seen).length === 0 ? [] : rest.filter((scenario) => fits(scenario, features(seen)));
  progress.leaveOut(rest.length - fitting.length);
  await inTurns(fitting, maxProcesses, play);
  const inOrder: Recording[] = wanted.flatMap((scenario) => recordings.get(scenario) ?? []);
  if (options.release === true) {
    const packs = pack === undefined || before === null ? undefined : [before, await packed(folder, pack)];
    const looked = await lookAtPlugin(folder, packs);
    onRecording?.(looked);
    inOrder.push(looked);
  }
  return { ...judge(inOrder, options), took_ms: Math.round(performance.now() - startedMs) };
}

async function packed(folder: string, pack: (folder: string) => Promise<string>): Promise<Pack> {
  try {
    return { sha256: await pack(folder) };
  } catch (error) {
    return { fault: asError(error).message };
  }
}

/** The first one is always played: it shows what the agent is. */
function wantedScenarios(options: JudgeOptions): readonly Scenario[] {
  const asked = askedRules(options);
  if (asked.some(({ needs }) => needs === undefined)) return scenarios;
  const needed = new Set(asked.flatMap(({ needs = [] }) => needs));
  return scenarios.filter(({ name }, index) => index === 0 || needed.has(name));
}

function fits({ features: needed }: Scenario, announced: readonly string[]): boolean {
  return needed === undefined || needed.some((feature) => announced.includes(feature));
}

/** Long ones begin first; the first failure ends it, once what is under way has ended. */
async function inTurns(all: readonly Scenario[], atOnce: number, play: (one: Scenario) => Promise<unknown>) {
  const waiting = all.toSorted((a, b) => Number(b.isLong === true) - Number(a.isLong === true));
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await play(next);
  };
  const workers = Array.from({ length: Math.max(1, atOnce) }, () =>
    worker().catch((error: unknown) => {
      waiting.length = 0;
      throw error;
    }),
  );
  const failed = (await Promise.allSettled(workers)).find(({ status }) => status === "rejected");
  if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
}
