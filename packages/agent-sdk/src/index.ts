export type { Activity } from "./activity.ts";
export {
  type AgentOptions,
  type AgentTools,
  type AgentWindow,
  type Counted,
  type CountsOf,
  defineAgent,
  type Runnable,
} from "./agent.ts";
export type { Report } from "./behaviour.ts";
export type { Channel } from "./channel.ts";
export { type Clock, systemClock } from "./clock.ts";
export type { Log, OwnHealth, OwnMessage, PluginContext } from "./context.ts";
export { AgentSdkError, type AgentSdkErrorCode } from "./error.ts";
export type { Ending, Host, HostEvents } from "./host.ts";
export { defineMonitor, type Monitor, type MonitorEvent, type MonitorOptions } from "./monitor.ts";
export type { Config } from "./settings.ts";
export type { SpoolStore } from "./spool-store.ts";
