import type { LogLine, Segment } from "@mimolo/protocol";

/** What a collector tells those who embed it; names and payloads as the WebSocket will carry them. */
export interface CollectorEvents {
  "segment:opened": Segment;
  "segment:extended": Segment;
  "segment:closed": Segment;
  "segment:revised": Segment & { replaces: readonly string[] };
  "agent:state": AgentStateEvent;
  /** `count` records are durable now, the last of them `through`; whoever wants them reads the archive from there. */
  "evidence:committed": { through: number; count: number };
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
