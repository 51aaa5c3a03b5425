import type { Origin } from "@mimolo/evidence";

/** A message of an agent that becomes evidence. */
export interface MessageEntry {
  origin: Origin;
  /** The agent's own bytes; copied before the call returns. */
  line: Uint8Array;
  message: Record<string, unknown> & { type: string };
  receivedAtMs: number;
  stream?: string | undefined;
  agentSeq?: number | undefined;
  /** Names of the privacy rules that changed the line. */
  redacted?: readonly string[] | undefined;
}
