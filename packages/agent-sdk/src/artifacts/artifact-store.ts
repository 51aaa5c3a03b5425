// An agent's files, from the moment they are stored until a summary refers to them.
import type { ArtifactReference } from "@mimolo/protocol/wire";
import { asError } from "../as-error.ts";
import { isoTime } from "../iso-time.ts";
import type { ArtifactDraft } from "./artifacts.ts";
import { ARCHIVES, ARTIFACTS, artifactId, dayFolderOf, isExtension } from "./artifact-name.ts";
import type { OwnFiles } from "./own-files.ts";
import { Unreferenced } from "./unreferenced.ts";

/** So many fit a summary beside what it says. */
const MOST_IN_A_SUMMARY = 64;

export class ArtifactStore {
  readonly #files: OwnFiles;
  readonly #wallMs: () => number;
  readonly #failed: (error: Error) => void;
  readonly #unreferenced: Unreferenced;
  #turn: Promise<unknown> | null = null;

  /** `failed` hears of what went wrong on the way to a summary, which goes out all the same. */
  constructor(files: OwnFiles, wallMs: () => number, failed: (error: Error) => void) {
    this.#files = files;
    this.#wallMs = wallMs;
    this.#failed = failed;
    this.#unreferenced = new Unreferenced(files);
  }

  /** Keeps a file. Rejects with a `TypeError` for an extension that is none, and with what the disk refuses. */
  store(draft: ArtifactDraft): Promise<ArtifactReference> {
    return this.#inTurn(async () => {
      const reference = referenceTo(draft, this.#wallMs());
      await this.#unreferenced.add(reference, () => this.#files.write(reference.rel_path, [draft.bytes]));
      return reference;
    });
  }

  /** What the next summary is to refer to. Never rejects. */
  waiting(): Promise<readonly ArtifactReference[]> {
    return this.#inTurn(() => Promise.resolve(this.#unreferenced.first(MOST_IN_A_SUMMARY)));
  }

  /** A summary took `references`, and privacy rules left those in `kept` of them: the files of the others go, since nobody would
   *  ever know of them. Never rejects. */
  told(references: readonly ArtifactReference[], kept: ReadonlySet<unknown>): Promise<void> {
    if (references.length === 0) return Promise.resolve();
    return this.#inTurn(async () => {
      const gone = references.filter(({ artifact_id: id }) => !kept.has(id));
      await this.#tried(() => this.#unreferenced.forget(references.map((reference) => reference.artifact_id)));
      for (const { rel_path: path } of gone) await this.#tried(() => this.#files.remove(path));
    });
  }

  #inTurn<Value>(task: () => Promise<Value>): Promise<Value> {
    const turn = (this.#turn ?? this.#begin()).then(task);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #begin(): Promise<void> {
    for (const folder of [ARTIFACTS, ARCHIVES]) await this.#tried(() => this.#files.sweep(folder));
    await this.#tried(() => this.#unreferenced.load());
  }

  async #tried(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      this.#failed(asError(error));
    }
  }
}

/** How a new file is referred to. Throws a `TypeError` for an extension that is none. */
export function referenceTo(draft: ArtifactDraft, nowMs: number): ArtifactReference {
  const { bytes, mime, extension, retentionClass = "retained", capturedAtMs = nowMs } = draft;
  if (!isExtension(extension)) throw new TypeError(`extension ${JSON.stringify(extension)} is not like "jpg"`);
  const id = artifactId(capturedAtMs);
  return {
    artifact_id: id,
    rel_path: `${dayFolderOf(id)}/${id}.${extension}`,
    sha256: sha256(bytes),
    bytes: bytes.byteLength,
    mime,
    captured_at: isoTime(capturedAtMs),
    retention_class: retentionClass,
  };
}

export function sha256(bytes: Uint8Array): string {
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(bytes).digest("hex");
}
