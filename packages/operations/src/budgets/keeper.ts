import { metricsOf, modeOf, type WireMessage } from "@mimolo/protocol";
import type { AgentHealth, AgentState, Clock, GroupUsage, OutgoingCommand } from "@mimolo/supervisor";
import { CpuHistory } from "./cpu-history.ts";
import { type CpuFinding, CpuWatch, HISTORY_MS, SOFT_WINDOW_MS } from "./cpu-watch.ts";
import { HealthWatch } from "./health-watch.ts";
import type { HealthThresholds } from "./health.ts";
import { abandon, declare, type Intensive, type IntensiveFinding, noBurst, passTime } from "./intensive.ts";
import { type MemoryWatch, newMemoryWatch, watchMemory } from "./memory-watch.ts";
import type { Priority } from "./priority.ts";
import { askedAgain, isDue, neverOverloaded, type Recovery, saysOverload } from "./recovery.ts";
import * as sentences from "./sentences.ts";

/** What costs right after a start is nobody's habit. */
const START_UP_MS = 5_000;
/** A second breach so soon is no accident. */
const AGAIN_WITHIN_MS = 600_000;

/** What a keeper does to its agent. */
export interface KeptAgent {
  has(feature: string): boolean;
  send(command: OutgoingCommand): boolean;
  /** A restart that counts as a death. */
  restart(cause: string): void;
  quarantine(cause: string, detail: string): void;
  reportHealth(health: AgentHealth, from: string, because: string): void;
  /** `because`: why it is slowed down; `null`: it is no longer. */
  setThrottled(because: string | null): void;
  /** How long we have kept its output waiting, in all. */
  pausedMs(): number;
  say(sentence: sentences.Sentence): void;
}

/** The limits that hold for it now. */
export interface KeeperTerms extends HealthThresholds {
  readonly budgetPercent: number;
  readonly memoryMib: number;
}

export interface KeeperOptions {
  readonly clock: Clock;
  readonly priority: Priority;
  terms(): KeeperTerms;
}

/** Keeps one agent within its budgets: takes readings, warns, slows down, restarts, and says every step. */
export class BudgetKeeper {
  readonly health: HealthWatch;
  readonly #agent: KeptAgent;
  readonly #options: KeeperOptions;
  readonly #history = new CpuHistory(HISTORY_MS);
  #memoryMib: number | null = null;
  #runningSinceMs: number | null = null;
  #cpu = new CpuWatch(this.#history);
  #memory: MemoryWatch = newMemoryWatch;
  #intensive: Intensive = noBurst;
  #recovery: Recovery = neverOverloaded;
  #pids: readonly number[] = [];
  #breachedAtMs: number | null = null;

  constructor(agent: KeptAgent, options: KeeperOptions) {
    this.#agent = agent;
    this.#options = options;
    this.health = new HealthWatch(agent, options);
  }

  /** Percent of one core over the last minute, or since the process runs; MiB. `null` before the first reading. */
  get usage(): { readonly cpuPercent: number | null; readonly memoryMib: number | null } {
    return { cpuPercent: this.#history.averageSoFar(SOFT_WINDOW_MS), memoryMib: this.#memoryMib };
  }

  /** The agent is in another state. */
  moved(state: AgentState): void {
    if (state === "handshaking") this.#begin();
    else if (state === "running") this.#runningSinceMs = this.#nowMs;
    else if (state !== "starting") this.#gone();
  }

  #begin(): void {
    // What the one before said on its way out came after it was gone.
    this.health.forget();
    this.#history.forget();
    this.#history.add({ atMs: this.#nowMs, cpuMs: 0 });
  }

  /** There is no process any more, or soon none. */
  #gone(): void {
    const { intensive, finding } = abandon(this.#intensive, this.#nowMs);
    this.#intensive = intensive;
    this.#tell(finding);
    this.#history.forget();
    this.#memoryMib = null;
    this.#runningSinceMs = null;
    this.#cpu = new CpuWatch(this.#history);
    this.#memory = newMemoryWatch;
    this.#recovery = neverOverloaded;
    this.#pids = [];
    this.health.forget();
  }

  /** A person wants it to run: its past breaches are forgiven. */
  forgive(): void {
    this.#breachedAtMs = null;
  }

  /** A message of it: its metrics, its errors, its summaries, how it says it works. */
  heard(message: WireMessage): void {
    const { health } = this;
    if (message.type === "summary") health.summaryCame();
    if (message.type === "error") health.error();
    if (message.type === "status") this.#saidStatus(message);
    if ("metrics" in message && message.metrics !== undefined) health.metrics(metricsOf(message));
  }

  #saidStatus(status: Extract<WireMessage, { type: "status" }>): void {
    this.#declare(modeOf(status));
    if (status.health === undefined) return;
    this.#recovery = saysOverload(this.#recovery, status.health === "overload", this.#nowMs);
  }

  #declare(mode: "intensive" | "normal" | null): void {
    if (mode === null) return;
    const { intensive, finding } = declare(this.#intensive, mode, this.#nowMs);
    this.#intensive = intensive;
    this.#tell(finding);
  }

  /** A reading of its whole process group. */
  metered({ cpuMs, memoryMib, pids }: GroupUsage, atMs: number): void {
    this.#pids = pids;
    this.#memoryMib = memoryMib;
    this.#history.add({ atMs, cpuMs });
    if (this.#runningSinceMs === null) return;
    const { intensive, finding } = passTime(this.#intensive, atMs);
    this.#intensive = intensive;
    this.#tell(finding);
    const { budgetPercent, memoryMib: limitMib } = this.#options.terms();
    const settled = atMs - this.#runningSinceMs >= START_UP_MS;
    const findings = this.#cpu.judge({ atMs, budgetPercent, settled, intensive: intensive.on });
    for (const each of findings) this.#act(each, budgetPercent);
    // A breach has ended the run: what is left of it is not judged twice.
    if (this.#runningSinceMs === null || !settled) return;
    this.#recover(atMs);
    const memory = watchMemory(this.#memory, memoryMib, limitMib);
    this.#memory = memory.watch;
    if (memory.breach) this.#breach("memory-limit", sentences.memoryBreach(memoryMib, limitMib));
    else this.health.judge(this.#cpu.factor);
  }

  #act(finding: CpuFinding, budgetPercent: number): void {
    if (finding.type === "breach") this.#breach("cpu-hard-limit", sentences.cpuBreach(finding));
    else if (finding.type === "restored") this.#restore(finding.percent, budgetPercent);
    else this.#slowDown(finding, budgetPercent);
  }

  #slowDown(finding: Extract<CpuFinding, { type: "throttled" }>, budgetPercent: number): void {
    const asked = this.#throttle(finding.factor);
    const priorityLowered = this.#options.priority.lower(this.#pids);
    const sentence = sentences.overBudget(finding, budgetPercent, { asked, priorityLowered });
    this.#agent.setThrottled(sentence.message);
    this.#agent.say(sentence);
  }

  #restore(percent: number | null, budgetPercent: number): void {
    this.#throttle(1);
    const priorityRestored = this.#options.priority.restore(this.#pids);
    this.#agent.setThrottled(null);
    this.#agent.say(sentences.backWithin(percent, budgetPercent, priorityRestored));
  }

  /** Whom we slowed down ourselves gets its factor 1 when it is back under its budget. */
  #recover(atMs: number): void {
    if (!isDue(this.#recovery, atMs) || this.#cpu.factor > 1) return;
    if (!this.#throttle(1, "overload-retry")) return;
    const waitedMs = this.#recovery.waitMs;
    this.#recovery = askedAgain(this.#recovery, atMs);
    this.#agent.say(sentences.askedToRecover(waitedMs, this.#recovery.waitMs));
  }

  #throttle(factor: number, reason = factor === 1 ? "cpu-restored" : "cpu-over-budget"): boolean {
    return this.#agent.has("throttle") && this.#agent.send({ cmd: "throttle", params: { factor, reason } });
  }

  #breach(cause: "cpu-hard-limit" | "memory-limit", detail: string): void {
    const atMs = this.#nowMs;
    const sinceMs = this.#breachedAtMs === null ? Number.POSITIVE_INFINITY : atMs - this.#breachedAtMs;
    this.#breachedAtMs = atMs;
    this.#runningSinceMs = null;
    const again = sinceMs <= AGAIN_WITHIN_MS;
    this.#agent.say(again ? sentences.quarantined(cause, detail, sinceMs) : sentences.restarted(cause, detail));
    if (again) this.#agent.quarantine(cause, detail);
    else this.#agent.restart(cause);
  }

  #tell(finding: IntensiveFinding | null): void {
    if (finding !== null) this.#agent.say(sentences.burst(finding));
  }

  get #nowMs(): number {
    return this.#options.clock.ticksMs();
  }
}
