// Files that no summary refers to yet: a list beside them, so that none is forgotten when the agent dies before its summary.
import type { ArtifactReference } from "@mimolo/protocol/wire";
import { isPathOf } from "./artifact-name.ts";
import type { OwnFiles } from "./own-files.ts";

const LIST = "index/unreferenced.jsonl";

export class Unreferenced {
  readonly #files: OwnFiles;
  readonly #references = new Map<string, ArtifactReference>();

  constructor(files: OwnFiles) {
    this.#files = files;
  }

  /** Takes up what an earlier run left. */
  async load(): Promise<void> {
    const text = (await this.#files.read(LIST))?.toString("utf8") ?? "";
    for (const line of text.split("\n")) {
      const reference = referenceIn(line);
      if (reference === null) continue;
      const size = await this.#files.size(reference.rel_path);
      if (size === reference.bytes) this.#references.set(reference.artifact_id, reference);
    }
  }

  /** The oldest, at most `most`. */
  first(most: number): ArtifactReference[] {
    return [...this.#references.values()].slice(0, most);
  }

  /** Lists a file and has it written. Listed first: what is listed and not there is forgotten, what is there and not listed would stay
   *  unknown. */
  async add(reference: ArtifactReference, write: () => Promise<unknown>): Promise<void> {
    await this.#files.append(LIST, `${JSON.stringify(reference)}\n`);
    await write();
    this.#references.set(reference.artifact_id, reference);
  }

  /** Forgets files now, and in the list unless the disk refuses. */
  async forget(ids: Iterable<string>): Promise<void> {
    for (const id of ids) this.#references.delete(id);
    const lines = [...this.#references.values()].map((reference) => `${JSON.stringify(reference)}\n`);
    if (lines.length === 0) await this.#files.remove(LIST);
    else await this.#files.write(LIST, [Buffer.from(lines.join(""))]);
  }
}

/** A reference as it was written; `null` for a torn line. */
function referenceIn(line: string): ArtifactReference | null {
  try {
    const reference = JSON.parse(line) as ArtifactReference;
    return isPathOf(reference.artifact_id, reference.rel_path) ? reference : null;
  } catch {
    return null;
  }
}
