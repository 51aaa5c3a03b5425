import type {
  CommandReport,
  InvokeReport,
  PluginChangeReport,
  PluginConfigReport,
  PluginStats,
  UpgradeReport,
} from "@mimolo/protocol";
import type { PluginCall } from "../../calls/plugin-call.ts";

/** A change of what agents of a plugin are told, kept over restarts. */
export interface SettingsChange {
  /** By key as in `[plugins.<label>]`; `null` takes back what was changed before. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Only for this agent; else for all agents of the plugin. */
  readonly label?: string | undefined;
  /** Who asks: `cli`, `api`. */
  readonly by: string;
}

export interface UpgradeRequest {
  /** A version or range; default: the newest one offered. */
  readonly version?: string | undefined;
  /** What it may hold beyond what it holds now; `all`: whatever it asks for. */
  readonly grants?: readonly string[] | "all" | undefined;
  readonly acceptDowngrade?: boolean | undefined;
  readonly by: string;
}

/** The life of plugins while a collector runs. One change at a time, in turn with reloads of the configuration; each holds when it
 *  resolves. Throws `CollectorError`: `not-installed` for an id that is not known here, `dependency`, `blocked`, `wrong-state`,
 *  `rolled-back` when what was begun did not come up and what ran before runs again. */
export interface PluginControl {
  /** Starts its agents until the collector ends; gives it one if no label runs it. */
  load(id: string, by: string): Promise<PluginChangeReport>;
  /** Ends its agents until `load` or the next start of the collector. */
  unload(id: string, by: string): Promise<PluginChangeReport>;
  /** Switches it on for good. */
  enable(id: string, by: string): Promise<PluginChangeReport>;
  /** Switches it off for good. */
  disable(id: string, by: string): Promise<PluginChangeReport>;
  /** Starts its agents anew from the files that lie there now, with the settings they have. */
  reload(id: string, by: string): Promise<PluginChangeReport>;
  /** Every setting in effect with its source; of one agent, or of all where they differ. */
  config(id: string, label?: string): PluginConfigReport;
  /** Changes settings for good; touches the agents concerned and no others. Throws `CollectorError` `bad-setting` too. */
  configure(id: string, change: SettingsChange): Promise<PluginConfigReport>;
  /** Takes another version from the registries. */
  upgrade(id: string, request: UpgradeRequest): Promise<UpgradeReport>;
}

/** A question to a plugin from outside; `by` defaults to the embedder. */
export type Invocation = Omit<PluginCall, "by" | "cause"> & Partial<Pick<PluginCall, "by">>;

/** How a command is carried out. */
export type CommandOptions = Partial<Pick<PluginCall, "by" | "label" | "timeoutMs" | "progressed">>;

/** What plugins can be asked while a collector runs, beside their lives. Throws `CollectorError`: `not-installed`, `not-running`,
 *  `not-offered`, `refused-by-trust`, `invalid-params`, `too-large`, `too-many-requests`, `timed-out`, and `plugin-failed` with the
 *  plugin's own code as `reason`. */
export interface RunningPlugins extends PluginControl {
  /** Asks a plugin, by its id or an agent's label. */
  invoke(idOrLabel: string, call: Invocation): Promise<InvokeReport>;
  /** Carries out one of its commands. */
  command(idOrLabel: string, command: string, args?: readonly string[], more?: CommandOptions): Promise<CommandReport>;
  /** What its calls came to ever since, and what its agents use now. */
  stats(id: string): Promise<PluginStats>;
  /** JSON Schema of what its action is called with, as an agent of it that runs says; `null`: none does. */
  paramsSchema(id: string): object | null;
}

export const pluginVerbs = ["load", "unload", "enable", "disable", "reload"] as const;
