import type {
  LoginCodeReport,
  MessageReport,
  RulesReport,
  RulesTestReport,
  StatusReport,
  TelemetryReport,
  TimelineReport,
} from "@mimolo/protocol";
import { type Clock, systemClock } from "@mimolo/supervisor";
import type { AgentPlan } from "./agents/plan/agent-plan.ts";
import { Planner } from "./agents/plan/planner.ts";
import type { AgentVerb } from "./api/view.ts";
import type { CollectorOptions } from "./collector-options.ts";
import { type LoadedConfig, withPlugins } from "./config/index.ts";
import { type DataDirectory, dataDirectory, makeDataDirectory } from "./data-directory.ts";
import { wantedPort } from "./control/wanted-port.ts";
import { Emitter } from "./emitter.ts";
import { CollectorError } from "./error.ts";
import type { CollectorEvents } from "./events.ts";
import type { ImportedSpan } from "./journal/import-spans.ts";
import { ConfigInEffect } from "./config-in-effect.ts";
import { Overrides } from "./overrides/overrides.ts";
import type { RunningPlugins } from "./plugins/switch/plugin-control.ts";
import type { TimeWindow } from "./reading/window.ts";
import type { OutgoingMessage } from "./requests/open-requests.ts";
import type { Planned } from "./reload/planned.ts";
import type { ReloadReport } from "./reload/report.ts";
import { Run } from "./run.ts";

/** Plans the agents of a collector; nothing is opened, made or spawned before `start`. Throws `CollectorError` or
 *  `ConfigError` when a configured program or plugin does not exist. */
export function createCollector(options: CollectorOptions): Promise<Collector> {
  try {
    return Promise.resolve(new Collector(options));
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }
}

/** One collector. It installs no signal handlers, never ends the process and keeps nothing global. */
export class Collector {
  readonly directory: DataDirectory;
  readonly #options: CollectorOptions;
  readonly #planner: Planner;
  readonly #overrides: Overrides;
  readonly #effect: ConfigInEffect;
  #current: Planned;
  readonly #clock: Clock;
  readonly #events = new Emitter<CollectorEvents>((error) =>
    this.#run?.complain(`a listener failed: ${String(error)}`),
  );
  #run: Run | null = null;
  #starting: Promise<Run> | null = null;
  #stopping: Promise<void> | null = null;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.directory = dataDirectory(options.dataDir);
    this.#planner = new Planner(options, this.directory);
    this.#overrides = Overrides.open(this.directory.overrides);
    this.#effect = new ConfigInEffect(this.#planner, this.#overrides.current);
    this.#current = this.#effect.planned(withPlugins(options.config, options.plugins ?? {}, options.cwd));
    // Asked again when it opens; what can never be is refused now.
    wantedPort(options.control, this.config);
  }

  /** What would run, and why something would not. */
  get plans(): readonly AgentPlan[] {
    return this.#current.plans;
  }

  /** The configuration that holds: the one it was made with, or the last one a reload made good. */
  get config(): LoadedConfig {
    return this.#current.config;
  }

  /** Calls `listener` on every such event until the returned function is called. */
  on<Name extends keyof CollectorEvents>(name: Name, listener: (payload: CollectorEvents[Name]) => void): () => void {
    return this.#events.on(name, listener);
  }

  /** Opens the data directory and starts the agents. Throws `AlreadyRunningError` when another collector holds it. */
  async start(): Promise<void> {
    if (this.#starting !== null)
      throw new CollectorError("wrong-state", "this collector was started already", "make a new one");
    makeDataDirectory(this.directory);
    const current = () => this.#current;
    this.#starting = Run.open({
      options: this.#options,
      get config() {
        return current().config;
      },
      get plans() {
        return current().plans;
      },
      get current() {
        return current();
      },
      adopt: (next) => {
        this.#current = next;
      },
      planner: this.#planner,
      effect: this.#effect,
      overrides: this.#overrides,
      clock: this.#clock,
      directory: this.directory,
      events: this.#events,
      // Whoever stops it too hears why a stop failed; the diagnostics have said it by then.
      shutdown: () => void this.stop().catch(() => undefined),
    });
    this.#run = await this.#starting;
  }

  /** Stops every agent, keeps its last summary, signs off the ledger and lets the data directory go; a second call waits
   *  for the first. Rejects when the disk did not take the last records; all is closed nevertheless. */
  stop(options: { hurry?: boolean } = {}): Promise<void> {
    if (options.hurry === true) this.hurry();
    this.#stopping ??= this.#stop(options);
    return this.#stopping;
  }

  /** Kills what still runs of the agents; for someone who asks twice. */
  hurry(): void {
    this.#run?.hurry();
  }

  /** Resolves once the collector has stopped, whoever asked for it. */
  async stopped(): Promise<void> {
    await this.#running().done;
  }

  status(): StatusReport {
    return this.#running().status();
  }

  /** The segments as they stand now. */
  timeline(): TimelineReport {
    return this.#running().timeline({});
  }

  /** Resolves when everything collected so far is durable and folded. */
  committed(): Promise<void> {
    return this.#running().commit();
  }

  /** Records kept so far in this data directory. */
  get records(): number {
    return this.#running().records;
  }

  /** Path of the control socket, or `null` without one. */
  get address(): string | null {
    return this.#run?.listening?.socket ?? null;
  }

  /** Where it listens over TCP, `http://127.0.0.1:7466`, or `null`. */
  get http(): string | null {
    return this.#run?.listening?.http ?? null;
  }

  /** A code that a page trades for a token of the scope admin: good once, for five minutes. `address` is the page's with it;
   *  `null` where nothing listens. */
  loginCode(): LoginCodeReport | null {
    return this.#run?.listening?.code("admin") ?? null;
  }

  /** Does to one agent what `mimolo agent <verb> <label>` does. */
  async control(label: string, verb: AgentVerb): Promise<void> {
    await this.#running().control(label, verb);
  }

  /** The plugins of a collector that runs: switched, reloaded, configured, upgraded, called. To be asked for only then. */
  get plugins(): RunningPlugins {
    return this.#running().plugin;
  }

  /** Sends a message to a plugin, or to whichever handles its type best; resolves with the answer. Throws `CollectorError`
   *  `no-handler` and what calls throw. */
  async send(message: Omit<OutgoingMessage, "from">): Promise<MessageReport> {
    return await this.#running().platform.requests.send({ ...message, from: "embedder" });
  }

  /** Every rule, and what became of it. */
  rules(): RulesReport {
    return this.#running().platform.rules.report();
  }

  /** What each rule would do at this event, such as `{source: "event", agent: "mail", event: "came"}`; does nothing. */
  testRules(event: unknown): RulesTestReport {
    return this.#running().platform.rules.test(event);
  }

  /** What plugins cost and how their calls ended, in this window. */
  async telemetry(window: TimeWindow = {}): Promise<TelemetryReport> {
    return await this.#running().platform.telemetry.report(window);
  }

  /** Takes `config`, or reads it again where `reload` of the options says, and applies what is different: agents whose
   *  settings did not change run on untouched. Takes it all back when an agent it added or changed does not come up. */
  reload(config?: LoadedConfig): Promise<ReloadReport> {
    return this.#running().reload(config);
  }

  /** Whether spans of this source were imported before. */
  hasImports(source: string): boolean {
    return this.#running().hasImports(source);
  }

  /** Keeps times of work known from elsewhere; resolves to how many, once they are durable. */
  importSpans(spans: readonly ImportedSpan[]): Promise<number> {
    return this.#running().importSpans(spans);
  }

  async #stop(options: { hurry?: boolean }): Promise<void> {
    const run = this.#run ?? (await this.#starting?.catch(() => null));
    await run?.stop(options);
  }

  #running(): Run {
    if (this.#run !== null) return this.#run;
    throw new CollectorError("wrong-state", "the collector has not been started", "call start() first");
  }
}
