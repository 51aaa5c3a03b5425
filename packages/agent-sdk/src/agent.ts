// `defineAgent`: an agent in twenty lines.
import { SEMVER_PATTERN } from "@mimolo/protocol/wire";
import { runAgent } from "./agent-run.ts";
import type { Behaviour, Desk, Report } from "./behaviour.ts";
import type { PluginContext } from "./context.ts";
import { AgentSdkError } from "./error.ts";
import type { Host } from "./host.ts";
import { nodeHost } from "./node-host.ts";
import type { PluginHooks } from "./plugins/hooks.ts";
import { offersOf } from "./plugins/offers-of.ts";
import { interfacesOf } from "./plugins/interfaces-of.ts";
import { DEFAULT_SAMPLE_SECONDS, type EverySeconds } from "./settings.ts";
import type { Window } from "./tally.ts";
import { widgetFeature } from "./widget/drawing.ts";

const SAMPLE_LIMIT_MS = 30_000;
/** What almost every version is. To compile the whole of semver costs each start 0.1 ms. */
const PLAIN_VERSION = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)$/;

/** Proof that `Name` was counted. Returned from `sample`, it tells `summarize` which names to expect. */
export interface Counted<Name extends string = string> {
  readonly name: Name;
  /** The window's total so far. */
  readonly total: number;
}

/** What `sample` and the hooks work with; the functions may be kept and called at any time. */
export interface AgentTools {
  /** Adds `by` (default 1) to the window's total of `name`. More than 0 means: there was work just now. */
  readonly count: <const Name extends string>(name: Name, by?: number) => Counted<Name>;
  /** Sets `name` to a level that stays until it is set again; says nothing about work. */
  readonly set: <const Name extends string>(name: Name, level: number) => Counted<Name>;
  /** Says that there was work just now, for agents that count in their own way. */
  readonly worked: () => void;
  readonly context: PluginContext;
}

type NameOf<Result> =
  Result extends Counted<infer Name> ? Name : Result extends readonly (infer Item)[] ? NameOf<Item> : never;

/** Totals by name: the names `sample` returned, or any name if it returned none. */
export type CountsOf<Result> = Readonly<
  Record<[NameOf<Awaited<Result>>] extends [never] ? string : NameOf<Awaited<Result>>, number>
>;

/** What was seen since the last summary. */
export interface AgentWindow<Result = unknown> {
  readonly counts: CountsOf<Result>;
  /** How often `sample` ran. */
  readonly samples: number;
  /** Milliseconds since the Unix epoch. */
  readonly startMs: number;
  readonly endMs: number;
  readonly context: PluginContext;
}

type Hook = (tools: AgentTools) => unknown;

export interface AgentOptions<Result = unknown> extends PluginHooks {
  /** Reverse-domain style, such as `acme.inbox-watch`. */
  readonly id: string;
  /** Semver. */
  readonly version: string;
  /** Seconds between two samples, or what makes them of the settings; default 5. The setting `poll_interval_s` overrides it. */
  readonly sampleEverySeconds?: EverySeconds;
  /** Looks once. May be async, is never run twice at a time, should be over in 100 ms, or in a tenth of its pace if that is more.
   *  What it throws becomes an `error` message, and the next samples come more rarely until one succeeds. */
  readonly sample?: (tools: AgentTools) => Result;
  /** Puts a window into words, once per flush; has 5 s. */
  readonly summarize: (window: AgentWindow<Result>) => Report | PromiseLike<Report>;
  /** Whether it keeps files: `context.artifacts` stores them, and people may put them away and bring them back. */
  readonly artifacts?: boolean;
  /** Changes that wait for a summary, where the agent knows better than the SDK, which counts observations of work. */
  readonly pending?: () => number;
  /** Names of what the summaries carry, such as `inbox.summary.v1`. */
  readonly provides?: readonly string[];
  /** JSON Schema of the settings. */
  readonly configSchema?: object;
  /** JSON Schema of the summaries' data. */
  readonly dataSchema?: object;
  /** Once, before the first sample; the settings are known. Has 5 s, like every hook. */
  readonly onInitialize?: Hook;
  /** Whenever sampling goes on. */
  readonly onActivate?: Hook;
  /** Whenever sampling goes off; a summary may follow. */
  readonly onSuspend?: Hook;
  /** Before the agent ends. */
  readonly onUnload?: Hook;
}

/** An agent or a monitor, ready to run. */
export interface Runnable {
  readonly id: string;
  readonly version: string;
  /** Runs until the collector, its end or a signal says otherwise; settles after the last message. `host` is for tests. */
  run(host?: Host): Promise<void>;
}

/** Defines an agent; nothing happens before `run()`. Throws `invalid-definition` for an id or version that cannot be. */
export function defineAgent<Result>(options: AgentOptions<Result>): Runnable {
  const {
    id,
    version,
    artifacts: keepsArtifacts = false,
    sampleEverySeconds = DEFAULT_SAMPLE_SECONDS,
    provides,
    configSchema,
    dataSchema,
  } = options;
  const interfaces = interfacesOf(options);
  if (keepsArtifacts && !interfaces.includes("artifact")) interfaces.push("artifact");
  const metadata = {
    ...(interfaces.length === 0 ? {} : { interfaces }),
    ...(provides === undefined ? {} : { provides }),
    ...(configSchema === undefined ? {} : { config_schema: configSchema }),
    ...(dataSchema === undefined ? {} : { data_schema: dataSchema }),
  };
  return runnable({
    id,
    version,
    features: [...(interfaces.length === 0 ? [] : (["invoke"] as const)), ...widgetFeature(options)],
    keepsArtifacts,
    metadata: Object.keys(metadata).length === 0 ? null : metadata,
    everySeconds: sampleEverySeconds,
    giveUpMs: SAMPLE_LIMIT_MS,
    failureCode: "sample-failed",
    begin: (desk) => ({
      ...beginAgent(options, desk),
      shown: options,
      invoke: () => offersOf(options, desk.keeping === null ? {} : { artifact: desk.keeping.offers }),
    }),
  });
}

/** Checks a behaviour and makes it run once. */
export function runnable(behaviour: Behaviour): Runnable {
  const { id, version, everySeconds } = behaviour;
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(id))
    throw invalid(`id ${JSON.stringify(id)} is not like "acme.inbox-watch"`);
  if (!PLAIN_VERSION.test(version) && !SEMVER_PATTERN.test(version))
    throw invalid(`version ${JSON.stringify(version)} is not like "1.0.0"`);
  if (typeof everySeconds === "number" && !(everySeconds > 0))
    throw invalid(`a pace of ${everySeconds} seconds is none`);
  let isRunning = false;
  return {
    id,
    version,
    run(host = nodeHost()) {
      if (isRunning) throw new AgentSdkError("already-running", `${id} runs already`);
      isRunning = true;
      return runAgent(behaviour, host);
    },
  };
}

function beginAgent<Result>(options: AgentOptions<Result>, { tally, context }: Desk) {
  const { sample, summarize, pending } = options;
  const tools: AgentTools = {
    count: (name, by = 1) => ({ name, total: tally.count(name, by) }),
    set(name, level) {
      tally.set(name, level);
      return { name, total: level };
    },
    worked: () => tally.worked(),
    context,
  };
  const hook = (run: Hook | undefined) => (run === undefined ? undefined : () => run(tools));
  return {
    hooks: {
      initialize: hook(options.onInitialize),
      activate: hook(options.onActivate),
      suspend: hook(options.onSuspend),
      unload: hook(options.onUnload),
    },
    sample: sample === undefined ? undefined : () => sample(tools),
    summarize: ({ counts, samples, startMs, endMs }: Window) => summarize({ counts, samples, startMs, endMs, context }),
    pending: pending ?? (() => tally.pending),
  };
}

function invalid(message: string): AgentSdkError {
  return new AgentSdkError("invalid-definition", message);
}
