import type { LogLevel } from "@mimolo/protocol/wire";
import type { InterfaceName } from "../calls/offers.ts";

/** What a message came to. */
export interface Handled {
  /** The plugin that handled it. */
  readonly to: string;
  readonly type: string;
  /** How sure it was that it can, 0 to 1; absent when it was addressed. */
  readonly confidence?: number;
  /** What it answered. */
  readonly data: unknown;
}

/** What publishing came to. */
export interface Published {
  readonly topic: string;
  /** How many hear of it. */
  readonly subscribers: number;
}

/** An agent as `agents.list` tells of it. */
export interface ListedAgent {
  readonly label: string;
  readonly plugin_id: string;
  readonly state: string;
  readonly health: string;
  readonly [field: string]: unknown;
}

/** The settings of a plugin; what refers to a secret stays a reference. */
export interface SettingsOf {
  readonly plugin_id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

type Nothing = Record<string, never>;

/** Everything a plugin may ask of the collector: the params of each method, and the answer. Most need a permission. */
export interface RequestTable {
  "message.send": [params: { to?: string; type: string; content: unknown; timeout_ms?: number }, answer: Handled];
  "message.receive": [params: Nothing, answer: { readonly receives: true }];
  "event.publish": [params: { topic: string; data?: unknown }, answer: Published];
  "event.subscribe": [params: { topic: string }, answer: { readonly topic: string }];
  /** Its own, or those of `plugin`. */
  "config.get": [params: { plugin?: string }, answer: SettingsOf];
  "config.set": [params: { plugin: string; values: Readonly<Record<string, unknown>> }, answer: SettingsOf];
  "agents.list": [params: Nothing, answer: { readonly agents: readonly ListedAgent[] }];
  "agents.control": [params: { label: string; verb: "start" | "stop" | "restart" | "flush" }, answer: ListedAgent];
  /** Under its own label, or under `label`. */
  "log.write": [params: { label?: string; level: LogLevel; message: string }, answer: { readonly label: string }];
  /** Answered by what the other plugin answers. */
  "plugin.invoke": [
    params: {
      plugin: string;
      interface: InterfaceName;
      method: string;
      params?: unknown;
      context?: Readonly<Record<string, unknown>>;
      timeout_ms?: number;
      label?: string;
    },
    answer: unknown,
  ];
  "evidence.query": [
    params: { from?: string; to?: string; agent?: string; kind?: string; limit?: number; cursor?: string },
    answer: { readonly items: readonly Readonly<Record<string, unknown>>[]; readonly next_cursor: string | null },
  ];
  "data.get": [params: { key: string }, answer: { readonly key: string; readonly value: unknown }];
  "data.put": [params: { key: string; value: unknown }, answer: { readonly key: string }];
  "store.query": [params: { sql: string }, answer: unknown];
  "artifact.token": [params: { artifact_id: string }, answer: { readonly token: string; readonly expires_at: string }];
}

export type RequestMethod = keyof RequestTable;

/** Asks the collector; what it refuses, or does not answer within 10 s, rejects with a `CallError`. */
export type Request = <Method extends RequestMethod>(
  method: Method,
  // What needs none may leave them out.
  ...rest: Nothing extends RequestTable[Method][0]
    ? [params?: RequestTable[Method][0]]
    : [params: RequestTable[Method][0]]
) => Promise<RequestTable[Method][1]>;
