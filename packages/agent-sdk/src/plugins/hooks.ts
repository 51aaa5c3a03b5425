import type { CallContext } from "../calls/call-context.ts";
import type { PluginContext } from "../context.ts";
import type { WidgetHooks } from "../widget/widget-hooks.ts";

/** A message of another plugin's, or of somebody's. */
export interface Message {
  readonly id: string;
  readonly from: string;
  /** To whom it is addressed; absent when the best handler is looked for. */
  readonly to?: string;
  readonly type: string;
  readonly content: unknown;
  /** ISO-8601. */
  readonly timestamp: string;
}

/** Handles messages. What `handle` returns is the sender's answer. */
export interface MessageHandler {
  /** The types it understands; default: any. */
  readonly types?: readonly string[];
  /** How sure it is that it can handle one, 0 to 1; default 1. Of several plugins the surest handles a message without addressee. */
  readonly confidence?: (message: Message) => number | PromiseLike<number>;
  readonly handle: (message: Message, context: CallContext) => unknown;
}

/** A command for people: `mimolo x <plugin> <command> [args]`. */
export interface Command {
  readonly description?: string;
  /** What its arguments are, for people, such as `["FILE", "[LANGUAGE]"]`. */
  readonly args?: readonly string[];
  /** What it returns is printed: a text as it is, anything else as JSON. */
  readonly run: (args: readonly string[], context: CallContext) => unknown;
}

/** Something that can be asked for data. */
export interface DataSource {
  readonly id: string;
  readonly description?: string;
  /** JSON Schema of its queries. */
  readonly schema?: object;
}

/** Answers queries about data the plugin has. */
export interface QueryHandler<Source extends string = string> {
  readonly sources: readonly (Source | (DataSource & { readonly id: Source }))[];
  readonly query: (source: Source, query: unknown, context: CallContext) => unknown;
}

/** Checks settings beyond what their schema can say. Nothing, `true` or an empty list: they are good; else what is wrong. */
export type ConfigCheck = (
  config: Readonly<Record<string, unknown>>,
  context: CallContext,
) => ConfigVerdict | PromiseLike<ConfigVerdict>;

export type ConfigVerdict = boolean | string | readonly string[] | undefined | null | void;

/** What any plugin may offer to people and other plugins, beside what it is for. */
export interface PluginHooks extends WidgetHooks {
  readonly onMessage?: MessageHandler | MessageHandler["handle"];
  /** By name; or one function for whatever name is asked for. */
  readonly onCommand?:
    | Readonly<Record<string, Command>>
    | ((name: string, args: readonly string[], context: CallContext) => unknown);
  /** With its sources; or one function for whatever source is asked for. */
  readonly onQuery?: QueryHandler | QueryHandler["query"];
  /** Puts part of the plugin's artifacts away; what it returns names the archive. */
  readonly archive?: (selection: unknown, context: CallContext) => unknown;
  /** Brings an archive back. */
  readonly restore?: (archiveId: string, context: CallContext) => unknown;
  /** The settings: their JSON Schema, and what it cannot say. */
  readonly config?: { readonly schema?: object; readonly validate?: ConfigCheck };
}

/** What a plugin without samples may do at each step of its life. Has 5 s. */
export interface LifeHooks {
  /** Once, before anything else; the settings are known. */
  readonly onInitialize?: (context: PluginContext) => unknown;
  readonly onActivate?: (context: PluginContext) => unknown;
  readonly onSuspend?: (context: PluginContext) => unknown;
  /** Before the plugin ends. */
  readonly onUnload?: (context: PluginContext) => unknown;
}
