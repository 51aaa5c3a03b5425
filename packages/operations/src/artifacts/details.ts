import { recordOf } from "@mimolo/evidence";
import type { LedgerReader } from "@mimolo/ledger";
import type { Inventory } from "./index/inventory.ts";
import { type FoundReference, referencesIn } from "./index/references.ts";

/** Records between two that are wanted: so far it is quicker to read on than to begin again. */
const NEAR = 500;

/** A row with what evidence says of it. */
export interface Detail extends FoundReference {
  readonly row: number;
}

/** Reads what evidence says of rows, which come in its order or against it. A row whose record says nothing any more is left out. */
export class Details {
  readonly #reader: LedgerReader;
  readonly #inventory: Inventory;

  constructor(reader: LedgerReader, inventory: Inventory) {
    this.#reader = reader;
    this.#inventory = inventory;
  }

  async one(row: number): Promise<Detail | null> {
    for await (const detail of this.of([row])) return detail;
    return null;
  }

  /** In the order of `rows`. */
  async *of(rows: readonly number[]): AsyncGenerator<Detail> {
    const { columns } = this.#inventory;
    for (let from = 0; from < rows.length; ) {
      let to = from + 1;
      while (to < rows.length && Math.abs(this.#seq(rows[to]) - this.#seq(rows[to - 1])) <= NEAR && to - from < NEAR)
        to++;
      const run = rows.slice(from, to);
      const found = await this.#read(run.toSorted((one, two) => one - two));
      for (const row of run) {
        const detail = found.get(row);
        if (detail === undefined) columns.setState(row, "gone");
        else yield detail;
      }
      from = to;
    }
  }

  #seq(row: number | undefined): number {
    return this.#inventory.columns.seq[row ?? 0] ?? 0;
  }

  async #read(rows: readonly number[]): Promise<Map<number, Detail>> {
    const wanted = new Map<number, number[]>();
    for (const row of rows) wanted.set(this.#seq(row), [...(wanted.get(this.#seq(row)) ?? []), row]);
    const found = new Map<number, Detail>();
    const range = { seqFrom: this.#seq(rows[0]), seqTo: this.#seq(rows.at(-1)) };
    for await (const block of this.#reader.blocks(range)) {
      for (const { seq, line } of block) {
        const here = wanted.get(seq);
        const record = here === undefined ? null : recordOf(line);
        if (record === null) continue;
        const references = referencesIn(record);
        for (const row of here ?? []) {
          const reference = references.find(({ place }) => place === this.#inventory.columns.place[row]);
          if (reference !== undefined) found.set(row, { ...reference, row });
        }
      }
    }
    return found;
  }
}
