/** What is known of an artifact without looking at evidence. `gone`: another reference took its place, or it was erased. */
export const ROW_STATES = ["present", "missing", "altered", "archived", "purged", "purging", "gone"] as const;
export type RowState = (typeof ROW_STATES)[number];

/** What a row begins with. */
export interface NewRow {
  readonly seq: number;
  readonly place: number;
  readonly instance: number;
  readonly bytes: number;
  readonly capturedAtMs: number;
  readonly hash: Hash;
  /** Of its file, by which those are found that have the same one. */
  readonly file: Hash;
  /** The first 32 bits of its SHA-256. */
  readonly digest: number;
}

/** 64 bits of an artifact's id, or of its path. */
export interface Hash {
  readonly high: number;
  readonly low: number;
}

const FIRST = 256;

/** A row for each artifact ever referred to, in the order of evidence: 59 bytes each, whatever a reference says. Half a million of
 *  them, a picture a minute for a year, take 30 MB. */
export class Columns {
  length = 0;
  seq = new Float64Array(FIRST);
  bytes = new Float64Array(FIRST);
  capturedAtMs = new Float64Array(FIRST);
  /** Where in the chronicle its last entry begins; -1: there is none. */
  entry = new Float64Array(FIRST);
  high = new Uint32Array(FIRST);
  low = new Uint32Array(FIRST);
  fileHigh = new Uint32Array(FIRST);
  fileLow = new Uint32Array(FIRST);
  digest = new Uint32Array(FIRST);
  instance = new Uint32Array(FIRST);
  place = new Uint16Array(FIRST);
  state = new Uint8Array(FIRST);

  add(row: NewRow): number {
    if (this.length === this.seq.length) this.#grow();
    const at = this.length++;
    this.seq[at] = row.seq;
    this.bytes[at] = row.bytes;
    this.capturedAtMs[at] = row.capturedAtMs;
    this.entry[at] = -1;
    this.high[at] = row.hash.high;
    this.low[at] = row.hash.low;
    this.fileHigh[at] = row.file.high;
    this.fileLow[at] = row.file.low;
    this.digest[at] = row.digest;
    this.instance[at] = row.instance;
    this.place[at] = row.place;
    this.state[at] = 0;
    return at;
  }

  stateOf(row: number): RowState {
    return ROW_STATES[this.state[row] ?? 0] ?? "gone";
  }

  setState(row: number, state: RowState): void {
    this.state[row] = ROW_STATES.indexOf(state);
  }

  /** The first row of records from this one on. */
  firstOf(seq: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.seq[middle] ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const most = this.seq.length * 2;
    this.seq = larger(this.seq, new Float64Array(most));
    this.bytes = larger(this.bytes, new Float64Array(most));
    this.capturedAtMs = larger(this.capturedAtMs, new Float64Array(most));
    this.entry = larger(this.entry, new Float64Array(most));
    this.high = larger(this.high, new Uint32Array(most));
    this.low = larger(this.low, new Uint32Array(most));
    this.fileHigh = larger(this.fileHigh, new Uint32Array(most));
    this.fileLow = larger(this.fileLow, new Uint32Array(most));
    this.digest = larger(this.digest, new Uint32Array(most));
    this.instance = larger(this.instance, new Uint32Array(most));
    this.place = larger(this.place, new Uint16Array(most));
    this.state = larger(this.state, new Uint8Array(most));
  }
}

function larger<Column extends { set(values: Column): void }>(full: Column, empty: Column): Column {
  empty.set(full);
  return empty;
}
