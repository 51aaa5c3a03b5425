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
export type { ArtifactDraft, Artifacts } from "./artifacts/artifacts.ts";
export type {
  Handled,
  ListedAgent,
  Published,
  Request,
  RequestMethod,
  RequestTable,
  SettingsOf,
} from "./asking/request-table.ts";
export type { TopicEvent, TopicHandler } from "./asking/topic-event.ts";
export type { Report } from "./behaviour.ts";
export type { ActionContext, CallContext, Progress } from "./calls/call-context.ts";
export { CallError } from "./calls/call-error.ts";
export type { InterfaceName } from "./calls/offers.ts";
export type { Channel } from "./channel.ts";
export { type Clock, systemClock } from "./clock.ts";
export type { Log, OwnHealth, OwnMessage, PluginContext, Send } from "./context.ts";
export { AgentSdkError, type AgentSdkErrorCode } from "./error.ts";
export type { Ending, Host, HostEvents } from "./host.ts";
export { defineMonitor, type Monitor, type MonitorEvent, type MonitorOptions } from "./monitor.ts";
export type { Accepted, JsonSchema } from "./params/json-schema.ts";
export type { ParamsOf, Schema } from "./params/params.ts";
export type { StandardSchema } from "./params/standard-schema.ts";
export { type Action, type ActionOptions, defineAction } from "./plugins/action.ts";
export { type FillOptions, fillTemplate } from "./plugins/fill-template.ts";
export type {
  Command,
  ConfigCheck,
  ConfigVerdict,
  DataSource,
  LifeHooks,
  Message,
  MessageHandler,
  PluginHooks,
  QueryHandler,
} from "./plugins/hooks.ts";
export type { PluginOptions } from "./plugins/passive.ts";
export { defineReporter, type MetricDefinition, type ReporterOptions, type TimeRange } from "./plugins/reporter.ts";
export { defineTrigger, type Fire, type Fired, type TriggerOptions } from "./plugins/trigger.ts";
export type { Config } from "./settings.ts";
export type { SpoolStore } from "./spool-store.ts";
export { h, meter, sparkline, type WidgetChild } from "./widget/h.ts";
export type { WidgetAsked, WidgetHooks } from "./widget/widget-hooks.ts";
