import type { EvidenceRecord } from "@mimolo/protocol";
import type { Correction } from "./corrections.ts";
import type { Gap } from "./gaps.ts";
import type { Observation } from "./observation.ts";
import type { Question } from "./questions.ts";

/** What a record brought that the timeline may have to answer to. */
export type Fact =
  | { readonly kind: "observation"; readonly observation: Observation; readonly instead: Observation | null }
  | { readonly kind: "gap"; readonly gap: Gap }
  | { readonly kind: "correction"; readonly correction: Correction }
  | { readonly kind: "aggregate"; readonly question: Question }
  /** Spans already known may now read differently. */
  | { readonly kind: "upheaval" };

/** A record as the timeline takes it in: an agent's or an import's without its bytes, the rare other kinds as they are. */
export type Noted =
  | { readonly seq: number; readonly kind: "observation"; readonly observation: Observation | null }
  | { readonly seq: number; readonly kind: "nothing" }
  | Exclude<EvidenceRecord, { kind: "message" | "import" | "clock_step" | "agent_state" }>;
