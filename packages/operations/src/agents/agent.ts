import { mkdirSync } from "node:fs";
import type { AgentStatus, Handshake, LogLine } from "@mimolo/protocol";
import {
  type AgentChange,
  agentEnvironment,
  type Clock,
  type Guardian,
  type Spawn,
  type RunFile,
  type SpawnGate,
  SupervisedAgent,
} from "@mimolo/supervisor";
import type { MonitorConfig } from "../config/index.ts";
import { agentDirectory, type DataDirectory } from "../data-directory.ts";
import { entry } from "../diagnostics/entry.ts";
import type { Journal } from "../journal/journal.ts";
import type { AnnouncedMonitor } from "../journal/policy.ts";
import { agentStatus } from "./agent-status.ts";
import { cpuBudgetPercent, memoryMib } from "./budget.ts";
import { enforced, unenforced } from "./enforcement.ts";
import { asked, firstFlush, type FlushState, pending, summarized } from "./flush-schedule.ts";
import { type Answer, answerHandshake } from "./handshake.ts";
import { Intake } from "./intake.ts";
import type { AgentPlan } from "./plan.ts";

/** What every agent of one collector shares. */
export interface AgentSurroundings {
  readonly directory: DataDirectory;
  readonly monitor: MonitorConfig;
  readonly clock: Clock;
  readonly spawn?: Spawn | undefined;
  readonly gate: SpawnGate;
  readonly guardian: Guardian | null;
  readonly runFile: RunFile;
  readonly journal: Journal;
  readonly version: string;
  readonly env: NodeJS.ProcessEnv;
  diagnostics(line: LogLine): void;
  changed(agent: CollectedAgent, change: AgentChange): void;
  announced(agent: CollectedAgent): void;
}

/** One configured agent under the collector's policy: planned, supervised, asked for its summaries, listened to. */
export class CollectedAgent {
  readonly plan: AgentPlan;
  readonly instanceId: string;
  readonly #around: AgentSurroundings;
  readonly #supervised: SupervisedAgent;
  readonly #intake: Intake;
  /** Lines that were JLP and yet no evidence, by code; the supervisor counts those that were not JLP. */
  readonly #refused = new Map<string, number>();
  #monitor: AnnouncedMonitor | null = null;
  #flush: FlushState | null = null;
  #flushTimer = new AbortController();

  constructor(plan: AgentPlan, instanceId: string, around: AgentSurroundings) {
    this.plan = plan;
    this.instanceId = instanceId;
    this.#around = around;
    this.#intake = this.#makeIntake();
    this.#supervised = this.#makeSupervised();
  }

  get label(): string {
    return this.plan.label;
  }

  /** What the agent announced about itself, if it is a monitor. */
  get monitor(): AnnouncedMonitor | null {
    return this.#monitor;
  }

  get snapshot(): SupervisedAgent["snapshot"] {
    return this.#supervised.snapshot;
  }

  /** Starts it, or leaves it `blocked` with the reason when it may not run. */
  start(): void {
    if (this.plan.blocked === null) this.#supervised.start();
    else this.#supervised.block(this.plan.blocked);
  }

  stop(options: { hurry?: boolean } = {}): Promise<void> {
    this.#flushTimer.abort();
    return this.#supervised.stop(options);
  }

  hurry(): void {
    this.#supervised.hurry();
  }

  restart(cause: string): void {
    this.#supervised.restart(cause);
  }

  /** Asks for a summary now. False when it is not running or its command queue is full. */
  flush(reason: string): boolean {
    if (this.#supervised.snapshot.state !== "running") return false;
    if (this.#flush !== null) this.#schedule(asked(this.#flush, this.#around.clock.ticksMs()));
    return this.#supervised.send({ cmd: "flush", params: { reason } });
  }

  status(): AgentStatus {
    const snapshot = this.#supervised.snapshot;
    const refused = { ...snapshot.counters.refused, ...Object.fromEntries(this.#refused) };
    const counters = { ...snapshot.counters, refused };
    return agentStatus(this.plan, this.instanceId, { ...snapshot, counters }, this.#around.monitor);
  }

  #makeSupervised(): SupervisedAgent {
    const { plan } = this;
    const { monitor, clock, spawn, gate, guardian, runFile } = this.#around;
    const { config } = plan;
    return new SupervisedAgent({
      label: plan.label,
      command: {
        executable: plan.executable,
        args: plan.args,
        cwd: plan.cwd,
        environment: this.#environment(),
      },
      clock,
      gate,
      runFile,
      ...(spawn === undefined ? {} : { spawn }),
      ...(guardian === null ? {} : { guardian }),
      maxLineBytes: monitor.max_line_bytes,
      policy: {
        heartbeatIntervalMs: config.heartbeat_interval_s * 1000,
        heartbeatTimeoutMs: monitor.agent_heartbeat_timeout_s * 1000,
        startupTimeoutMs: monitor.startup_timeout_s * 1000,
      },
      handshake: (message, run) => this.#welcome(message, run.runId),
      received: (message) => this.#intake.take(message),
      refused: (refusal) => {
        this.#say(refusal.runId, {
          type: "refused",
          level: "warning",
          code: refusal.code,
          message: `refused: ${refusal.message} (${refusal.lengthBytes} bytes, beginning ${excerpt(refusal.head)})`,
          line: refusal.lineNumber,
        });
      },
      stderr: (line, runId, level) => this.#say(runId, { type: "stderr", level, message: line }),
      changed: (change) => this.#changed(change),
    });
  }

  #environment(): Record<string, string> {
    const { plan, instanceId } = this;
    const { directory, env } = this.#around;
    const own = agentDirectory(directory, plan.pluginId, instanceId);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    return agentEnvironment(
      {
        label: plan.label,
        instanceId,
        dataDir: directory.agentsRoot,
        agentDataDir: own,
        config: plan.settings,
        extra: plan.env,
      },
      env,
    );
  }

  #makeIntake(): Intake {
    const { plan, instanceId } = this;
    const { journal, clock } = this.#around;
    const trust = plan.verdict === "dev" ? "dev" : "trusted";
    return new Intake(
      { agentLabel: plan.label, instanceId, pluginId: plan.pluginId, trust, dataHeader: plan.config.data_header },
      {
        evidence: (message) => void journal.message(message),
        diagnostics: (line) => this.#around.diagnostics(line),
        summarized: (worked) => {
          if (this.#flush !== null) this.#schedule(summarized(this.#flush, worked));
        },
        pending: () => {
          if (this.#flush !== null) this.#schedule(pending(this.#flush, clock.ticksMs()));
        },
        monitor: (monitor) => {
          this.#monitor = monitor;
          this.#around.announced(this);
        },
        refused: (code) => void this.#refused.set(code, (this.#refused.get(code) ?? 0) + 1),
        reply: (command) => void this.#supervised.send(command),
      },
    );
  }

  #welcome(message: Handshake | null, runId: string): Answer {
    const { plan, instanceId } = this;
    const { monitor, version } = this.#around;
    this.#monitor = null;
    this.#intake.began(message?.stream);
    return answerHandshake(message, {
      appVersion: version,
      instanceId,
      runId,
      heartbeatIntervalS: plan.config.heartbeat_interval_s,
      flushIntervalS: plan.config.agent_flush_interval_s,
      maxLineBytes: monitor.max_line_bytes,
      cpuBudgetPercent: cpuBudgetPercent(plan.config, monitor),
      memoryMib: memoryMib(plan.config, monitor),
      config: plan.settings,
      granted: plan.builtin?.capabilities ?? [],
      enforced,
      unenforced,
    });
  }

  #changed(change: AgentChange): void {
    const { clock } = this.#around;
    if (change.state !== change.previous) {
      if (change.state === "running") {
        this.#schedule(firstFlush(this.plan.config.agent_flush_interval_s * 1000, clock.ticksMs()));
      } else {
        this.#flushTimer.abort();
        this.#flush = null;
      }
    }
    this.#around.changed(this, change);
  }

  #schedule(flush: FlushState): void {
    const unchanged = this.#flush !== null && flush.dueMs === this.#flush.dueMs;
    this.#flush = flush;
    if (unchanged) return;
    this.#flushTimer.abort();
    this.#flushTimer = new AbortController();
    const { clock } = this.#around;
    clock.after(Math.max(0, flush.dueMs - clock.ticksMs()), () => void this.flush("interval"), this.#flushTimer.signal);
  }

  #say(runId: string, what: Parameters<typeof entry>[2]): void {
    const speaker = { label: this.label, instance_id: this.instanceId, run_id: runId };
    this.#around.diagnostics(entry(speaker, this.#around.clock.wallMs(), what));
  }
}

/** The first bytes of a refused line, quoted, so that they are harmless to a terminal. */
function excerpt(head: Uint8Array): string {
  return JSON.stringify(Buffer.from(head).toString("utf8"));
}
