import type { LogLevel } from "@mimolo/protocol/wire";
import type { Artifacts } from "./artifacts/artifacts.ts";
import type { Asking } from "./asking/asking.ts";
import type { Handled, Request } from "./asking/request-table.ts";
import type { TopicHandler } from "./asking/topic-event.ts";
import { AgentSdkError } from "./error.ts";
import type { Config } from "./settings.ts";
import type { Draft, Voice } from "./voice.ts";

/** What an author may say about the agent's health. */
export type OwnHealth = "ok" | "degraded" | "overload" | "failed";

/** Writes to the diagnostics log: `log("…")` at level info, `log.warning("…", {extra: "fields"})` at another. */
export interface Log {
  (message: string, extra?: unknown): void;
  debug(message: string, extra?: unknown): void;
  info(message: string, extra?: unknown): void;
  warning(message: string, extra?: unknown): void;
  error(message: string, extra?: unknown): void;
}

/** A message of the agent's own, kept in the diagnostics. */
export interface OwnMessage {
  readonly type: "metric" | "custom";
  readonly [field: string]: unknown;
}

/** Sends something. */
export interface Send {
  /** A `metric` or `custom` message for the diagnostics. Other types are the SDK's: `reserved-type` is thrown. */
  (message: OwnMessage): void;
  /** A message to another plugin, by its id or an agent's label; `null`: to whoever handles it best. `type` says what it is,
   *  default `message`. Resolves with what the handler answered; rejects with a `CallError`, `no-handler` if there is none. */
  (to: string | null, content: unknown, type?: string): Promise<Handled>;
}

/** What an agent's code can ask of its surroundings. */
export interface PluginContext {
  readonly pluginId: string;
  /** The configured label; the id where nobody configured one. */
  readonly label: string;
  /** The plugin's own settings, the newest the collector sent. */
  readonly config: Config;
  /** The only folder the agent may write in; `null` outside a collector. */
  readonly dataDir: string | null;
  readonly log: Log;
  readonly artifacts: Artifacts;
  readonly send: Send;
  /** Publishes `data` under `topic`; resolves once the collector has taken it. Needs the permission `write-messaging`. */
  readonly publish: (topic: string, data?: unknown) => Promise<void>;
  /** Hears what is published under `topic`; a `*` at its end matches the rest. Resolves with what ends it. Needs the permission
   *  `read-messaging`. */
  readonly subscribe: (topic: string, handle: TopicHandler) => Promise<() => void>;
  readonly request: Request;
  /** Says how the agent does, `why` in a sentence: `status("degraded", "git is not installed")`. Stays until said otherwise;
   *  saying the same again sends nothing. `status("ok", "3 letters wait")` is a word that stands in `mimolo status`. The worse of this and the SDK's own opinion counts. */
  readonly status: (health: OwnHealth, why?: string) => void;
  /** Declares a burst that may cost more than the budget; what it returns ends it. The collector grants 5 minutes, at most
   *  once in half an hour. */
  readonly intensive: (reason: string) => () => void;
}

/** A log that hands every line to `write`. */
export function logTo(write: (level: LogLevel, message: string, extra?: unknown) => void): Log {
  const at = (level: LogLevel) => (message: string, extra?: unknown) => write(level, message, extra);
  return Object.assign(at("info"), {
    debug: at("debug"),
    info: at("info"),
    warning: at("warning"),
    error: at("error"),
  });
}

/** The context of a running agent. */
export function contextOf(options: {
  pluginId: string;
  environment: Readonly<Record<string, string | undefined>>;
  config: () => Config;
  voice: Voice;
  asking: () => Asking;
  artifacts: Artifacts;
  status: PluginContext["status"];
  intensive: PluginContext["intensive"];
}): PluginContext {
  const { pluginId, environment, config, voice, asking, artifacts, status, intensive } = options;
  return {
    pluginId,
    label: environment["MIMOLO_AGENT_LABEL"] ?? pluginId,
    get config() {
      return config();
    },
    dataDir: environment["MIMOLO_AGENT_DATA_DIR"] ?? null,
    log: logTo((level, message, extra) => voice.log(level, message, extra)),
    artifacts,
    send: sendBy(
      (message) => {
        const sent = voice.say(message);
        if (!sent.ok)
          voice.error("line-too-long", `a ${message.type} of ${sent.lengthBytes} bytes does not fit a line`);
      },
      (to, content, type) => asking().sendTo(to, content, type),
    ),
    publish: (topic, data) => asking().publish(topic, data),
    subscribe: (topic, handle) => asking().subscribe(topic, handle),
    request: (...asked: Parameters<Request>) => asking().request(...asked),
    status,
    intensive,
  };
}

/** Both ways to send. */
export function sendBy(own: (message: OwnMessage) => void, sendTo: Asking["sendTo"]): Send {
  return ((first: OwnMessage | string | null, content?: unknown, type?: string) => {
    if (typeof first === "string" || first === null) return sendTo(first, content, type);
    refuseReserved(first);
    return own(first);
  }) as Send;
}

/** Throws `reserved-type` for a type that the SDK alone may send. */
function refuseReserved({ type }: Draft): void {
  if (type === "metric" || type === "custom") return;
  throw new AgentSdkError("reserved-type", `send() takes "metric" and "custom", not ${JSON.stringify(type)}`);
}
