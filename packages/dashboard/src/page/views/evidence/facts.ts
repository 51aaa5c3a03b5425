import type { EvidenceRecord } from "@mimolo/protocol";
import { momentText } from "../../text/index.ts";

/** What is known of a record beside what it says. `agent`, `erased`: what it leads to. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly agent?: string;
  readonly erased?: number;
}

export function factsOf(record: EvidenceRecord): readonly Fact[] {
  const facts: Fact[] = [{ name: "committed", value: momentText(record.received_at) }];
  if ("agent_label" in record && record.agent_label !== undefined)
    facts.push({ name: "agent", value: record.agent_label, agent: record.agent_label });
  if ("plugin_id" in record && record.plugin_id !== undefined) facts.push({ name: "plugin", value: record.plugin_id });
  if ("run_id" in record && record.run_id !== undefined) facts.push({ name: "run", value: record.run_id });
  if (record.kind === "message") {
    const { timestamp } = record.message;
    if (typeof timestamp === "string" && !Number.isNaN(Date.parse(timestamp)))
      facts.push({ name: "said at", value: momentText(timestamp) });
    if (record.stream !== undefined)
      facts.push({ name: "stream", value: `${record.stream} ${record.agent_seq ?? ""}`.trim() });
    if (record.redacted !== undefined) facts.push({ name: "changed by", value: record.redacted.join(", ") });
  }
  if (record.kind === "erasure") {
    const { seq, by, why } = record.data;
    facts.push(
      { name: "erased", value: `record ${seq}`, erased: seq },
      { name: "by", value: by },
      { name: "why", value: why },
    );
  }
  return facts;
}
