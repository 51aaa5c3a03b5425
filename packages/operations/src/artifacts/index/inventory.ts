import { parseTimestamp, type EvidenceRecord } from "@mimolo/protocol";
import { Columns, type RowState } from "./columns.ts";
import { type FoundReference, referencesIn } from "./references.ts";
import { hashOf, RowTable } from "./row-table.ts";
import { fileName } from "../own-folder.ts";

/** An agent that artifacts belong to, whether it still runs here or not. */
export interface Owner {
  readonly instanceId: string;
  readonly pluginId: string;
  readonly label: string;
}

/** Which rows are looked for; everything given must hold. */
export interface RowFilter {
  readonly label?: string | undefined;
  readonly plugin?: string | undefined;
  /** When it was captured, milliseconds since the epoch, half-open. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/** What the artifacts of one agent come to. */
export interface Sum {
  readonly label: string;
  readonly pluginId: string;
  artifacts: number;
  bytes: number;
}

/** These lie on the disk as far as is known. */
export const LYING: ReadonlySet<RowState> = new Set(["present", "altered"]);

/** Every artifact that evidence refers to. What a reference says stays in evidence; here is what it is found by. */
export class Inventory {
  readonly columns = new Columns();
  readonly #table = new RowTable(this.columns);
  readonly #owners: Owner[] = [];
  readonly #numbers = new Map<string, number>();
  /** Everything up to this record has been taken. */
  #through = 0;
  #expected = 0;

  get through(): number {
    return this.#through;
  }

  /** Whether evidence says something of artifacts, or will, that was not taken yet. */
  get isBehind(): boolean {
    return this.#expected > this.#through;
  }

  /** A message, or an erasure, is being written: what concerns artifacts is taken from evidence once it is committed. */
  written(seq: number, message?: Readonly<Record<string, unknown>>): void {
    const data = message?.["data"];
    const concerns = message === undefined || (typeof data === "object" && data !== null && "artifacts" in data);
    if (concerns) this.#expected = Math.max(this.#expected, seq);
  }

  /** All up to this record was read, or is about something else. */
  caughtUp(through: number): void {
    this.#through = Math.max(this.#through, through);
  }

  /** Takes a committed record; in the order of evidence. */
  take(record: EvidenceRecord): void {
    if (record.seq <= this.#through) return;
    this.#through = record.seq;
    if (record.kind === "erasure") this.#erased(record.data.seq);
    else for (const found of referencesIn(record)) this.#add(found);
  }

  /** The row of an artifact, or -1. */
  find(instanceId: string, artifactId: string): number {
    const number = this.#numbers.get(instanceId);
    if (number === undefined) return -1;
    const row = this.#table.find(number, hashOf(artifactId));
    return row === -1 || this.columns.stateOf(row) === "gone" ? -1 : row;
  }

  /** The agents that have an artifact of this id. */
  ownersOf(artifactId: string): Owner[] {
    return this.#owners.filter(({ instanceId }) => this.find(instanceId, artifactId) !== -1);
  }

  ownersCalled(label: string): Owner[] {
    return this.#owners.filter((owner) => owner.label === label);
  }

  owner(row: number): Owner {
    return this.#owners[this.columns.instance[row] ?? 0] ?? { instanceId: "", pluginId: "", label: "" };
  }

  /** Rows that pass, `step` 1 from the oldest on, -1 from the newest on, beginning at `from`. */
  *rows(filter: RowFilter, step: 1 | -1, from = step === 1 ? 0 : this.columns.length - 1): Generator<number> {
    const { label, plugin, fromMs = -Infinity, toMs = Infinity } = filter;
    const wanted = this.#owners.map(
      (owner) => (label === undefined || owner.label === label) && (plugin === undefined || owner.pluginId === plugin),
    );
    const { columns } = this;
    for (let row = from; row >= 0 && row < columns.length; row += step) {
      const atMs = columns.capturedAtMs[row] ?? 0;
      if (atMs < fromMs || atMs >= toMs || wanted[columns.instance[row] ?? 0] !== true) continue;
      if (columns.stateOf(row) !== "gone") yield row;
    }
  }

  /** Other rows with the file of one of `rows`, the newest first, each with all of those. Agents may name a file by several ids. */
  *sharing(rows: readonly number[]): Generator<{ readonly other: number; readonly rows: readonly number[] }> {
    const { columns } = this;
    const { fileLow: low, fileHigh: high, instance } = columns;
    const byFile = new Map<number, number[]>();
    for (const row of rows) {
      const known = byFile.get(low[row] ?? 0);
      if (known === undefined) byFile.set(low[row] ?? 0, [row]);
      else known.push(row);
    }
    const own = new Set(rows);
    for (let other = columns.length - 1; other >= 0; other--) {
      const near = byFile.get(low[other] ?? 0);
      if (near === undefined || own.has(other) || columns.stateOf(other) === "gone") continue;
      const same = near.filter((row) => high[row] === high[other] && instance[row] === instance[other]);
      if (same.length > 0) yield { other, rows: same };
    }
  }

  /** What lies on the disk, agent by agent, by their labels. */
  sums(): Sum[] {
    const byAgent = new Map<string, Sum>();
    const sums = this.#owners.map(({ label, pluginId }) => {
      const key = `${label} ${pluginId}`;
      const sum = byAgent.get(key) ?? { label, pluginId, artifacts: 0, bytes: 0 };
      byAgent.set(key, sum);
      return sum;
    });
    const { columns } = this;
    for (let row = 0; row < columns.length; row++) {
      const sum = sums[columns.instance[row] ?? 0];
      if (sum === undefined || !LYING.has(columns.stateOf(row))) continue;
      sum.artifacts++;
      sum.bytes += columns.bytes[row] ?? 0;
    }
    return [...byAgent.values()].toSorted((one, two) => (one.label < two.label ? -1 : 1));
  }

  #add({ reference, place, seq, ...owner }: FoundReference): void {
    const instance = this.#number(owner);
    const hash = hashOf(reference.artifact_id);
    const digest = Number.parseInt(reference.sha256.slice(0, 8), 16);
    const { columns } = this;
    const known = this.#table.find(instance, hash);
    if (known !== -1 && columns.stateOf(known) !== "gone") {
      // Said again, as an agent without a spool may: it is the same one still.
      if (columns.digest[known] === digest && columns.bytes[known] === reference.bytes) return;
      columns.setState(known, "gone");
    }
    const capturedAtMs = parseTimestamp(reference.captured_at) ?? 0;
    const file = hashOf(fileName(reference.rel_path));
    const row = columns.add({ seq, place, instance, bytes: reference.bytes, capturedAtMs, hash, file, digest });
    this.#table.put(row);
  }

  #erased(seq: number): void {
    const { columns } = this;
    for (let row = columns.firstOf(seq); columns.seq[row] === seq && row < columns.length; row++) {
      columns.setState(row, "gone");
    }
  }

  #number({ instanceId, pluginId, label }: Owner): number {
    const known = this.#numbers.get(instanceId);
    if (known !== undefined) return known;
    this.#numbers.set(instanceId, this.#owners.length);
    return this.#owners.push({ instanceId, pluginId, label }) - 1;
  }
}
