// What a kind of agent does. `agent.ts` and `monitor.ts` make one of what their author wrote; `agent-run.ts` runs it.
import type { ArtifactReference, Feature } from "@mimolo/protocol/wire";
import type { Activity } from "./activity.ts";
import type { Keeping } from "./artifacts/keeping.ts";
import type { PluginContext } from "./context.ts";
import type { Offers } from "./calls/offers.ts";
import type { Hooks } from "./phases.ts";
import type { EverySeconds } from "./settings.ts";
import type { Tally, Window } from "./tally.ts";
import type { Draft, Sent } from "./voice.ts";
import type { WidgetHooks } from "./widget/widget-hooks.ts";

/** What a summary says. */
export interface Report {
  /** The agent's own words; any JSON object. */
  readonly data: object;
  readonly activity: Activity;
  readonly reason?: string;
  /** Files in the agent's own folder that belong to this window. */
  readonly artifacts?: readonly ArtifactReference[];
  /** Seconds of work this window covers, where the agent knows better than the SDK, which counts from the first
   *  observation that saw work. */
  readonly intervalSeconds?: number;
}

/** What a behaviour is given when its run begins. */
export interface Desk {
  readonly tally: Tally;
  readonly context: PluginContext;
  /** Where the agent keeps files; null where it does not. */
  readonly keeping: Keeping | null;
  /** Whether evidence can be taken; if not, observe later. */
  hasRoom(): boolean;
  /** Sends an evidence line with the next `seq`. */
  evidence(draft: Draft): Sent;
  /** Sends an event that is no evidence: news for rules and subscribers, dropped where the collector does not read. */
  happened(draft: Draft): void;
}

/** A behaviour that is running. */
export interface Running {
  readonly hooks: Hooks;
  readonly sample?: (() => unknown) | undefined;
  summarize(window: Window): Report | PromiseLike<Report>;
  /** Changes that wait for a summary. */
  pending(): number;
  readonly segment?: ((phase: "opened" | "closed", id: string) => unknown) | undefined;
  /** What `invoke` reaches; whoever has it announces the feature. */
  readonly invoke?: (() => Offers) | undefined;
  /** What it shows of itself; whoever has it announces the feature. */
  readonly shown?: WidgetHooks | undefined;
}

export interface Behaviour {
  readonly id: string;
  readonly version: string;
  /** Announced beside what every SDK agent does. */
  readonly features: readonly Feature[];
  /** Whether it keeps files. */
  readonly keepsArtifacts?: boolean;
  /** `data` of the `metadata` message; `null`: none is sent. */
  readonly metadata: object | null;
  readonly everySeconds: EverySeconds;
  /** A sample that takes longer counts as failed. */
  readonly giveUpMs: number;
  /** `code` of the `error` message when a sample throws. */
  readonly failureCode: string;
  begin(desk: Desk): Running;
}
