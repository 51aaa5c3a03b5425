import type { CommandReport, LogLine, Segment } from "@mimolo/protocol";
import type { Confirmation } from "./api/confirmations/confirmations.ts";

/** What a collector tells those who embed it; most go over the WebSocket too, under the same names. */
export interface CollectorEvents {
  "segment:opened": Segment;
  "segment:extended": Segment;
  "segment:closed": Segment;
  "segment:revised": Segment & { replaces: readonly string[] };
  "agent:state": AgentStateEvent;
  /** Told only while somebody listens; `metrics` as the agent said them. */
  "agent:heartbeat": { label: string; metrics: Readonly<Record<string, unknown>>; at: string };
  /** `count` records are durable now, the last of them `through`; whoever wants them reads the archive from there. */
  "evidence:committed": { through: number; count: number };
  /** A package came in, first or instead of another version. */
  "plugin:installed": { plugin_id: string; version: string; status: string };
  "plugin:activated": { plugin_id: string; capabilities: readonly string[] };
  /** Suspended, or its process is gone; `reason` in a word. */
  "plugin:deactivated": { plugin_id: string; reason: string };
  "plugin:unloaded": { plugin_id: string };
  /** A message was handled. `from`: a plugin's id, `cli`, `api` or `embedder`. */
  "plugin:message": { from: string; to: string; content: unknown };
  /** A command of a plugin was carried out. */
  "plugin:command": CommandReport;
  /** An agent drew its widget anew; told twice a second at most. */
  "widget:frame": { label: string };
  /** Somebody asks over TCP for what a person at the terminal has to confirm, by telling this code. */
  "confirmation:asked": Confirmation;
  /** A line of the diagnostics plane. */
  log: LogLine;
}

export interface AgentStateEvent {
  label: string;
  state: string;
  previous: string;
  health: string;
  condition: string;
  cause: string;
  at: string;
}
