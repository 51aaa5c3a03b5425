import type { PluginInterface } from "@mimolo/protocol";
import type { Cause } from "../causes/cause.ts";
import type { Progress } from "./call-outcome.ts";

/** Who calls. */
export interface Caller {
  readonly kind: "cli" | "api" | "embedder" | "rule" | "plugin" | "collector";
  /** A rule's name, a plugin's id; else the kind itself. */
  readonly name: string;
}

/** What a plugin is asked behind one of its interfaces. */
export interface PluginCall {
  readonly interface: PluginInterface;
  readonly method: string;
  readonly params?: unknown;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
  /** Default 5 s. */
  readonly timeoutMs?: number | undefined;
  /** Of several agents of the plugin this one; default: the first that is healthy. */
  readonly label?: string | undefined;
  readonly by: Caller;
  /** What led to it; without: nothing did. */
  readonly cause?: Cause | undefined;
  /** Hears of progress; each sign of it starts the time anew, ten times at most. */
  readonly progressed?: ((progress: Progress) => void) | undefined;
}

/** Why a call came to nothing. `failed`: the plugin says so, `reason` is its own code; `ended`: its process did, before it
 *  answered. All the others cost the plugin nothing, `timed-out` aside. */
export type CallFailure =
  | "failed"
  | "ended"
  | "timed-out"
  | "unknown-plugin"
  | "not-running"
  | "not-offered"
  | "refused-by-trust"
  | "invalid-params"
  | "too-large"
  | "rate-limited"
  | "busy"
  | "loop"
  | "shutting-down";

export type CallAnswer =
  | {
      readonly ok: true;
      readonly data: unknown;
      readonly label: string;
      readonly pluginId: string;
      readonly tookMs: number;
    }
  | {
      readonly ok: false;
      readonly code: CallFailure;
      /** One sentence. */
      readonly message: string;
      /** What to do next. */
      readonly hint?: string | undefined;
      readonly reason?: string | undefined;
      /** Of the agent that was to answer, once one was chosen. */
      readonly label?: string | undefined;
      readonly pluginId?: string | undefined;
      readonly tookMs: number;
    };

/** A call that reached a plugin and is over. */
export interface FinishedCall {
  readonly pluginId: string;
  readonly label: string;
  readonly interface: PluginInterface;
  readonly method: string;
  readonly ok: boolean;
  readonly code?: string | undefined;
  /** Microseconds. */
  readonly tookUs: number;
  /** When it was over, by the wall clock. */
  readonly atMs: number;
  readonly by: Caller;
}
