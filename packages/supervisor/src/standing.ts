import type { AgentChange, AgentSnapshot } from "./agent-options.ts";
import type { Clock } from "./clock.ts";
import { type AgentCondition, type AgentHealth, worstHealth } from "./health.ts";
import type { AgentState } from "./lifecycle-state.ts";
import type { Run } from "./run.ts";
import { RareMap } from "./rarely-filled.ts";

const TAIL_BYTES = 4_096;

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** State, health and condition side by side; tells every change of any of them, once, with its cause. */
export class Standing {
  readonly #clock: Clock;
  readonly #tell: (change: AgentChange) => void;
  readonly #opinions = new RareMap<string, AgentHealth>();
  state: AgentState = "planned";
  health: AgentHealth = "initializing";
  condition: AgentCondition = "free";
  cause = "planned";
  /** The process that changes are about. */
  run: Run | null = null;

  constructor(clock: Clock, tell: (change: AgentChange) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  get facts(): Pick<AgentSnapshot, "state" | "health" | "condition" | "cause" | "pid" | "runId" | "startedAtMs"> {
    const { state, health, condition, cause, run } = this;
    const { pid = null, runId = null, startedWallMs: startedAtMs = null } = run ?? {};
    return { state, health, condition, cause, pid, runId, startedAtMs };
  }

  /** Who thinks less than well of the running process. */
  get unwell(): string[] {
    return [...this.#opinions]
      .filter(([, health]) => health !== "ok" && health !== "initializing")
      .map(([from]) => from);
  }

  /** The process is gone, and what was thought of it. */
  forgetOpinions(): void {
    this.#opinions.clear();
  }

  /** Someone's opinion of the running process; the worst of all holds. */
  setOpinion(from: string, health: AgentHealth, cause: string): void {
    if (this.run === null) return;
    this.#opinions.set(from, health);
    this.moveTo(this.state, cause);
  }

  setCondition(condition: AgentCondition, cause: string): void {
    if (condition === this.condition) return;
    this.condition = condition;
    this.#report(this.state, cause);
  }

  /** Takes the new state, if it is one, and says so if it or the health changed. */
  moveTo(state: AgentState, cause: string, exit?: Exit): void {
    const previous = this.state;
    const health = this.#healthIn(state);
    if (state === previous && health === this.health) return;
    this.state = state;
    this.health = health;
    this.#report(previous, cause, exit);
  }

  #healthIn(state: AgentState): AgentHealth {
    // One that never ran is still what it was when it is stopped.
    if (state === "stopping" && this.#opinions.size === 0) return this.health;
    if (state === "running" || state === "stopping") return worstHealth(this.#opinions.values());
    return state === "backing-off" || state === "quarantined" ? "failed" : "initializing";
  }

  #report(previous: AgentState, cause: string, exit?: Exit): void {
    const { run } = this;
    this.cause = cause;
    this.#tell({
      state: this.state,
      previous,
      health: this.health,
      condition: this.condition,
      cause,
      code: exit?.code ?? null,
      signal: exit?.signal ?? null,
      uptimeMs: run === null ? null : Math.round(this.#clock.ticksMs() - run.startedTicksMs),
      pid: run?.pid ?? null,
      runId: run?.runId ?? null,
      stderrTail: run?.stderrTail(TAIL_BYTES) ?? "",
    });
  }
}
