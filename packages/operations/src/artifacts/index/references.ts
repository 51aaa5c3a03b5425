import { ArtifactReference, type EvidenceRecord } from "@mimolo/protocol";

/** A reference with the record that says it. */
export interface FoundReference {
  readonly reference: ArtifactReference;
  /** Its place among the references of the record. */
  readonly place: number;
  readonly seq: number;
  readonly instanceId: string;
  readonly pluginId: string;
  readonly label: string;
}

const NONE: readonly FoundReference[] = [];

/** What a record refers to; what a privacy rule or an erasure left no whole reference of is none. */
export function referencesIn(record: EvidenceRecord): readonly FoundReference[] {
  if (record.kind !== "message") return NONE;
  const { data } = record.message as { data?: { artifacts?: unknown } | null };
  const listed = data?.artifacts;
  if (!Array.isArray(listed)) return NONE;
  const { seq, instance_id: instanceId, plugin_id: pluginId, agent_label: label } = record;
  return listed.flatMap((each: unknown, place) => {
    const parsed = ArtifactReference.safeParse(each);
    return parsed.success ? [{ reference: parsed.data, place, seq, instanceId, pluginId, label }] : [];
  });
}
