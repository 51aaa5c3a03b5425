import { createHash } from "node:crypto";
import type { EvidenceRecord } from "@mimolo/protocol";
import { monitorItems } from "@mimolo/protocol/wire";
import { objectOf, textOf } from "../loose.ts";
import { insertSorted } from "./intervals.ts";
import { compareSpans, type Span } from "./spans.ts";

/** The items one monitor contributed to a segment under one header. */
export interface ItemGroup {
  readonly agent_label: string;
  readonly header: string;
  /** One entry per event, as the events came in time. */
  readonly items: readonly unknown[];
  /** The `seq` of those records, ascending. */
  readonly seqs: readonly number[];
}

/** What a monitor's `filter` is asked with when a segment closes, and what its answer is filed under. */
export interface AggregationInput extends ItemGroup {
  readonly input_seqs_sha256: string;
}

interface Answer {
  readonly seq: number;
  readonly value: unknown;
  /** False: the monitor was asked and had no value to give. */
  readonly usable: boolean;
}

/** Answers of monitors by label, header and inputs. Of several the latest counts. */
export class AggregateBook {
  readonly #answers = new Map<string, Answer[]>();

  /** False when the record is no aggregate. */
  add(record: EvidenceRecord): boolean {
    if (record.kind !== "aggregate") return false;
    const data = objectOf(record.data) ?? {};
    const key = keyOf(textOf(data["agent_label"]), textOf(data["header"]), textOf(data["input_seqs_sha256"]));
    const answer = { seq: record.seq, value: data["value"], usable: Object.hasOwn(data, "value") };
    const known = this.#answers.get(key);
    if (known === undefined) this.#answers.set(key, [answer]);
    else insertSorted(known, answer, (a, b) => a.seq - b.seq);
    return true;
  }

  /** False when no answer has that record number. */
  remove(seq: number): boolean {
    for (const answers of this.#answers.values()) {
      const at = answers.findIndex((answer) => answer.seq === seq);
      if (at >= 0) return answers.splice(at, 1).length > 0;
    }
    return false;
  }

  /** True when the monitor was asked with exactly these inputs, whatever came of it. */
  answers({
    agent_label: label,
    header,
    input_seqs_sha256: sha256,
  }: Pick<AggregationInput, "agent_label" | "header" | "input_seqs_sha256">): boolean {
    return (this.#answers.get(keyOf(label, header, sha256)) ?? []).length > 0;
  }

  /** The monitor's value for exactly these inputs, else their flattened unique items. */
  valueOf(group: ItemGroup): unknown {
    if (this.#answers.size === 0) return uniqueItems(group.items);
    const answer = this.#answers.get(keyOf(group.agent_label, group.header, seqsSha256(group.seqs)))?.at(-1);
    return answer?.usable === true ? answer.value : uniqueItems(group.items);
  }
}

/** The inputs of a segment's aggregations, by label and header, labels in order. */
export function inputsOf(events: readonly Span[]): AggregationInput[] {
  return groupsOf(events).map((group) => ({ ...group, input_seqs_sha256: seqsSha256(group.seqs) }));
}

/** The items of a segment's events with a data header, by label and header, labels in order. */
export function groupsOf(events: readonly Span[]): ItemGroup[] {
  if (events.length === 0) return [];
  const labels = new Map<string, Map<string, Entry[]>>();
  for (const span of inFoldOrder(events)) {
    const items = itemsOf(span);
    if (items === undefined || span.dataHeader === null) continue;
    const headers = labels.get(span.source.label) ?? new Map<string, Entry[]>();
    labels.set(span.source.label, headers);
    const entries = headers.get(span.dataHeader);
    if (entries === undefined) headers.set(span.dataHeader, [{ seq: span.source.seq, items }]);
    else entries.push({ seq: span.source.seq, items });
  }
  return byName(labels).flatMap(([label, headers]) =>
    byName(headers).map(([header, entries]) => groupOf(label, header, entries)),
  );
}

/** SHA-256 of ascending record numbers in decimal, joined by commas: lower-case hex. */
export function seqsSha256(seqs: readonly number[]): string {
  return createHash("sha256")
    .update(seqs.toSorted((a, b) => a - b).join(","))
    .digest("hex");
}

interface Entry {
  readonly seq: number;
  readonly items: unknown;
}

function groupOf(agent_label: string, header: string, entries: readonly Entry[]): ItemGroup {
  const seqs = entries.map(({ seq }) => seq).toSorted((a, b) => a - b);
  return { agent_label, header, items: entries.map(({ items }) => items), seqs };
}

function byName<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

// Events mostly come in order; then there is nothing to sort.
function inFoldOrder(events: readonly Span[]): readonly Span[] {
  const ordered = events.every((span, index) => compareSpans(events[index - 1] ?? span, span) <= 0);
  return ordered ? events : events.toSorted(compareSpans);
}

function itemsOf({ source, dataHeader }: Span): unknown {
  if (dataHeader === null || source.data === null) return undefined;
  const found = monitorItems({ data: { event: "", payload: source.data["payload"], ...source.data } }, dataHeader);
  return found.ok ? found.items : undefined;
}

function uniqueItems(items: readonly unknown[]): unknown[] {
  const unique = new Map<string, unknown>();
  for (const item of items.flat(1)) {
    const key = typeof item === "string" ? `"${item}` : (JSON.stringify(item) ?? "");
    if (!unique.has(key)) unique.set(key, item);
  }
  return [...unique.values()];
}

function keyOf(...parts: readonly (string | null)[]): string {
  return JSON.stringify(parts);
}
