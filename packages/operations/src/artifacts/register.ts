import { LedgerReader, type LedgerLine } from "@mimolo/ledger";
import { recordOf } from "@mimolo/evidence";
import type { Clock } from "@mimolo/supervisor";
import type { DataDirectory } from "../data-directory.ts";
import { contentOf } from "./content.ts";
import { Chronicle, type ChronicleEntry } from "./chronicle.ts";
import { type Detail, Details } from "./details.ts";
import type { RowState } from "./index/columns.ts";
import type { Inventory } from "./index/inventory.ts";
import { OwnFolders } from "./own-folder.ts";

export interface RegisterParts {
  readonly directory: Pick<DataDirectory, "agentsRoot" | "evidence" | "artifacts">;
  readonly clock: Pick<Clock, "wallMs">;
  readonly inventory: Inventory;
  /** The newest record that is on the disk. */
  committedSeq(): number;
  /** Nothing is written down: what a dead collector left half done is only told as it lies. */
  readonly onlyReads?: boolean;
}

/** Whose doing something is, and why. */
export interface Doing {
  readonly by: string;
  readonly reason?: string | null;
  readonly archiveId?: string | null;
}

type Event = ChronicleEntry["event"];

const STATES: Readonly<Record<Event, RowState>> = {
  archived: "archived",
  restored: "present",
  purging: "purging",
  purged: "purged",
  kept: "present",
};

/** What is decided by people; a look at the disk changes nothing of it. */
const DECIDED: ReadonlySet<RowState> = new Set(["archived", "purged", "purging", "gone"]);

/** Artifacts as they stand: what evidence refers to, what became of it, and what lies on the disk. */
export class ArtifactRegister {
  readonly inventory: Inventory;
  readonly details: Details;
  readonly folders: OwnFolders;
  readonly #chronicle: Chronicle;
  readonly #parts: RegisterParts;
  readonly #reader: LedgerReader;
  #reading: Promise<void> | null = null;
  #isLoaded = false;

  constructor(parts: RegisterParts) {
    const { directory, inventory } = parts;
    this.#parts = parts;
    this.inventory = inventory;
    this.#reader = new LedgerReader(directory.evidence);
    this.details = new Details(this.#reader, inventory);
    this.folders = new OwnFolders(directory.agentsRoot);
    this.#chronicle = new Chronicle(directory.artifacts);
  }

  /** Resolves once everything is known that is committed. */
  async ready(): Promise<void> {
    // Whoever comes while it is read may ask for something that came after it was begun.
    await this.#reading;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  /** Looks whether the file of a row is there, and as large as evidence says. */
  look(detail: Detail): RowState {
    const { columns } = this.inventory;
    const state = columns.stateOf(detail.row);
    if (DECIDED.has(state)) return state;
    const size = this.folders.sizeOf(placeOf(detail));
    columns.setState(detail.row, found(size, detail.reference.bytes, state));
    return columns.stateOf(detail.row);
  }

  /** Somebody read the file of a row, and this is what it is like. */
  saw(row: number, state: "present" | "missing" | "altered"): void {
    const { columns } = this.inventory;
    if (!DECIDED.has(columns.stateOf(row))) columns.setState(row, state);
  }

  /** Whether the file is there with the bytes that evidence names, whatever became of the artifact. One that is larger than may be
   *  shown is only as long. */
  async isWhole(detail: Detail): Promise<boolean> {
    const content = await contentOf(this.folders, placeOf(detail), detail.reference);
    return content.ok || content.why === "too-large";
  }

  /** Writes down what became of artifacts; it counts once this resolves. */
  async note(event: Event, details: readonly Detail[], { by, reason = null, archiveId = null }: Doing): Promise<void> {
    const at = new Date(this.#parts.clock.wallMs()).toISOString();
    const entries = details.map(({ reference, seq, instanceId, label, pluginId }) => ({
      at,
      event,
      instance_id: instanceId,
      artifact_id: reference.artifact_id,
      seq,
      label,
      plugin_id: pluginId,
      sha256: reference.sha256,
      bytes: reference.bytes,
      by,
      reason,
      archive_id: archiveId,
    }));
    const offsets = await this.#chronicle.append(entries);
    const { columns } = this.inventory;
    for (const [index, { row }] of details.entries()) {
      columns.setState(row, STATES[event]);
      columns.entry[row] = offsets[index] ?? -1;
    }
  }

  /** What became of a row last; `null`: nothing. */
  async lastOf(row: number): Promise<ChronicleEntry | null> {
    const offset = this.inventory.columns.entry[row] ?? -1;
    return offset === -1 ? null : await this.#chronicle.at(offset);
  }

  /** The rows that were put into this archive of an agent and do not lie in its folder now, as far as we know. It may hold them still
   *  though they came back once: only its agent knows. */
  async inArchive(instanceId: string, archiveId: string): Promise<number[]> {
    const rows = new Set<number>();
    const { columns } = this.inventory;
    for await (const { entry } of this.#chronicle.entries()) {
      if (entry.instance_id !== instanceId || entry.archive_id !== archiveId) continue;
      const row = this.inventory.find(instanceId, entry.artifact_id);
      const isSame = row !== -1 && columns.seq[row] === entry.seq;
      if (isSame && (entry.event === "archived" || entry.event === "purged")) rows.add(row);
    }
    return [...rows].filter((row) => ["archived", "purged"].includes(columns.stateOf(row)));
  }

  /** Every record from `seqFrom` on that may refer to artifacts, a commit at a time. */
  blocks(seqFrom: number): AsyncGenerator<readonly LedgerLine[]> {
    return this.#reader.blocks({ seqFrom });
  }

  async #read(): Promise<void> {
    const { inventory } = this.#parts;
    const through = this.#parts.committedSeq();
    if (inventory.isBehind) {
      for await (const block of this.blocks(inventory.through + 1)) {
        for (const { line } of block) {
          if (!concerns(line)) continue;
          const record = recordOf(line);
          if (record !== null) inventory.take(record);
        }
      }
    }
    inventory.caughtUp(through);
    if (this.#isLoaded) return;
    this.#isLoaded = true;
    await this.#load();
  }

  async #load(): Promise<void> {
    const { inventory } = this;
    const { columns } = inventory;
    for await (const { entry, offset } of this.#chronicle.entries()) {
      const row = inventory.find(entry.instance_id, entry.artifact_id);
      if (row === -1 || columns.seq[row] !== entry.seq) continue;
      columns.setState(row, STATES[entry.event]);
      columns.entry[row] = offset;
    }
    await this.#finishPurges();
  }

  /** A collector that died in the middle of a purge has deleted some files: those are purged, the others are not. */
  async #finishPurges(): Promise<void> {
    const { columns } = this.inventory;
    const rows = [...this.inventory.rows({}, 1)].filter((row) => columns.stateOf(row) === "purging");
    for await (const detail of this.details.of(rows)) {
      const begun = await this.lastOf(detail.row);
      const doing = { by: begun?.by ?? "unknown", reason: begun?.reason ?? null, archiveId: begun?.archive_id ?? null };
      const isThere = this.folders.sizeOf(placeOf(detail)) !== null;
      if (this.#parts.onlyReads === true) {
        columns.setState(detail.row, isThere ? "present" : "purged");
        continue;
      }
      await this.note(isThere ? "kept" : "purged", [detail], doing);
    }
  }
}

/** Where the file of an artifact lies. */
export function placeOf({ pluginId, instanceId, reference }: Omit<Detail, "row">) {
  return { pluginId, instanceId, relPath: reference.rel_path };
}

/** That bytes are others may have been seen by reading them: only whoever reads them again knows better. */
function found(size: number | null, bytes: number, before: RowState): RowState {
  if (size === null) return "missing";
  return size !== bytes || before === "altered" ? "altered" : "present";
}

/** Most lines are about something else, and need not be parsed. */
function concerns(line: Uint8Array): boolean {
  const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength);
  return bytes.includes('"artifacts"') || bytes.includes('"kind":"erasure"');
}
