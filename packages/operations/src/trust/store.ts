import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PluginManifest, MAX_MANIFEST_BYTES, type PluginProblem } from "@mimolo/protocol";
import type { AllowEntry, TrustData } from "@mimolo/trust";
import type { DataDirectory } from "../data-directory.ts";
import type { BrokenPlugin, InstalledPlugin, StoredPackage } from "./installed-plugin.ts";

/** The file of a package that everything else is checked against. */
export const MANIFEST_FILE = "mimolo-plugin.json";

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

function storedAs(directory: DataDirectory, entry: AllowEntry): StoredPackage | null {
  const { kind, plugin_id: pluginId, version, digest, key_id: keyId = null, at } = entry;
  if (kind !== "package" || pluginId === undefined || version === undefined) return null;
  return { pluginId, version, folder: storeFolder(directory, pluginId, version, digest), digest, keyId, at };
}

function withManifest(stored: StoredPackage): InstalledPlugin | BrokenPlugin {
  const manifest = readStoredManifest(join(stored.folder, MANIFEST_FILE));
  if (typeof manifest !== "string") return { ...stored, manifest };
  const { pluginId, version, folder } = stored;
  const reason = `${pluginId} ${version}: ${MANIFEST_FILE} in ${folder} ${manifest === "missing-file" ? "is gone" : "has changed"}; install the package again`;
  return { ...stored, verdict: manifest, reason };
}

function readStoredManifest(file: string): PluginManifest | "missing-file" | "modified" {
  let text: string;
  try {
    if (statSync(file).size > MAX_MANIFEST_BYTES) return "modified";
    text = readFileSync(file, "utf8");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "missing-file" : "modified";
  }
  try {
    return PluginManifest.parse(JSON.parse(text));
  } catch {
    return "modified";
  }
}
