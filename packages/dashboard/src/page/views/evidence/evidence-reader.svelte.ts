import { type Api, ApiProblem } from "../../api/index.ts";
import type { EvidenceFilter } from "./filter.ts";
import { readRange, type ReadPage } from "./read-range.ts";
import { RowList } from "./row-list.ts";
import { type Row, rowOf } from "./row.ts";
import type { Slice } from "./slices.ts";

/** Reads the records that a filter asks for, newest first, and those that come while it is looked at. */
export class EvidenceReader {
  readonly #api: Api;
  #list = new RowList();
  #reading = 0;
  #newestSeq = 0;
  #isFollowing = false;
  #filter: EvidenceFilter = {};
  #range: Slice = { fromMs: 0, toMs: 0 };
  #rows = $state.raw<readonly Row[]>([]);
  #version = $state.raw(0);
  #share = $state.raw(0);
  #problem = $state.raw<ApiProblem | null>(null);

  constructor(api: Api) {
    this.#api = api;
  }

  /** Newest first. The list may grow in place; `version` goes up each time. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  get version(): number {
    return this.#version;
  }

  /** How much of the range is read, up to 1. */
  get share(): number {
    return this.#share;
  }

  get isFull(): boolean {
    return this.#version >= 0 && this.#list.isFull;
  }

  get problem(): ApiProblem | null {
    return this.#problem;
  }

  /** Begins anew; what was being read is let go of. */
  async read(filter: EvidenceFilter, range: Slice): Promise<void> {
    const reading = ++this.#reading;
    const isOld = () => reading !== this.#reading;
    this.#list = new RowList();
    this.#newestSeq = 0;
    this.#filter = filter;
    this.#range = range;
    this.#problem = null;
    this.#share = 0;
    this.#show();
    try {
      for await (const { rows, share } of readRange(upToNow(range), this.#readPage(filter))) {
        if (isOld()) return;
        this.#list.addOlder(rows);
        this.#noteNewest(rows);
        this.#share = share;
        this.#show();
        if (this.#list.isFull) return;
      }
      this.#share = 1;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (!isOld()) this.#problem = error;
    }
  }

  /** Adds what was committed since; one look at a time. */
  async follow(): Promise<void> {
    if (this.#isFollowing || this.#share < 1 || this.#problem !== null || this.#range.toMs < Date.now()) return;
    this.#isFollowing = true;
    const reading = this.#reading;
    try {
      const from = new Date(this.#range.fromMs).toISOString();
      const to = new Date(this.#range.toMs).toISOString();
      const cursor = String(this.#newestSeq);
      const page = await this.#readPage(this.#filter)({ from, to, cursor, limit: 1_000 });
      if (reading !== this.#reading) return;
      const rows = page.items.map(rowOf);
      this.#noteNewest(rows);
      if (this.#list.addNewer(rows) > 0) this.#show();
    } catch (error) {
      // What is missed now is seen with the next look.
      if (!(error instanceof ApiProblem)) throw error;
    } finally {
      this.#isFollowing = false;
    }
  }

  stop(): void {
    this.#reading += 1;
  }

  #readPage({ agent, kind }: EvidenceFilter): ReadPage {
    return (wanted) => this.#api.get("/evidence", { query: { ...wanted, agent, kind } });
  }

  #noteNewest(rows: readonly Row[]): void {
    for (const { seq } of rows) if (seq > this.#newestSeq) this.#newestSeq = seq;
  }

  #show(): void {
    this.#rows = this.#list.rows;
    this.#version += 1;
  }
}

/** What is to come need not be looked for; a clock may be a little ahead of ours. */
function upToNow({ fromMs, toMs }: Slice): Slice {
  return { fromMs, toMs: Math.max(fromMs, Math.min(toMs, Date.now() + 60_000)) };
}
