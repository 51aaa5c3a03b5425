import type { ArtifactReference, LogLevel } from "@mimolo/protocol/wire";
import { artifactsOf } from "../artifacts/keeping.ts";
import { referenceTo } from "../artifacts/artifact-store.ts";
import type { ArtifactDraft } from "../artifacts/artifacts.ts";
import type { RequestMethod, RequestTable } from "../asking/request-table.ts";
import type { TopicHandler } from "../asking/topic-event.ts";
import type { ActionContext, Progress } from "../calls/call-context.ts";
import { CallError } from "../calls/call-error.ts";
import { logTo, type OwnHealth, type OwnMessage, type PluginContext, sendBy } from "../context.ts";
import { Bursts } from "../intensive.ts";

/** Answers of a collector that a test plays: a value, or what makes one of the params. What it throws is the plugin's to catch. */
export type MockAnswers = {
  readonly [Method in RequestMethod]?:
    | RequestTable[Method][1]
    | ((params: RequestTable[Method][0]) => RequestTable[Method][1]);
};

export interface MockContextOptions
  extends Partial<
    Pick<
      ActionContext,
      | "pluginId"
      | "label"
      | "config"
      | "dataDir"
      | "timestamp"
      | "source"
      | "timeoutMs"
      | "velocity"
      | "mode"
      | "rule"
      | "event"
      | "agent"
      | "data"
    >
  > {
  /** By method. Without one, `event.publish`, `event.subscribe` and `message.receive` succeed, `data.put` keeps what `data.get`
   *  gives back, `config.get` gives `config`, and everything else rejects with the `CallError` `not-available`. */
  readonly answers?: MockAnswers;
}

/** A context that remembers what was done with it. It fits wherever a plugin is given one: hooks, calls, actions. */
export interface MockPluginContext extends ActionContext {
  readonly logged: readonly { readonly level: LogLevel; readonly message: string; readonly extra?: unknown }[];
  readonly sent: readonly OwnMessage[];
  readonly statuses: readonly { readonly health: OwnHealth; readonly why?: string }[];
  /** Why the agent is intensive now, the first reason; `null` if it is not. */
  readonly intensiveReason: string | null;
  /** Everything asked of the collector, `publish`, `subscribe` and `send(to, …)` included. */
  readonly requested: readonly { readonly method: RequestMethod; readonly params: object }[];
  /** Files that were given to `artifacts.store`, which keeps them nowhere else. */
  readonly stored: readonly { readonly draft: ArtifactDraft; readonly reference: ArtifactReference }[];
  readonly published: readonly { readonly topic: string; readonly data: unknown }[];
  readonly progressed: readonly Progress[];
  /** Publishes to this plugin's own subscriptions; settles when they have dealt with it. */
  deliver(topic: string, data?: unknown, from?: string): Promise<void>;
  /** The call's time is over. */
  abort(reason?: Error): void;
}

const TIMEOUT_MS = 5000;
const TIMESTAMP = "2026-01-01T00:00:00.000Z";

/** A context for tests of code that takes one; nothing leaves it. */
export function mockPluginContext(given: MockContextOptions = {}): MockPluginContext {
  const { answers = {}, pluginId = "test.plugin", config = {}, ...moment } = given;
  const logged: { level: LogLevel; message: string; extra?: unknown }[] = [];
  const sent: OwnMessage[] = [];
  const statuses: { health: OwnHealth; why?: string }[] = [];
  const requested: { method: RequestMethod; params: object }[] = [];
  const stored: { draft: ArtifactDraft; reference: ArtifactReference }[] = [];
  const published: { topic: string; data: unknown }[] = [];
  const progressed: Progress[] = [];
  const subscribed = new Set<{ topic: string; handle: TopicHandler }>();
  const bursts = new Bursts(() => {});
  const time = new AbortController();
  const answer = answersOf(answers, pluginId, config);
  const request = (async (method: RequestMethod, params: object = {}) => {
    requested.push({ method, params });
    return answer(method, params);
  }) as PluginContext["request"];
  return {
    label: pluginId,
    dataDir: null,
    timestamp: TIMESTAMP,
    timeoutMs: TIMEOUT_MS,
    ...moment,
    pluginId,
    config,
    log: logTo((level, message, extra) => logged.push({ level, message, ...(extra === undefined ? {} : { extra }) })),
    artifacts: {
      ...artifactsOf(null, request),
      async store(draft) {
        const reference = referenceTo(draft, Date.parse(moment.timestamp ?? TIMESTAMP));
        stored.push({ draft, reference });
        return reference;
      },
    },
    send: sendBy(
      (message) => void sent.push(message),
      (to, content, type) =>
        request("message.send", { ...(to === null ? {} : { to }), type: type ?? "message", content }),
    ),
    request,
    async publish(topic, data = null) {
      await request("event.publish", { topic, data });
      published.push({ topic, data });
    },
    async subscribe(topic, handle) {
      await request("event.subscribe", { topic });
      const subscription = { topic, handle };
      subscribed.add(subscription);
      return () => void subscribed.delete(subscription);
    },
    status: (health, why) => void statuses.push({ health, ...(why === undefined ? {} : { why }) }),
    intensive: (reason) => bursts.begin(reason),
    signal: time.signal,
    progress: (progress = {}) => void progressed.push(progress),
    logged,
    sent,
    statuses,
    requested,
    stored,
    published,
    progressed,
    get intensiveReason() {
      return bursts.reason;
    },
    async deliver(topic, data = null, from = "test.sender") {
      for (const { topic: wanted, handle } of subscribed) {
        const fits = wanted.endsWith("*") ? topic.startsWith(wanted.slice(0, -1)) : topic === wanted;
        if (fits) await handle({ topic, from, data });
      }
    },
    abort: (reason = new Error("the call took too long")) => time.abort(reason),
  };
}

function answersOf(
  answers: MockAnswers,
  pluginId: string,
  config: object,
): (method: RequestMethod, params: object) => unknown {
  const kept = new Map<string, unknown>();
  return (method, params) => {
    if (Object.hasOwn(answers, method)) {
      const given: unknown = answers[method];
      return typeof given === "function" ? (given as (params: object) => unknown)(params) : given;
    }
    const { key = "", value = null, plugin } = params as { key?: string; value?: unknown; plugin?: string };
    switch (method) {
      case "event.publish":
      case "event.subscribe":
      case "message.receive":
        return null;
      case "data.put":
        kept.set(key, value);
        return { key };
      case "data.get":
        return { key, value: kept.get(key) ?? null };
      case "config.get":
        if (plugin === undefined) return { plugin_id: pluginId, values: config };
        break;
      default:
    }
    throw new CallError("not-available", `this test answers no ${method}; give one in \`answers\``);
  };
}
