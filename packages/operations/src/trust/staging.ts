import { existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import type { PluginManifest } from "@mimolo/protocol";
import { checkFolder, type FilesCheck, type OpenPackage } from "@mimolo/trust/package";
import type { DataDirectory } from "../data-directory.ts";
import { syncFolder } from "../sync-folder.ts";
import { dropFolder, markIncoming, unmark } from "./intents.ts";
import { removeTree } from "./remove-tree.ts";
import { stagingPlace } from "./staging-place.ts";

/** Writes a package beside the store and renames it in as a whole; what was there by that name goes. Until it is allowed, a mark
 *  beside it says so; what is `allowed` already is only mended. A payload that is not what the manifest says leaves
 *  everything as it was. */
export async function bringIn(
  opened: OpenPackage,
  directory: DataDirectory,
  { folder, allowed }: { readonly folder: string; readonly allowed: boolean },
): Promise<FilesCheck> {
  const staged = stagingPlace(directory);
  try {
    const files = await opened.stage(staged);
    if (files.ok && allowed) settle(staged, folder, directory);
    if (files.ok && !allowed) comeIn(staged, folder, directory);
    return files;
  } finally {
    removeTree(staged);
  }
}

/** Whether a folder of the store holds exactly what its manifest says. */
export function isIntact(folder: string, manifest: PluginManifest): boolean {
  return existsSync(folder) && checkFolder(folder, manifest).ok;
}

function comeIn(staged: string, folder: string, directory: DataDirectory): void {
  makePlace(folder, directory);
  markIncoming(folder);
  try {
    settle(staged, folder, directory);
  } catch (error) {
    dropFolder(directory, folder);
    unmark(folder);
    throw error;
  }
}

function settle(staged: string, folder: string, directory: DataDirectory): void {
  makePlace(folder, directory);
  if (existsSync(folder)) {
    const old = stagingPlace(directory);
    renameSync(folder, old);
    renameSync(staged, folder);
    removeTree(old);
  } else {
    renameSync(staged, folder);
  }
  syncFolder(dirname(folder));
}

function makePlace(folder: string, directory: DataDirectory): void {
  if (existsSync(dirname(folder))) return;
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
  syncFolder(directory.store);
}
