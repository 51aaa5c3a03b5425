import type { AgentStatus, Handshake, LogLine, WireMessage } from "@mimolo/protocol";
import {
  type AgentChange,
  type GroupUsage,
  type ReceivedMessage,
  type RefusedMessage,
  SupervisedAgent,
} from "@mimolo/supervisor";
import type { BudgetKeeper } from "../budgets/keeper.ts";
import type { Metered } from "../budgets/meter-rounds.ts";
import { AgentCalls } from "../calls/agent-calls.ts";
import { entry } from "../diagnostics/entry.ts";
import type { AnnouncedMonitor } from "../journal/policy.ts";
import { AgentPrivacy } from "../privacy/agent-privacy.ts";
import { afterTrust } from "./after-trust.ts";
import { agentStatus, countedToo } from "./agent-status.ts";
import { AgentEvidence } from "./durable/agent-evidence.ts";
import { FlushRounds } from "./flush-rounds.ts";
import type { Answer } from "./handshake.ts";
import { FrameSlot } from "./frame-slot.ts";
import { Intake } from "./intake.ts";
import { PlannedOwner } from "./intake-owner.ts";
import { keeperOf } from "./kept-agent.ts";
import { Launcher } from "./launcher.ts";
import type { AgentPlan } from "./plan/agent-plan.ts";
import type { Enforcement } from "./enforcement.ts";
import { supervisedOptions } from "./supervised-options.ts";
import type { AgentFacts, AgentSurroundings } from "./surroundings.ts";
import { welcome } from "./welcome.ts";
import { whyRefused, whyRefusedUnseen } from "./why-refused.ts";

/** One configured agent under the collector's policy: planned, supervised, asked for its summaries, listened to. */
export class CollectedAgent implements AgentFacts, Metered {
  readonly instanceId: string;
  /** What it is asked, and what it is told. */
  readonly calls: AgentCalls;
  readonly #around: AgentSurroundings;
  readonly #launcher: Launcher;
  readonly #supervised: SupervisedAgent;
  readonly #intake: Intake;
  readonly #frame = new FrameSlot();
  readonly #keeper: BudgetKeeper;
  readonly #privacy: AgentPrivacy;
  readonly #rounds: FlushRounds;
  readonly #evidence: AgentEvidence;
  #monitor: AnnouncedMonitor | null = null;

  constructor(plan: AgentPlan, instanceId: string, around: AgentSurroundings) {
    this.instanceId = instanceId;
    this.#around = around;
    this.#launcher = new Launcher(plan, instanceId, around, (what) => this.#say(null, what));
    this.calls = new AgentCalls(around.clock, () => this.#supervised);
    this.#rounds = new FlushRounds(around.clock, () => void this.flush("interval"));
    this.#evidence = new AgentEvidence({
      instanceId,
      journal: around.journal,
      streams: around.streams,
      supervised: () => this.#supervised,
      say: (runId, what) => this.#say(runId, what),
      fault: () => this.#keeper.health.error(),
    });
    this.#privacy = new AgentPrivacy(plan.label, around.privacy);
    this.#intake = this.#makeIntake();
    this.#supervised = this.#makeSupervised();
    this.#keeper = keeperOf(this.#supervised, around, (sentence) => this.#say(this.snapshot.runId, sentence));
  }

  get label(): string {
    return this.plan.label;
  }

  /** What it runs and by which settings, as they stand now. */
  get plan(): AgentPlan {
    return this.#launcher.plan;
  }

  get enforcement(): Enforcement {
    return this.#launcher.enforcement;
  }

  /** Takes settings that need no new process: its flush interval, budgets, what its events count as. */
  retune(plan: AgentPlan): void {
    const paceChanged = plan.config.agent_flush_interval_s !== this.plan.config.agent_flush_interval_s;
    this.#launcher.adopt(plan);
    const running = this.#supervised.snapshot.state === "running";
    if (paceChanged && running) this.#rounds.begin(plan.config.agent_flush_interval_s * 1000);
  }

  /** What the agent announced about itself, if it is a monitor. */
  get monitor(): AnnouncedMonitor | null {
    return this.#monitor;
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

  /** Starts it, or leaves it `blocked` with the reason when it may not run. */
  start(): void {
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
    return this.#supervised.stop(options);
  }

  hurry(): void {
    this.#supervised.hurry();
  }

  restart(cause: string): void {
    this.#keeper.forgive();
    this.#supervised.restart(cause);
  }

  /** Asks for a summary now. False when it is not running or its command queue is full. */
  flush(reason: string): boolean {
    if (this.#supervised.snapshot.state !== "running") return false;
    if (reason !== "interval") this.#evidence.awaited();
    this.#rounds.asked();
    this.#keeper.health.flushAsked();
    return this.#supervised.send({ cmd: "flush", params: { reason } });
  }

  status(): AgentStatus {
    const seen = { refused: this.#evidence.refused, duplicates: this.#evidence.doubled, frames: this.#frame.dropped };
    const spending = { ...this.#keeper.usage, cpuBudgetPercent: this.#around.budgets.cpuPercent(this.label) };
    return agentStatus(
      this,
      countedToo(this.snapshot, { ...seen, logs: this.#around.droppedLogs(this.label) }),
      spending,
    );
  }

  #makeSupervised(): SupervisedAgent {
    return new SupervisedAgent({
      launch: () => this.#launcher.launch(),
      // Rules of privacy may look at anything; all else reads little of a summary.
      readsSparsely: () => this.#privacy.rules.length === 0,
      handshake: (message, run) => this.#welcome(message, run.runId),
      received: (message) => this.#receive(message),
      refused: (refusal) => this.#refuse(refusal),
      stderr: (line, runId, level) => this.#say(runId, { type: "stderr", level, message: line }),
      changed: (change) => this.#changed(change),
      ...supervisedOptions(this.plan, this.#around),
    });
  }

  #makeIntake(): Intake {
    return new Intake(new PlannedOwner(this), {
      evidence: (evidence) => this.#evidence.take(evidence),
      diagnostics: (line) => this.#note(line),
      frame: (line) => this.#frame.put(line),
      summarized: (worked) => this.#rounds.summarized(worked),
      pending: () => this.#rounds.pending(),
      monitor: (monitor) => {
        this.#monitor = monitor;
        this.#around.announced(this);
      },
      filter: (message, line) => this.#privacy.judge(message, line),
      unkept: (evidence) => this.#evidence.unkept(evidence),
      welcomed: () => this.#evidence.welcomed(),
      result: (message) => this.calls.result(message),
      reply: (command) => void this.#supervised.send(command),
    });
  }

  #welcome(message: Handshake | null, runId: string): Answer {
    this.#monitor = null;
    this.#intake.began(message?.stream);
    this.#evidence.began(message, runId);
    return welcome(message, this, { runId, privacy: this.#privacy.rules }, this.#around);
  }

  #receive(received: ReceivedMessage): void {
    if (received.known) this.#keeper.heard(received.message as WireMessage);
    const screened = this.#privacy.screened(received);
    if (screened !== null) this.#intake.take(screened);
  }

  #refuse(refusal: RefusedMessage): void {
    this.#keeper.health.error();
    const placed = this.#intake.placed(refusal, this.#around.clock.wallMs());
    if (placed !== null) this.#evidence.unread(placed, refusal.code);
    this.#say(refusal.runId, {
      type: "refused",
      level: "warning",
      code: refusal.code,
      message: this.#privacy.rules.length === 0 ? whyRefused(refusal) : whyRefusedUnseen(refusal),
      line: refusal.lineNumber,
    });
  }

  #changed(change: AgentChange): void {
    this.calls.moved(change.state);
    this.#evidence.leaving(change.state === "stopping");
    if (change.state !== change.previous) {
      this.#keeper.moved(change.state);
      if (change.state === "running") {
        this.#rounds.begin(this.plan.config.agent_flush_interval_s * 1000);
        this.#around.healthy(this.plan);
      } else this.#rounds.end();
      if (change.state === "backing-off" || change.state === "quarantined") this.#launcher.ended(change);
    }
    this.#around.changed(this, change);
  }

  #say(runId: string | null, what: Parameters<typeof entry>[2]): void {
    const speaker = { label: this.label, instance_id: this.instanceId, run_id: runId };
    this.#note(entry(speaker, this.#around.clock.wallMs(), what));
  }

  #note(line: LogLine): void {
    this.#around.diagnostics(line);
    if (line.type === "error" || line.type === "stderr") this.#launcher.complained(line.message);
  }
}
