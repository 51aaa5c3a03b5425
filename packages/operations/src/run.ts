import type { AgentStatus, RegisterReport, StatusReport, TimelineReport } from "@mimolo/protocol";
import { type CorrectionReport, type CorrectionRequest, correctionData } from "./amend/correction.ts";
import type { ErasureReport, ErasureRequest } from "./amend/erasure.ts";
import { eraseWhileRunning } from "./amend/erase-while-running.ts";
import { steer } from "./agents/steer.ts";
import type { Injected } from "./api/injected/injected.ts";
import type { CollectorFigures } from "./api/metrics/collector-figures.ts";
import type { AgentVerb, CollectorView } from "./api/view.ts";
import { noteAlive, stayAlive } from "./control/alive.ts";
import { eventSourceOf } from "./control/event-source-of.ts";
import { listen, type Listening } from "./control/listen.ts";
import { CollectorError } from "./error.ts";
import { everyStep } from "./every-step.ts";
import { collectorFigures } from "./figures.ts";
import { type ImportedSpan, importSpans } from "./journal/import-spans.ts";
import { openEverything } from "./open-everything.ts";
import type { Opened } from "./opened.ts";
import type { RunParts } from "./run-parts.ts";
import { type Archive, openArchive } from "./reading/archive.ts";
import type { LoadedConfig } from "./config/index.ts";
import { type ConfigReport, configReport } from "./config-report.ts";
import type { ConfigEdit } from "./edit/config-editor.ts";
import type { ConfigChange } from "./edit/config-change.ts";
import { followConfig } from "./reload/follow-config.ts";
import type { ConfigFollower } from "./reload/follower.ts";
import type { ReloadReport } from "./reload/report.ts";
import { type TimeWindow, within } from "./reading/window.ts";
import { connect } from "./connect.ts";
import { type OpenedPlugins, openPlugins } from "./plugins/open-plugins.ts";
import { Platform } from "./platform/platform.ts";
import type { RunningPlugins } from "./plugins/switch/plugin-control.ts";
import type { LocalNow } from "./telemetry/parts-of-time.ts";
import type { TrustDesk } from "./trust/trust-desk.ts";
import { statusReport } from "./status.ts";

/** A collector between start and stop. */
export class Run implements CollectorView {
  readonly archive: Archive;
  /** Resolves when everything is closed. */
  readonly done: Promise<void>;
  readonly #parts: RunParts;
  readonly #opened: Opened;
  readonly #startedAtMs: number;
  readonly #closing = new AbortController();
  readonly #config: ConfigFollower;
  readonly #plugins: OpenedPlugins;
  readonly #platform: Platform;
  #finish: () => void = () => {};
  #control: Listening | null = null;
  #stopping = false;

  private constructor(parts: RunParts, opened: Opened) {
    this.#parts = parts;
    this.#opened = opened;
    this.#startedAtMs = parts.clock.wallMs();
    this.archive = openArchive(parts.directory.root);
    this.#config = followConfig(parts, opened);
    this.#plugins = openPlugins(parts, opened, this.#config.reloader);
    this.#platform = new Platform({ parts, opened, archive: this.archive, control: this.#plugins.control });
    connect(opened.listeners, { config: this.#config, plugins: this.#plugins, platform: this.#platform });
    this.done = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** Opens everything, listens, and starts the agents. What was opened is closed again when a step fails. */
  static async open(parts: RunParts): Promise<Run> {
    const run = new Run(parts, await openEverything(parts));
    try {
      await run.#listen();
    } catch (error) {
      await run.stop({ hurry: true });
      throw error;
    }
    stayAlive(parts.directory.alive, parts.clock, run.#closing.signal);
    run.#plugins.planned(parts.plans);
    await run.#plugins.discovered();
    run.#platform.begin();
    run.#opened.agents.start();
    void run.#opened.segments.begin();
    void run.#config.begin();
    return run;
  }

  /** Where it is asked; `null` where nothing listens. */
  get listening(): Listening | null {
    return this.#control;
  }

  get injected(): Injected {
    return this.#parts.options;
  }

  get records(): number {
    return this.#opened.journal.records;
  }

  /** A warning of the collector's own in the diagnostics. */
  complain(message: string): void {
    this.#opened.say({ type: "collector", level: "warning", message });
  }

  hasImports(source: string): boolean {
    return this.#opened.journal.hasImports(source);
  }

  importSpans(spans: readonly ImportedSpan[]): Promise<number> {
    return importSpans(this.#opened.journal, spans);
  }

  status(): StatusReport {
    const { clock, options, directory } = this.#parts;
    const about = {
      startedAtMs: this.#startedAtMs,
      nowMs: clock.wallMs(),
      dev: options.dev ?? false,
      dataDir: directory.root,
      address: this.#control?.socket ?? null,
      http: this.#control?.http ?? null,
      fault: this.#opened.journal.ledger.fault?.message ?? null,
    };
    const agents = this.#opened.agents.all().map((agent) => agent.status());
    return statusReport(about, this.#opened.budgets.envelope, agents);
  }

  figures(): CollectorFigures {
    return collectorFigures(this.#opened.journal, this.local);
  }

  get local(): LocalNow {
    const { time_zone: timeZone, day_start: dayStart } = this.#parts.config.monitor;
    return { timeZone, dayStart, nowMs: this.#parts.clock.wallMs() };
  }

  plugins(): Promise<RegisterReport> {
    return this.#plugins.register();
  }

  get plugin(): RunningPlugins {
    return this.platform.plugins;
  }

  get platform(): Platform {
    this.#refuseWhileStopping();
    return this.#platform;
  }

  agent(label: string): AgentStatus {
    return this.#opened.agents.get(label).status();
  }

  async control(label: string, verb: AgentVerb): Promise<AgentStatus> {
    const agent = this.#opened.agents.get(label);
    this.#refuseWhileStopping();
    await steer(agent, verb);
    return agent.status();
  }

  /** Takes `config`, or what the files hold now. */
  async reload(config?: LoadedConfig): Promise<ReloadReport> {
    this.#refuseWhileStopping();
    return await this.#config.reload(config);
  }

  /** Where trust is changed while this runs. */
  get desk(): TrustDesk {
    return this.#opened.desk;
  }

  /** Goes by what the files of trust say now; resolves when every agent has been told, not when the last has ended. */
  trustChanged(): Promise<void> {
    return Promise.resolve(this.#opened.trustChanged());
  }

  configuration(): ConfigReport {
    const { config, effect, current } = this.#parts;
    const known = effect.settingsKnown(current.written);
    return configReport(config, known, this.#config.reloader.trouble);
  }

  /** Edits the files of the configuration and applies that. */
  async edit(change: ConfigChange): Promise<ConfigEdit> {
    this.#refuseWhileStopping();
    return await this.#config.edit(change);
  }

  timeline(window: TimeWindow): TimelineReport {
    const { segments, open } = this.#opened.journal.snapshot();
    return {
      segments: segments.filter((segment) => within(segment, window)),
      open: open !== null && within(open, window) ? open : null,
    };
  }

  get erased(): ReadonlySet<number> {
    return this.#opened.journal.timeline.erased;
  }

  async correct(request: CorrectionRequest): Promise<CorrectionReport> {
    this.#refuseWhileStopping();
    const data = correctionData(request, this.#parts.clock.wallMs());
    return { seq: await this.#opened.journal.correct(data), ...data };
  }

  async erase(request: ErasureRequest): Promise<ErasureReport> {
    this.#refuseWhileStopping();
    return await eraseWhileRunning(this.#opened.journal, this.#parts.directory.evidence, request);
  }

  commit(): Promise<void> {
    return this.#opened.journal.commit();
  }

  shutdown(): void {
    this.#parts.shutdown();
  }

  hurry(): void {
    this.#opened.agents.hurry();
  }

  /** Agents first, so that their last summaries are kept; then the ledger, and the lock last of all. Rejects when the
   *  ledger could not take everything; all is closed and given back nevertheless. */
  async stop(options: { hurry?: boolean } = {}): Promise<void> {
    const { directory, clock } = this.#parts;
    this.#stopping = true;
    try {
      await everyStep([
        () => this.#plugins.close(),
        () => this.#platform.close(),
        () => this.#config.close(),
        () => options.hurry !== true && this.#opened.segments.lastAnswers(),
        () => this.#opened.agents.stop(options),
        () => this.#platform.closeLast(),
        () => this.#config.reloader.idle(),
        () => this.#closing.abort(),
        () => this.#control?.close(),
        () => this.#opened.say({ type: "collector", message: "stopped" }),
        () => noteAlive(directory.alive, clock.wallMs()),
        () => this.#opened.close(),
      ]);
    } finally {
      this.#finish();
    }
  }

  #refuseWhileStopping(): void {
    if (!this.#stopping) return;
    throw new CollectorError("shutting-down", "the collector is stopping", "start it again: mimolo run");
  }

  async #listen(): Promise<void> {
    const source = eventSourceOf(this.#parts, this.#opened, this);
    const startedAtMs = this.#startedAtMs;
    this.#control = await listen({ ...this.#parts, ...this.#opened, view: this, source, startedAtMs });
  }
}
