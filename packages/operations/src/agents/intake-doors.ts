import type { Origin } from "@mimolo/evidence";
import type { Ack, EventMessage, LogLine, RequestMessage, WidgetFrame, WireMessage } from "@mimolo/protocol";
import type { MessageEntry } from "../journal/message-entry.ts";
import type { NamedMonitor } from "./announcements.ts";
import type { Filtered } from "./filtered.ts";

/** A line of an agent as the supervisor hands it over; `bytes` are valid during the call only. */
export interface Received {
  message: Record<string, unknown> & { type: string };
  known: boolean;
  bytes: Uint8Array;
  lineNumber: number;
  runId: string;
  receivedAtMs: number;
}

/** Whose lines they are. */
export interface IntakeOwner extends Omit<Origin, "runId"> {
  /** The configuration's `data_header`, which wins over the one a monitor announces. */
  readonly dataHeader: string | undefined;
}

/** What may become evidence. */
export type EvidenceMessage = Extract<WireMessage, { type: "summary" | "event" }>;

/** Evidence that is not kept; a number it has is settled all the same. */
export interface Unkept extends Pick<MessageEntry, "origin" | "receivedAtMs" | "stream" | "agentSeq"> {
  readonly code: string;
  /** Whether the agent did something wrong; a privacy rule is nobody's fault. */
  readonly isFault: boolean;
}

/** What the intake may do with a message. Every destination has one door. */
export interface IntakeDoors {
  /** Asked before evidence is kept; `line` are its bytes. */
  filter(message: EvidenceMessage, line: Uint8Array): Filtered;
  evidence(entry: MessageEntry): void;
  unkept(evidence: Unkept): void;
  /** A handshake was answered, just now. */
  welcomed(): void;
  /** It did what it was asked. */
  acknowledged(message: Ack): void;
  result(message: Extract<WireMessage, { type: "result" }>): void;
  diagnostics(line: LogLine): void;
  /** A picture of its widget, with its line; the last one counts. */
  frame(message: WidgetFrame, line: Uint8Array, receivedAtMs: number): void;
  /** A summary came; `worked` is `null` for a passive agent. */
  summarized(worked: boolean | null): void;
  /** It is alive; of several heartbeats that came together the last. */
  beat(metrics: Readonly<Record<string, unknown>>, receivedAtMs: number): void;
  /** Changes wait in the agent. */
  pending(): void;
  announced(monitor: NamedMonitor): void;
  /** It said anew what it answers when it is called. */
  offered(): void;
  /** True when that event tells of a call that is under way, and is nothing else. */
  progressed(message: EventMessage): boolean;
  /** A wish to the collector. */
  requested(message: RequestMessage, receivedAtMs: number): void;
  /** An event that is no evidence, as the privacy rules leave it. */
  fired(message: EventMessage, receivedAtMs: number): void;
}
