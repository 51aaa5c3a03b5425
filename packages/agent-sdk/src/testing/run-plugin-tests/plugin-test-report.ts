// What `runPluginTests` is told and what it answers.
import type { Config } from "../../settings.ts";

/** The five suites, in the order in which they run. */
export const PLUGIN_SUITES = ["unit", "integration", "performance", "security", "compatibility"] as const;
export type PluginSuiteName = (typeof PLUGIN_SUITES)[number];

/** A call of the plugin that only its author can judge; becomes a case of its own. */
export interface PluginTestCall {
  /** Such as `action`. */
  readonly interface: string;
  /** Such as `execute`. */
  readonly method: string;
  readonly params?: unknown;
  readonly context?: Readonly<Record<string, unknown>>;
  /** The code it has to fail with; absent: it has to succeed. */
  readonly failsWith?: string;
  /** Looks at the answer; fails the case by throwing, or by `false`. */
  readonly expect?: (data: unknown) => unknown;
}

/** What a plugin may cost here. */
export interface PluginTestLimits {
  /** From its start to its handshake, default 5,000. */
  readonly startMs?: number;
  /** For each answer, default 5,000: as long as a collector waits for a call. */
  readonly answerMs?: number;
  /** The middle one of 50 calls, default 50. */
  readonly callMs?: number;
  /** While nothing is asked of it, in percent of one core; default: the manifest's, but at least 5. */
  readonly idleCpuPercent?: number;
  /** Its own memory, default: the manifest's, else 100. */
  readonly memoryMib?: number;
}

export interface PluginTestOptions {
  /** Default: all of them. */
  readonly suites?: readonly PluginSuiteName[];
  /** Only the cases whose name contains this text. */
  readonly only?: string;
  /** What `[plugin]` of plugin.toml would say, for a folder without one. */
  readonly plugin?: Readonly<Record<string, unknown>>;
  /** What runs in place of the manifest's program: `["npx", "tsx", "main.ts"]`. */
  readonly command?: readonly [executable: string, ...args: string[]];
  /** Settings, over the manifest's defaults. */
  readonly config?: Config;
  /** Secret settings, given beside `config`; the plugin must not tell them anybody. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Added to the plugin's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Calls that the plugin must answer. */
  readonly calls?: readonly PluginTestCall[];
  readonly limits?: PluginTestLimits;
}

export interface PluginTestCase {
  /** A sentence: what holds when it is ok. */
  readonly name: string;
  readonly ok: boolean;
  /** Why not, in a sentence for the plugin's author. */
  readonly why?: string;
  readonly took_ms: number;
}

export interface PluginTestSuite {
  readonly name: PluginSuiteName;
  /** Whether something was proved here and nothing failed. */
  readonly ok: boolean;
  /** What was tried. */
  readonly cases: readonly PluginTestCase[];
  /** What could not be tried, and what it wants. */
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
}

export interface PluginTestReport {
  readonly ok: boolean;
  readonly suites: readonly PluginTestSuite[];
}
