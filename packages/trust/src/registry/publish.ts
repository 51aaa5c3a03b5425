// Putting a package into a registry: the file first, then the index that names it, each whole or not at all.
import { lstatSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { link, realpath, rename } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { PublishReport } from "@mimolo/protocol";
import { nameFault } from "../package/entry-name.ts";
import { PackageError } from "../package/package-error.ts";
import { replaceFile } from "../replace-file.ts";
import { INDEX_NAME, readIndexFile } from "./index-file.ts";
import type { IndexEntry } from "./index-entry.ts";
import { entryOf, withEntry } from "./index-text.ts";
import { packageHash } from "./package-hash.ts";
import { DRAFT_PREFIX, draftOf, type PackageToPublish, type Publisher } from "./package-to-publish.ts";
import { inTurn } from "./registry-turn.ts";

/** What to publish, and where. */
export interface PublishOptions extends Publisher {
  /** A signed `.mmpkg`, an unpacked one, or with `sign` an author's folder. */
  readonly packagePath: string;
  /** The registry's folder; made when it is not there. */
  readonly directory: string;
  /** How long to wait for others who publish there; default 15,000. */
  readonly patienceMs?: number;
}

/** Puts a signed package into a registry and its index. The same package again changes nothing; a version that is there stays
 *  what it is. Throws PackageError: `unsigned`, `bad-signature`, `version-taken`, `registry-unreadable` for an index that would
 *  be lost, `registry-busy`, `registry-unwritable`, or what breaks the rules of packages. */
export async function publish(options: PublishOptions): Promise<PublishReport> {
  const { packagePath, patienceMs = 15_000 } = options;
  const directory = resolve(options.directory);
  try {
    mkdirSync(directory, { recursive: true });
    const found = await draftOf(packagePath, directory, options);
    try {
      return await inTurn(directory, patienceMs, (isOurs) => enter(directory, found, isOurs));
    } finally {
      rmSync(found.draft, { force: true });
    }
  } catch (error) {
    if (error instanceof PackageError || (error as NodeJS.ErrnoException).code === undefined) throw error;
    const message = `${directory} cannot be written: ${(error as Error).message}`;
    throw new PackageError("registry-unwritable", message, { cause: error });
  }
}

async function enter(directory: string, found: PackageToPublish, isOurs: () => boolean): Promise<PublishReport> {
  clearDrafts(directory, found.draft);
  const index = join(directory, INDEX_NAME);
  const { entries, tree } = indexToChange(index);
  const { manifest, keyId, sha256 } = found;
  const { id, version } = manifest;
  const there = entries.find((entry) => entry.id === id && entry.version === version);
  if (there !== undefined && there.sha256 !== sha256) throw taken(id, version, join(directory, there.file));
  const file = there?.file ?? `${id}-${version}.mmpkg`;
  const path = join(directory, ...file.split("/"));
  await refuseOutside(directory, path);
  const isNew = await putInPlace(found, path, there !== undefined);
  if (there === undefined) {
    if (!isOurs()) throw new PackageError("registry-busy", `somebody else took over in ${directory}; try again`);
    await replaceFile(index, Buffer.from(withEntry(tree, entryOf(manifest, file, sha256, keyId))));
  }
  const changed = isNew || there === undefined;
  return { plugin_id: id, version, key_id: keyId, sha256, path, index, changed };
}

/** The index as it is. One that cannot be read is never written over: what others published is in it. */
function indexToChange(path: string): {
  readonly entries: readonly IndexEntry[];
  readonly tree: Readonly<Record<string, unknown>>;
} {
  const { entries, tree, problems } = readIndexFile(path);
  const [first] = problems;
  if (tree !== null && !problems.some(({ code }) => code === "duplicate-key")) return { entries, tree };
  if (first?.code === "not-found") return { entries: [], tree: {} };
  const message = `${first?.message ?? path}; nothing was published. Mend it, or move it away and publish everything anew`;
  throw new PackageError("registry-unreadable", message);
}

/** A link in the registry is no way to write elsewhere. */
async function refuseOutside(directory: string, path: string): Promise<void> {
  const below = relative(await realpath(directory), await realpath(dirname(path)));
  if (below !== ".." && !below.startsWith(`..${sep}`) && !isAbsolute(below)) return;
  throw new PackageError("outside-registry", `${path} is behind a link that leads out of the registry`);
}

/** False when exactly these bytes lie there already. Other bytes stay, unless `isListed`: then these are the ones that the index
 *  promised, and what lies there was damaged. */
async function putInPlace(found: PackageToPublish, path: string, isListed: boolean): Promise<boolean> {
  const { draft, manifest, sha256 } = found;
  const fault = nameFault(basename(path));
  if (fault !== null) throw new PackageError(fault.code, `the package would be named ${fault.message}`);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    // Not every share has hard links; then our turn alone keeps others from this name.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" && !isThere(path)) {
      await rename(draft, path);
      return true;
    }
  }
  const isIntact = lstatSync(path).isFile() && (await packageHash(path)) === sha256;
  if (isIntact) return false;
  if (!isListed) throw taken(manifest.id, manifest.version, path);
  await rename(draft, path);
  return true;
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function taken(id: string, version: string, path: string): PackageError {
  const message = `${id} ${version} is in the registry with other bytes (${path}): a version never changes`;
  return new PackageError("version-taken", `${message}; give yours a new version in plugin.toml`);
}

const DRAFT_LASTS_MS = 3_600_000;

/** What publishers left that were cut off. */
function clearDrafts(directory: string, mine: string): void {
  const nowMs = statSync(mine).mtimeMs;
  for (const name of readdirSync(directory)) {
    if (!name.startsWith(DRAFT_PREFIX)) continue;
    const stats = statSync(join(directory, name), { throwIfNoEntry: false });
    if (stats !== undefined && nowMs - stats.mtimeMs > DRAFT_LASTS_MS) rmSync(join(directory, name), { force: true });
  }
}
