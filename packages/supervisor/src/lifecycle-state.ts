import type { Past } from "./back-off.ts";
import type { OutgoingCommand } from "./commands.ts";
import type { SpawnFailureCode } from "./ports.ts";
import type { Rung } from "./stop-ladder.ts";

/** What follows once a stopping process is gone. */
export type Aftermath = "stopped" | "started-anew" | "died" | "quarantined" | "blocked";

/** One instance's life. A process exists in `handshaking`, `running` and `stopping`, and in no other state. */
export type Lifecycle =
  | { readonly name: "planned" | "stopped" | "blocked" }
  | { readonly name: "starting"; readonly past: Past }
  | { readonly name: "handshaking"; readonly past: Past }
  | { readonly name: "backing-off" | "quarantined"; readonly past: Past; readonly why: Why }
  | { readonly name: "running"; readonly past: Past; readonly sinceMs: number; readonly signs: number }
  | {
      readonly name: "stopping";
      readonly past: Past;
      readonly sinceMs: number;
      readonly rung: Rung;
      readonly extended: boolean;
      readonly next: Aftermath;
      readonly why: Why;
    };

export type AgentState = Lifecycle["name"];

/** A stable kebab-case word for machines, and a phrase for people where there is more to say. */
export interface Why {
  readonly cause: string;
  readonly detail?: string;
}

/** What happened, with the monotonic time it happened at. */
export type LifecycleEvent = { readonly atMs: number } & (
  | { readonly type: "start-requested" | "spawned" | "handshake-accepted" | "heard" | "still-flushing" | "timer-fired" }
  | { readonly type: "stop-requested"; readonly hurry: boolean; readonly isFlushed?: boolean }
  | { readonly type: "restart-requested"; readonly why: Why; readonly counted: boolean }
  | { readonly type: "quarantine-requested"; readonly why: Why }
  | { readonly type: "block-requested" | "handshake-rejected"; readonly reason: string }
  | { readonly type: "spawn-failed"; readonly code: SpawnFailureCode; readonly message: string }
  | { readonly type: "exited"; readonly code: number | null; readonly signal: string | null }
);

/** An event before it is stamped. */
export type Happening = LifecycleEvent extends infer Event
  ? Event extends { readonly atMs: number }
    ? Omit<Event, "atMs">
    : never
  : never;

/** What the driver has to do. `restartAfter` is absent on a first start; `wait` replaces the state's timer, and leaving a
 *  state forgets it. */
export type Effect =
  | { readonly do: "spawn"; readonly restartAfter?: string }
  | { readonly do: "wait"; readonly delayMs: number; readonly jitter?: "full" }
  /** Before anything that waits to be said; nothing is said after it. */
  | { readonly do: "send-last"; readonly command: OutgoingCommand }
  | { readonly do: "close-input" | "terminate" | "kill" };

export interface Step {
  readonly state: Lifecycle;
  readonly effects: readonly Effect[];
  readonly why?: Why;
}
