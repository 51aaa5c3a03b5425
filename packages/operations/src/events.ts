import type { EvidenceRecord, LogLine, Segment } from "@mimolo/protocol";

/** What a collector tells those who embed it; names and payloads as the WebSocket will carry them. */
export interface CollectorEvents {
  "segment:opened": Segment;
  "segment:extended": Segment;
  "segment:closed": Segment;
  "segment:revised": Segment & { replaces: readonly string[] };
  "agent:state": AgentStateEvent;
  "evidence:committed": { through: number; records: readonly EvidenceRecord[] };
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
