import type { PluginContext } from "../context.ts";

/** How far a call has come. */
export interface Progress {
  /** 0 to 100. */
  readonly percent?: number;
  readonly message?: string;
}

/** The context of one call: everything of the plugin's own, and what belongs to the call. */
export interface CallContext extends PluginContext {
  /** When the collector asked, ISO-8601. */
  readonly timestamp: string;
  /** Who asked, as far as the collector tells. */
  readonly source?: string;
  /** Aborted when the call's time is over, and when the agent ends. */
  readonly signal: AbortSignal;
  /** Milliseconds the call may take. */
  readonly timeoutMs: number;
  /** Says that the call goes on; its time begins anew, at most ten times. */
  readonly progress: (progress?: Progress) => void;
}

/** What an action learns of the moment it is executed in. */
export interface ActionContext extends CallContext {
  /** How strongly it was triggered, where the trigger knows. */
  readonly velocity?: number;
  /** What the trigger was in, such as `work`. */
  readonly mode?: string;
  /** The rule that executes it. */
  readonly rule?: string;
  /** The event that matched, where one did. */
  readonly event?: string;
  /** The agent it came from. */
  readonly agent?: string;
  /** What came with it. */
  readonly data?: unknown;
}
