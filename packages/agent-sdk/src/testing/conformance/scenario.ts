// A scenario brings an agent into one situation and waits; it judges nothing.
import type { AgentProcess } from "./life/agent-process.ts";

export interface StartOptions {
  /** On the folders of the life before, rather than on fresh ones. */
  readonly isAgain?: boolean;
  /** Settings in place of the ones the kit was given. */
  readonly config?: object;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Where a scenario plays. */
export interface Stage {
  /** Starts the agent, and says nothing to it yet. One scenario may start several, one after another. */
  start(options?: StartOptions): Promise<AgentProcess>;
  /** Marks a step, for rules that must know where they are. */
  step(name: string): void;
  /** Lets time pass; only for windows in which nothing is awaited. */
  pass(ms: number): Promise<void>;
  /** Notes what was written outside the agent's own folder in its last life. */
  noteFiles(): Promise<void>;
}

export interface Scenario {
  /** Lower case with dashes; a recording's file is called so. */
  readonly name: string;
  /** What happens, in a few words, for whoever watches. */
  readonly title: string;
  /** Played only when the first scenario showed an agent that announces one of these. */
  readonly features?: readonly string[];
  /** Has a window of some seconds; begins before the others. */
  readonly isLong?: true;
  play(stage: Stage): Promise<void>;
}
