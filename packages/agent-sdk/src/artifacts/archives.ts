// The `artifact` interface as the SDK offers it: what is put away lies in one file in `archives/`, which `tar` opens too.
import { asError } from "../as-error.ts";
import { CallError } from "../calls/call-error.ts";
import type { CallContext } from "../calls/call-context.ts";
import { ARCHIVES, dayFolderOf, isPathOf } from "./artifact-name.ts";
import { sha256 } from "./artifact-store.ts";
import type { OwnFiles } from "./own-files.ts";
import { idsIn, type Selection } from "./selection.ts";
import { readTar, tarEnd, tarEntry } from "./tar.ts";

/** What an archive says of each of its files, in its own first file. */
interface Kept {
  readonly artifact_id: string;
  readonly rel_path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What became of a selection. */
export interface Archived {
  readonly archive_id: string;
  readonly artifact_ids: readonly string[];
  /** Of the archive. */
  readonly bytes: number;
}

const CONTENTS = "contents.json";

export class Archives {
  readonly #files: OwnFiles;
  readonly #wallMs: () => number;

  constructor(files: OwnFiles, wallMs: () => number) {
    this.#files = files;
    this.#wallMs = wallMs;
  }

  /** Puts files into one archive, and removes them once it is on the disk. The same selection is the same archive, however often
   *  it is asked for. Rejects with `unknown-artifact` or `altered`, and nothing has changed then. */
  async archive(
    selection: Selection,
    { signal, progress }: Pick<CallContext, "signal" | "progress">,
  ): Promise<Archived> {
    const ids = idsIn(selection);
    const archiveId = sha256(Buffer.from(ids.join("\n"))).slice(0, 32);
    const path = pathOf(archiveId);
    const paths = await this.#pathsOf(ids);
    const isAllThere = ![...paths.values()].includes(null);
    // An archive whose files are partly gone is whole: they go only after it was written.
    let bytes = isAllThere ? null : await this.#files.size(path);
    if (bytes === null) {
      const contents = await this.#contents(paths, selection.expected);
      bytes = await this.#files.write(path, this.#parts(contents, signal, progress));
    }
    for (const file of paths.values()) if (file !== null) await this.#files.remove(file);
    return { archive_id: archiveId, artifact_ids: ids, bytes };
  }

  /** Puts the files of an archive back where they were, each checked. The archive stays. Rejects with `unknown-archive` or
   *  `damaged-archive`. */
  async restore(
    archiveId: string,
    { signal, progress }: Pick<CallContext, "signal" | "progress">,
  ): Promise<Omit<Archived, "bytes">> {
    const path = pathOf(archiveId);
    if (path === "" || (await this.#files.size(path)) === null) {
      throw new CallError("unknown-archive", `there is no archive ${JSON.stringify(archiveId)} here`);
    }
    const restored: string[] = [];
    let contents: readonly Kept[] | null = null;
    try {
      for await (const { name, bytes } of this.#files.reading(path, readTar)) {
        signal.throwIfAborted();
        if (contents === null) {
          contents = contentsIn(name, bytes);
          continue;
        }
        const kept = contents.find((each) => each.rel_path === name);
        if (kept === undefined || sha256(bytes) !== kept.sha256) throw new RangeError(`${name} is not what was put in`);
        await this.#files.write(name, [bytes]);
        restored.push(kept.artifact_id);
        progress({ percent: (100 * restored.length) / contents.length });
      }
      if (contents === null || restored.length < contents.length) throw new RangeError("not all of it is there");
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new CallError("damaged-archive", `the archive ${archiveId} is damaged: ${asError(error).message}`);
    }
    return { archive_id: archiveId, artifact_ids: restored };
  }

  async #contents(paths: ReadonlyMap<string, string | null>, expected: ReadonlyMap<string, string>): Promise<Kept[]> {
    const contents: Kept[] = [];
    for (const [id, path] of paths) {
      const bytes = path === null ? null : await this.#files.read(path);
      if (path === null || bytes === null) throw new CallError("unknown-artifact", `there is no file of ${id} here`);
      const digest = sha256(bytes);
      if ((expected.get(id) ?? digest) !== digest) throw new CallError("altered", `${path} is not what was stored`);
      contents.push({ artifact_id: id, rel_path: path, sha256: digest, bytes: bytes.byteLength });
    }
    return contents;
  }

  async *#parts(
    contents: readonly Kept[],
    signal: AbortSignal,
    progress: CallContext["progress"],
  ): AsyncGenerator<Uint8Array> {
    const atMs = this.#wallMs();
    yield* tarEntry({ name: CONTENTS, bytes: Buffer.from(`${JSON.stringify(contents, null, 1)}\n`) }, atMs);
    for (const [index, { rel_path: name, sha256: digest }] of contents.entries()) {
      signal.throwIfAborted();
      const bytes = await this.#files.read(name);
      if (bytes === null || sha256(bytes) !== digest) throw new CallError("altered", `${name} changed meanwhile`);
      yield* tarEntry({ name, bytes }, atMs);
      progress({ percent: (100 * (index + 1)) / contents.length });
    }
    yield tarEnd();
  }

  /** Where the file of each id lies; `null` where there is none. */
  async #pathsOf(ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const paths = new Map<string, string | null>(ids.map((id) => [id, null]));
    for (const folder of new Set(ids.map(dayFolderOf))) {
      if (folder === null) continue;
      for (const name of await this.#files.names(folder)) {
        const [id = ""] = name.split(".");
        if (paths.has(id) && isPathOf(id, `${folder}/${name}`)) paths.set(id, `${folder}/${name}`);
      }
    }
    return paths;
  }
}

/** An archive's file; empty for what cannot be the id of one. */
function pathOf(archiveId: string): string {
  return /^[0-9a-f]{32}$/.test(archiveId) ? `${ARCHIVES}/${archiveId}.tar` : "";
}

function contentsIn(name: string, bytes: Uint8Array): Kept[] {
  if (name !== CONTENTS) throw new RangeError("it does not say what is in it");
  try {
    const contents = JSON.parse(Buffer.from(bytes).toString("utf8")) as Kept[];
    if (contents.every(({ artifact_id: id, rel_path: path }) => isPathOf(id, path))) return contents;
  } catch {
    // Said below.
  }
  throw new RangeError("what it says of its files makes no sense");
}
