import fc from "fast-check";
import type { EvidenceRecord } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { Inventory, type RowFilter } from "../../src/artifacts/index/inventory.ts";
import { referenceTo } from "./shelf.ts";

interface Known {
  readonly id: string;
  readonly instance: number;
  readonly text: string;
  readonly atMs: number;
  readonly seq: number;
}

const agent = (instance: number) => ({
  instance_id: `i-${instance}`,
  plugin_id: `acme.p${instance % 2}`,
  agent_label: `agent-${instance}`,
});
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.nat(3), fc.array(fc.tuple(fc.nat(40), fc.nat(2), fc.nat(100)), { maxLength: 4 })),
  },
  { weight: 1, arbitrary: fc.nat(60) },
);

test("whatever is referred to, again, anew and erased: it is found and counted as in a plain list", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const inventory = new Inventory();
      let known: Known[] = [];
      for (const [index, each] of steps.entries()) {
        const seq = index + 1;
        inventory.take(record(seq, each));
        if (typeof each === "number") known = known.filter((one) => one.seq !== each);
        else
          known = each[1].reduce(
            (list, [id, text, at]) =>
              said(list, { id: `id-${id}`, instance: each[0], text: `text ${text}`, atMs: at * 1_000, seq }),
            known,
          );
      }
      compare(inventory, known, {});
      compare(inventory, known, { label: "agent-1" });
      compare(inventory, known, { plugin: "acme.p0", fromMs: 20_000, toMs: 70_000 });
      const sums = inventory.sums().map(({ label, artifacts, bytes }) => ({ label, artifacts, bytes }));
      const wanted = sums.map(({ label }) => {
        const own = known.filter(({ instance }) => agent(instance).agent_label === label);
        return { label, artifacts: own.length, bytes: own.reduce((sum, { text }) => sum + text.length, 0) };
      });
      expect(sums).toEqual(wanted);
    }),
    { numRuns: 150 },
  );
});

test("twenty thousand artifacts are found in the memory that is promised", () => {
  const inventory = new Inventory();
  for (let seq = 1; seq <= 20_000; seq++) inventory.take(record(seq, [0, [[seq, 0, 0]]]));
  const { columns } = inventory;
  const bytes = Object.values(columns).reduce(
    (sum, column) => sum + (ArrayBuffer.isView(column) ? column.byteLength : 0),
    0,
  );
  expect(bytes / columns.seq.length).toBeLessThanOrEqual(59);
  for (const id of [1, 17_777, 20_000]) {
    expect(columns.seq[inventory.find("i-0", `id-${id}`)]).toBe(id);
  }
  expect(inventory.find("i-0", "id-0")).toBe(-1);
  expect(inventory.find("i-1", "id-1")).toBe(-1);
});

function record(
  seq: number,
  each: readonly [number, readonly (readonly [number, number, number])[]] | number,
): EvidenceRecord {
  const frame = { seq, received_at: "2026-11-21T09:00:00Z", salt: "A" };
  if (typeof each === "number") {
    return { ...frame, kind: "erasure", data: { seq: each, leaf: "", by: "", why: "" } };
  }
  const [instance, references] = each;
  const artifacts = references.map(([id, text, at]) => ({
    ...referenceTo(`id-${id}`, `text ${text}`),
    captured_at: new Date(at * 1_000).toISOString(),
  }));
  return {
    ...frame,
    ...agent(instance),
    kind: "message",
    message: { type: "summary", data: { artifacts } },
  } as unknown as EvidenceRecord;
}

/** The list with one more: it takes the place of another with its id, unless it is that one. */
function said(list: readonly Known[], one: Known): Known[] {
  const before = list.find(({ id, instance }) => id === one.id && instance === one.instance);
  if (before?.text === one.text) return [...list];
  return [...list.filter((each) => each !== before), one];
}

function compare(inventory: Inventory, known: readonly Known[], filter: RowFilter): void {
  const { label, plugin, fromMs = 0, toMs = Infinity } = filter;
  const wanted = known.filter(({ instance, atMs }) => {
    const { agent_label: ownLabel, plugin_id: ownPlugin } = agent(instance);
    return (label ?? ownLabel) === ownLabel && (plugin ?? ownPlugin) === ownPlugin && atMs >= fromMs && atMs < toMs;
  });
  const rows = wanted.map(({ id, instance }) => inventory.find(`i-${instance}`, id));
  expect(rows).not.toContain(-1);
  expect([...inventory.rows(filter, 1)]).toEqual(rows.toSorted((one, two) => one - two));
  expect([...inventory.rows(filter, -1)]).toEqual([...inventory.rows(filter, 1)].toReversed());
}
