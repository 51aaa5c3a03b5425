export type {
  AgentChange,
  AgentSnapshot,
  ReceivedMessage,
  RefusedMessage,
  StopOptions,
  SupervisedAgentOptions,
} from "./agent-options.ts";
export { Alarm } from "./alarm.ts";
export { type Clock, systemClock } from "./clock.ts";
export type { OutgoingCommand } from "./commands.ts";
export type { AgentCounters } from "./counters.ts";
export { type AgentIdentity, agentEnvironment, PASSED_ON } from "./environment.ts";
export { SupervisorError, type SupervisorErrorCode } from "./error.ts";
export { type ResolveContext, type ResolvedExecutable, resolveExecutable } from "./executable.ts";
export type { HandshakeAnswer } from "./greeting.ts";
export { type Guardian, startGuardian } from "./node-guardian.ts";
export { type AgentCondition, type AgentHealth, worstHealth } from "./health.ts";
export { type LeftoversReport, reapLeftovers } from "./leftovers.ts";
export { step } from "./lifecycle.ts";
export type { AgentState, Effect, Lifecycle, LifecycleEvent, Step, Why } from "./lifecycle-state.ts";
export { nodeSpawn } from "./node-spawn.ts";
export { defaultPolicy, type LifecyclePolicy } from "./policy.ts";
export type { Child, ChildEvents, Launch, Spawn, SpawnFailureCode, SpawnRequest } from "./ports.ts";
export type { AgentLimits } from "./rate-limit.ts";
export { ReadingTurns, type ReadingTurnsOptions } from "./reading-turns.ts";
export { openRunFile, readRunFile, type RunEntry, type RunFile } from "./run-file.ts";
export { SpawnGate, type SpawnGateOptions, type SpawnTicket } from "./spawn-gate.ts";
export type { StderrLevel } from "./stderr-level.ts";
export { SupervisedAgent } from "./supervised-agent.ts";
export { isOnlyMarks, moreTelling, namesFault } from "./telling-line.ts";
export { type Cgroup, type CgroupOptions, openCgroup } from "./metering/cgroup.ts";
export type { GroupUsage, Meter, SweepOptions } from "./metering/meter.ts";
export { setNice } from "./metering/nice.ts";
export { type MeterOptions, openMeter } from "./metering/open-meter.ts";
export { type Around, type Confined, confine } from "./sandbox/confine.ts";
export type { ConfinedDimension, Confinement, Runtime, Sandbox } from "./sandbox/confinement.ts";
export { type ProbeOptions, probeSandbox } from "./sandbox/node-probe.ts";
export { openedNames } from "./sandbox/openings.ts";
export { describeRuntime, type RuntimeOptions } from "./sandbox/runtime.ts";
