import { readdirSync } from "node:fs";
import { join } from "node:path";
import { MAX_MANIFEST_BYTES, type PluginManifest, type PluginProblem } from "@mimolo/protocol";
import type { AllowEntry, TrustData } from "@mimolo/trust";
import { MANIFEST_NAME, readManifest } from "@mimolo/trust/package";
import compare from "semver/functions/compare.js";
import { hashedFile } from "../agents/plan/hashed-file.ts";
import type { DataDirectory } from "../data-directory.ts";
import { readPlainFile } from "../plain-file.ts";
import type { BrokenPlugin, InstalledPlugin, StoredPackage } from "./installed-plugin.ts";

/** What the store holds of what was allowed. */
export interface Store {
  readonly installed: readonly InstalledPlugin[];
  readonly broken: readonly BrokenPlugin[];
  readonly problems: readonly PluginProblem[];
}

/** The folder that exactly this package is kept in. */
export function storeFolder(directory: DataDirectory, pluginId: string, version: string, digest: string): string {
  return join(directory.store, pluginId, `${version}-${digest.slice(0, 16)}`);
}

/** Every package that `trust` allows, one version of each plugin, by id. Reads manifests and judges nothing; never throws. */
export function readStore(directory: DataDirectory, trust: TrustData): Store {
  const stored = trust.allow.flatMap((entry) => storedAs(directory, entry) ?? []);
  const read = stored.toSorted((a, b) => (a.pluginId < b.pluginId ? -1 : 1)).map(withManifest);
  const broken = read.filter((plugin): plugin is BrokenPlugin => "verdict" in plugin);
  return {
    installed: read.filter((plugin): plugin is InstalledPlugin => "manifest" in plugin),
    broken,
    problems: broken.map(({ folder, verdict, reason }) => ({ path: folder, code: verdict, message: reason })),
  };
}

/** The newest of each plugin that lies in the store, whatever anybody allowed: what is known of it where `trust.json` cannot be
 *  read. Never throws. */
export function readUnvouched(directory: DataDirectory): InstalledPlugin[] {
  return namesIn(directory.store).flatMap((pluginId) => {
    const folders = namesIn(join(directory.store, pluginId)).map((name) => join(directory.store, pluginId, name));
    const found = folders.flatMap((folder) => unvouched(pluginId, folder) ?? []);
    return found.toSorted((a, b) => compare(b.version, a.version)).slice(0, 1);
  });
}

function unvouched(pluginId: string, folder: string): InstalledPlugin | null {
  const manifest = readStoredManifest(join(folder, MANIFEST_NAME));
  if (typeof manifest === "string" || manifest.id !== pluginId) return null;
  const digest = hashedFile(join(folder, MANIFEST_NAME))?.sha256 ?? "";
  return { pluginId, version: manifest.version, folder, manifest, digest, keyId: null, at: "" };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

function storedAs(directory: DataDirectory, entry: AllowEntry): StoredPackage | null {
  const { kind, plugin_id: pluginId, version, digest, key_id: keyId = null, at } = entry;
  if (kind !== "package" || pluginId === undefined || version === undefined) return null;
  return { pluginId, version, folder: storeFolder(directory, pluginId, version, digest), digest, keyId, at };
}

function withManifest(stored: StoredPackage): InstalledPlugin | BrokenPlugin {
  const manifest = readStoredManifest(join(stored.folder, MANIFEST_NAME));
  if (typeof manifest !== "string") return { ...stored, manifest };
  const { pluginId, version, folder } = stored;
  const reason = `${pluginId} ${version}: ${MANIFEST_NAME} in ${folder} ${manifest === "missing-file" ? "is gone" : "has changed"}; install the package again`;
  return { ...stored, verdict: manifest, reason };
}

function readStoredManifest(file: string): PluginManifest | "missing-file" | "modified" {
  try {
    const bytes = readPlainFile(file, MAX_MANIFEST_BYTES);
    const read = bytes === null ? null : readManifest(bytes);
    return read?.ok === true ? read.manifest : "modified";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "missing-file" : "modified";
  }
}
