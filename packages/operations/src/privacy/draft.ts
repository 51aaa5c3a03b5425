import { compilePrivacy, type EvidenceRecord, type PrivacyRule, REDACTED } from "@mimolo/protocol";
import { coveredIn } from "./preview.ts";
import { regexEngine } from "./regex-engine.ts";

const LONGEST_TEXT = 300;

/** A kept record that a rule would have changed. */
export interface DraftExample {
  readonly seq: number;
  /** When it came. */
  readonly at: string;
  readonly label: string;
  /** The rule's name. */
  readonly rule: string;
  readonly effect: "redact" | "drop";
  /** The first value it covers, as JSON; cut where it is long. */
  readonly before: string;
  /** What would have been kept in its place; null: nothing of the record. */
  readonly after: string | null;
}

export interface DraftPreview {
  /** Messages of agents that were looked at. */
  readonly records: number;
  /** How many of them a rule would have changed. */
  readonly matched: number;
  /** The newest of them, newest first. */
  readonly examples: readonly DraftExample[];
}

interface Draft {
  readonly name: string;
  readonly apply: ReturnType<typeof compilePrivacy>["apply"];
  /** The same with its values taken out one by one, which shows what it covers. */
  readonly reveal: ReturnType<typeof compilePrivacy>["apply"];
}

/** Tries rules that may not be in force on records that are kept; changes nothing. Holds `most` examples at a time. */
export async function previewDraft(
  rules: readonly PrivacyRule[],
  kept: AsyncIterable<{ readonly record: EvidenceRecord }>,
  most: number,
): Promise<DraftPreview> {
  const drafts = rules.map((rule): Draft => {
    const { apply } = compilePrivacy([rule], regexEngine);
    return { name: rule.name, apply, reveal: compilePrivacy([{ ...rule, action: "redact" }], regexEngine).apply };
  });
  const examples: DraftExample[] = [];
  let [records, matched] = [0, 0];
  for await (const { record } of kept) {
    if (record.kind !== "message") continue;
    records += 1;
    const found = drafts.flatMap((draft) => exampleOf(draft, record) ?? []);
    if (found.length === 0) continue;
    matched += 1;
    examples.push(...found);
    if (examples.length > most) examples.splice(0, examples.length - most);
  }
  return { records, matched, examples: examples.toReversed() };
}

function exampleOf(
  { name, apply, reveal }: Draft,
  { seq, received_at: at, agent_label: label, message }: Extract<EvidenceRecord, { kind: "message" }>,
): DraftExample | null {
  const { verdict } = apply(label, message);
  if (verdict === "keep") return null;
  const revealed = reveal(label, message);
  const value = revealed.verdict === "redact" ? coveredIn(message, revealed.message) : message["data"];
  // It was taken out when the record came.
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  const before = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  const about = { seq, at, label, rule: name, before };
  if (verdict === "drop") return { ...about, effect: "drop", after: null };
  return { ...about, effect: "redact", after: JSON.stringify(REDACTED) };
}
