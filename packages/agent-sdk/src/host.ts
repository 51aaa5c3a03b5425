import type { LogLevel } from "@mimolo/protocol/wire";
import type { Channel } from "./channel.ts";
import type { Clock } from "./clock.ts";
import type { SpoolStore } from "./spool-store.ts";

/** What the surroundings tell a running agent. */
export interface HostEvents {
  /** Someone asks the process to end. */
  interrupted(signal: "SIGTERM" | "SIGINT"): void;
  /** Text meant for a console, which an agent has not got. */
  printed(level: LogLevel, text: string): void;
  /** An error nobody caught. After a `fatal` one the agent cannot be trusted to go on. */
  uncaught(error: unknown, fatal: boolean): void;
}

/** How a run ended: `code` for `process.exit`, or the signal that asked for it. */
export interface Ending {
  readonly code: number;
  readonly signal?: "SIGTERM" | "SIGINT";
}

/** Everything an agent needs of its process. Production passes `nodeHost()`, tests `fakeCollector().host`. */
export interface Host {
  readonly clock: Clock;
  readonly channel: Channel;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where evidence is kept until the collector has it; without one it is gone once it is sent. */
  readonly spool?: SpoolStore | null;
  /** CPU time of the process since its start, user and system, in milliseconds. */
  cpuMs(): number;
  /** Memory the process has for itself alone, in MiB. */
  memoryMib(): number;
  /** The parent's process id; changes when the parent dies. */
  parentId(): number;
  /** Starts to tell `events`; what it returns stops that. */
  attach(events: HostEvents): () => void;
  /** Ends the process. Returns: the caller's last turn still runs. */
  exit(ending: Ending): void;
}
