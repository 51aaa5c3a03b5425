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
  const groups = new Map<string, { span: Span; items: unknown }[]>();
  for (const span of events.toSorted(compareSpans)) {
    const items = itemsOf(span);
    if (items === undefined) continue;
    const key = keyOf(span.source.label, span.dataHeader);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ span, items }]);
    else group.push({ span, items });
  }
  return [...groups.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => groupOf(group));
}

/** SHA-256 of ascending record numbers in decimal, joined by commas: lower-case hex. */
export function seqsSha256(seqs: readonly number[]): string {
  return createHash("sha256")
    .update(seqs.toSorted((a, b) => a - b).join(","))
    .digest("hex");
}

function groupOf(group: readonly { span: Span; items: unknown }[]): ItemGroup {
  return {
    agent_label: group[0]?.span.source.label ?? "",
    header: group[0]?.span.dataHeader ?? "",
    items: group.map(({ items }) => items),
    seqs: group.map(({ span }) => span.source.seq).toSorted((a, b) => a - b),
  };
}

function itemsOf(span: Span): unknown {
  if (span.dataHeader === null || span.source.data === null) return undefined;
  const event = textOf(span.source.data["event"]) ?? "";
  const found = monitorItems({ data: { ...span.source.data, event } }, span.dataHeader);
  return found.ok ? found.items : undefined;
}

function uniqueItems(items: readonly unknown[]): unknown[] {
  const unique = new Map<string, unknown>();
  for (const item of items.flat(1)) {
    const key = JSON.stringify(item) ?? "";
    if (!unique.has(key)) unique.set(key, item);
  }
  return [...unique.values()];
}

function keyOf(...parts: readonly (string | null)[]): string {
  return JSON.stringify(parts);
}
