import type { Handshake } from "@mimolo/protocol/wire";
import type { Clock } from "./clock.ts";
import type { AgentCounters } from "./counters.ts";
import type { HandshakeAnswer } from "./greeting.ts";
import type { Guardian } from "./node-guardian.ts";
import type { AgentCondition, AgentHealth } from "./health.ts";
import type { AgentState } from "./lifecycle-state.ts";
import type { LifecyclePolicy } from "./policy.ts";
import type { Launch, Spawn, SpawnRequest } from "./ports.ts";
import type { AgentLimits } from "./rate-limit.ts";
import type { ReadingTurns } from "./reading-turns.ts";
import type { RunFile } from "./run-file.ts";
import type { SpawnGate } from "./spawn-gate.ts";
import type { StderrLevel } from "./stderr-level.ts";
import type { RefusedLine } from "./stdout.ts";

/** A line the agent sent and we took. `bytes` is the very line, valid during the call only. */
export interface ReceivedMessage {
  readonly message: Record<string, unknown> & { type: string };
  /** False: a type nobody knows here; to be ignored, and logged once per type. */
  readonly known: boolean;
  readonly bytes: Uint8Array;
  readonly lineNumber: number;
  readonly runId: string;
  readonly receivedAtMs: number;
}

/** A line we did not take, and why. `head` (at most 512 bytes) is valid during the call only. */
export interface RefusedMessage extends RefusedLine {
  readonly runId: string;
}

/** One change of state, health or condition: what it is now, what it was, and everything known about why. */
export interface AgentChange {
  readonly state: AgentState;
  readonly previous: AgentState;
  readonly health: AgentHealth;
  readonly condition: AgentCondition;
  /** A kebab-case word, then `: ` and a phrase for people where there is more to say. */
  readonly cause: string;
  /** Exit code and signal when a process has just ended; else null. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly uptimeMs: number | null;
  readonly pid: number | null;
  readonly runId: string | null;
  /** The last 4 KiB the process wrote to stderr. */
  readonly stderrTail: string;
}

/** How an instance stands now; `counters` run over all its processes. */
export interface AgentSnapshot {
  readonly state: AgentState;
  readonly health: AgentHealth;
  readonly condition: AgentCondition;
  /** Cause of the last change, as in `AgentChange`. */
  readonly cause: string;
  /** Who has an opinion of the running process that is worse than `ok`: `agent`, `silence`, or as it was reported. */
  readonly unwell: readonly string[];
  /** Why it is `throttled`: the causes that stand, and of pauses that which ended lately. */
  readonly restraints: readonly string[];
  readonly pid: number | null;
  readonly runId: string | null;
  readonly restarts: number;
  readonly lastHeartbeatAtMs: number | null;
  readonly startedAtMs: number | null;
  readonly counters: AgentCounters;
}

/** The little of it that is asked for often. */
export interface AgentVitals {
  readonly state: AgentState;
  readonly pid: number | null;
  /** Whether a command goes out at once: what can wait should, so that there is room for what cannot. `drained` follows. */
  readonly hasRoom: boolean;
  /** How long nothing of the process was read on purpose. */
  readonly pausedMs: number;
}

export interface StopOptions {
  /** Takes the last rung of the ladder at once. */
  readonly hurry?: boolean;
  /** It was asked to stop and to flush before: only `shutdown` is left to say. */
  readonly isFlushed?: boolean;
}

/** Everything one supervised instance needs; the callbacks are its owner's, called in the order things happened. */
export interface SupervisedAgentOptions {
  readonly label: string;
  /** `environment` is complete (see `agentEnvironment`); `MIMOLO_RUN_ID` is added per run. */
  readonly command?: SpawnRequest;
  /** Asked right before every spawn, restarts and probes included, instead of `command`. Refused or thrown: `blocked` with the
   *  reason. */
  launch?(): Launch;
  readonly clock: Clock;
  readonly spawn?: Spawn;
  /** 0 ≤ n < 1, for the jitter of the back-off. */
  readonly random?: () => number;
  /** Shared by all agents of a collector; without one every start is at once. */
  readonly gate?: SpawnGate;
  readonly guardian?: Guardian;
  readonly runFile?: RunFile;
  readonly policy?: Partial<LifecyclePolicy>;
  /** Default 65,536; `widget_frame` lines may have 262,144 at least. */
  readonly maxLineBytes?: number;
  /** How fast it may talk; beyond that its output waits in its pipe. Default: no limit. */
  readonly limits?: AgentLimits;
  /** Shared by all agents of a collector, so that none of them takes more than its turn. */
  readonly turns?: ReadingTurns;
  /** Whether the `message` of a summary may lack what the wire's `PlainSummaries` does not read; asked for every line. Default:
   *  it is whole. */
  readsSparsely?(): boolean;
  /** Everything that waited for its pipe went out: there is room again. */
  drained?(): void;
  /** Decides on a handshake; null: a first heartbeat, summary, status or error stood for it. A handshake that comes after
   *  such a word is asked about again. */
  handshake(message: Handshake | null, run: { readonly runId: string; readonly pid: number }): HandshakeAnswer;
  received(message: ReceivedMessage): void;
  refused(line: RefusedMessage): void;
  /** A line as it came; `level` is what its prefix says, `info` if it says nothing. */
  stderr(line: string, runId: string, level: StderrLevel): void;
  changed(change: AgentChange): void;
}
