import type { AgentStatus, LogLine, PluginState } from "@mimolo/protocol";
import type { GroupUsage, OutgoingCommand, SupervisedAgent } from "@mimolo/supervisor";
import type { BudgetKeeper } from "../budgets/keeper.ts";
import type { Metered } from "../budgets/meter-rounds.ts";
import { AgentCalls } from "../calls/agent-calls.ts";
import { entry } from "../diagnostics/entry.ts";
import type { AnnouncedMonitor } from "../journal/policy.ts";
import type { AgentLife } from "../plugins/life/agent-life.ts";
import { lifeOf } from "../plugins/life/life-of.ts";
import type { AgentWidget } from "../widgets/agent-widget.ts";
import { afterTrust } from "./after-trust.ts";
import { agentStatus, countedToo } from "./agent-status.ts";
import type { Offers } from "./announcements.ts";
import type { Enforcement } from "./enforcement.ts";
import { FlushRounds } from "./flush-rounds.ts";
import { Hearing } from "./hearing.ts";
import { keeperOf } from "./kept-agent.ts";
import { Launcher } from "./launcher.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";
import { Reasons } from "./reasons.ts";
import { supervise } from "./supervise.ts";
import type { AgentSurroundings } from "./surroundings.ts";
import type { AgentFacts } from "./agent-facts.ts";

/** One configured agent under the collector's policy: planned, supervised, asked for its summaries, listened to. */
export class CollectedAgent implements AgentFacts, Metered {
  readonly instanceId: string;
  /** What it is asked, and what it is told. */
  readonly calls: AgentCalls;
  readonly #around: AgentSurroundings;
  readonly #launcher: Launcher;
  readonly #supervised: SupervisedAgent;
  readonly #hearing: Hearing;
  readonly #keeper: BudgetKeeper;
  readonly #rounds: FlushRounds;
  readonly #life: AgentLife;
  readonly #reasons: Reasons;

  constructor(plan: AgentPlan, instanceId: string, around: AgentSurroundings) {
    this.instanceId = instanceId;
    this.#around = around;
    this.#launcher = new Launcher(plan, instanceId, around, {
      say: (what) => this.say(null, what),
      free: () => void (this.snapshot.state === "blocked" && this.start()),
    });
    this.calls = new AgentCalls(
      around.clock,
      () => this.#supervised,
      (call, outcome, tookMs) => around.news.called(this, call, outcome, tookMs),
    );
    this.#rounds = new FlushRounds(around.clock, {
      intervalMs: () => this.plan.config.agent_flush_interval_s * 1000,
      ask: () => void this.flush("interval"),
    });
    this.#supervised = supervise(this, around, { launcher: this.#launcher, hearing: () => this.#hearing });
    this.#life = lifeOf(this, this.#supervised, around);
    this.#reasons = new Reasons((text) => around.secrets.clean(text));
    this.#keeper = keeperOf(this.#supervised, around, {
      say: (sentence) => this.say(this.snapshot.runId, sentence),
      found: (source, words) => this.#reasons.found(source, words),
    });
    this.#hearing = new Hearing(this, around, {
      calls: this.calls,
      rounds: this.#rounds,
      supervised: this.#supervised,
      keeper: this.#keeper,
      life: this.#life,
      reasons: this.#reasons,
    });
  }

  get label(): string {
    return this.plan.label;
  }

  /** What it runs and by which settings, as they stand now. */
  get plan(): AgentPlan {
    return this.#launcher.plan;
  }

  get settings(): Readonly<Record<string, unknown>> {
    return this.#launcher.settings;
  }

  get enforcement(): Enforcement {
    return this.#launcher.enforcement;
  }

  /** Takes settings that need no new process: its flush interval, budgets, what its events count as. */
  retune(plan: AgentPlan): void {
    const paceChanged = plan.config.agent_flush_interval_s !== this.plan.config.agent_flush_interval_s;
    this.#launcher.adopt(plan);
    if (paceChanged && this.isRunning && this.life !== "suspended") this.#rounds.begin();
  }

  /** What the agent announced about itself, if it is a monitor. */
  get monitor(): AnnouncedMonitor | null {
    return this.#hearing.monitor;
  }

  /** What its process says it answers when it is called. */
  get offers(): Offers {
    return this.#hearing.offers;
  }

  /** What it shows of itself. */
  get widget(): AgentWidget {
    return this.#hearing.widget;
  }

  get life(): PluginState {
    return this.#life.state;
  }

  get isRunning(): boolean {
    return this.calls.state === "running";
  }

  /** It runs, and said that it works if it is one that says so. */
  get isHealthy(): boolean {
    return this.#life.hasBegun && this.isRunning;
  }

  /** Why it is not healthy although it runs and had its time; else null. */
  get trouble(): string | null {
    const { trouble } = this.#life;
    return trouble === null ? null : `${this.label} ${trouble}`;
  }

  /** Calls `listener` after everything that happens in its life, until the returned function is called. */
  watchLife(listener: () => void): () => void {
    return this.#life.watch(listener);
  }

  get snapshot(): SupervisedAgent["snapshot"] {
    return this.#supervised.snapshot;
  }

  get pid(): number | null {
    return this.#supervised.vitals.pid;
  }

  get memoryLimitMib(): number {
    return this.#around.budgets.memoryMib(this.label);
  }

  /** What its process group uses, as just read. */
  metered(usage: GroupUsage, atMs: number): void {
    this.#keeper.metered(usage, atMs);
  }

  /** Starts it, or leaves it `blocked` with the reason when it may not run. One that is leaving goes on to do so. */
  start(): void {
    if (this.#life.isLeaving) return;
    this.#keeper.forgive();
    // What may run by now is judged right before it is started anyway.
    const blocked = this.plan.blocked === null ? null : this.judgeAgain().blocked;
    if (blocked === null) this.#supervised.start();
    else this.#supervised.block(blocked);
  }

  /** The plan as it stands by the bytes that lie there now. */
  judgeAgain(): AgentPlan {
    return this.#launcher.judgeAgain();
  }

  /** Goes on by a plan judged as trust stands now. What it may hold no more is taken at once: no time for a last flush. */
  judgedAnew(plan: AgentPlan): void {
    const consequence = afterTrust(this.snapshot.state, this.plan, plan);
    if (consequence === "leave" && this.pid !== null) return;
    this.#launcher.adopt(plan);
    if (consequence === "block") this.#supervised.block(plan.blocked ?? "");
    if (consequence === "restart") this.#supervised.block("what it may touch has changed, it starts anew");
    if (consequence === "restart" || consequence === "start") this.start();
  }

  stop(options: { hurry?: boolean } = {}): Promise<void> {
    this.#rounds.end();
    this.#launcher.rest();
    return this.#supervised.stop(options);
  }

  /** Asks it to work no longer: its process stays. Resolves when it said so, or after 5 s at most. */
  async suspend(): Promise<void> {
    await this.#around.news.suspending(this);
    await this.#life.suspend();
  }

  /** Lets it work again; resolves to `null` when it does, else to why not. */
  activate(): Promise<string | null> {
    return this.#life.activate();
  }

  /** Suspend, flush, unload, then the ladder: each bounded, and no start meanwhile. Resolves when the process is gone and its
   *  last line was taken. */
  async leave(): Promise<void> {
    this.#launcher.rest();
    await this.#around.news.suspending(this);
    await this.#life.leave();
  }

  hurry(): void {
    this.#supervised.hurry();
  }

  restart(cause: string): void {
    if (this.#life.isLeaving) return;
    this.#keeper.forgive();
    this.#supervised.restart(cause);
  }

  /** Asks for a summary now. False when it is not running or its command queue is full. */
  flush(reason: string): boolean {
    if (!this.isRunning) return false;
    this.#hearing.flushing(reason);
    return this.#supervised.send({ cmd: "flush", params: { reason } });
  }

  /** Sends a command; false when nobody is there to hear it, or does not read. */
  send(command: OutgoingCommand): boolean {
    return this.#supervised.send(command);
  }

  /** The same with what `command` answers once its pipe takes it; once for all calls with this `key` until then. */
  sendLatest(key: string, command: () => OutgoingCommand): boolean {
    return this.#supervised.sendLatest(key, command);
  }

  /** It will never be told this: it read too slowly. */
  missed(what: "events" | "answers", many: number): void {
    this.#hearing.missed[what] += many;
  }

  status(): AgentStatus {
    const spending = { ...this.#keeper.usage, cpuBudgetPercent: this.#around.budgets.cpuPercent(this.label) };
    const snapshot = countedToo(this.snapshot, this.#hearing.uncounted);
    return agentStatus(this, snapshot, spending, {
      reason: this.#reasons.of(snapshot),
      says: this.#reasons.says(snapshot),
    });
  }

  /** Its plugin has come further, or back. */
  lived(previous: PluginState): void {
    if (this.life === "suspended") this.#rounds.end();
    if (this.life === "active" && previous === "suspended") this.#rounds.begin();
    else if (this.life === "active") this.#around.healthy(this.plan);
    this.#around.news.lived(this);
  }

  /** Says something about it in the diagnostics. */
  say(runId: string | null, what: Parameters<typeof entry>[2]): void {
    const speaker = { label: this.label, instance_id: this.instanceId, run_id: runId };
    this.note(entry(speaker, this.#around.clock.wallMs(), what));
  }

  /** The same, of a line that is made. */
  note(line: LogLine): void {
    this.#around.diagnostics(line);
    if (line.type === "error" || line.type === "refused") this.#reasons.fault(line.message);
    if (line.type === "error" || line.type === "stderr") this.#launcher.complained(line.message);
  }
}
