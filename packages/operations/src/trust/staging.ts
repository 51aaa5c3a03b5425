import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PluginManifest } from "@mimolo/protocol";
import { checkFolder, type FilesCheck, type OpenPackage } from "@mimolo/trust/package";
import type { DataDirectory } from "../data-directory.ts";
import { removeTree } from "./remove-tree.ts";

/** Removes what killed installations left in `plugins/staging`. Only the holder of the lock may. */
export function clearStaging({ staging }: DataDirectory): void {
  removeTree(staging);
}

/** A name in `plugins/staging` that nobody has; its folder is there. */
export function stagingPlace({ staging }: DataDirectory, suffix = ""): string {
  mkdirSync(staging, { recursive: true, mode: 0o700 });
  return join(staging, `${randomBytes(8).toString("hex")}${suffix}`);
}

/** Writes a package beside the store and renames it in as a whole; what was there by that name goes. A payload that is not
 *  what the manifest says leaves everything as it was. */
export async function bringIn(opened: OpenPackage, directory: DataDirectory, folder: string): Promise<FilesCheck> {
  const staged = stagingPlace(directory);
  try {
    const files = await opened.stage(staged);
    if (files.ok) settle(staged, folder, directory);
    return files;
  } finally {
    removeTree(staged);
  }
}

/** Whether a folder of the store holds exactly what its manifest says. */
export function isIntact(folder: string, manifest: PluginManifest): boolean {
  return existsSync(folder) && checkFolder(folder, manifest).ok;
}

function settle(staged: string, folder: string, directory: DataDirectory): void {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
  if (existsSync(folder)) {
    const old = stagingPlace(directory);
    renameSync(folder, old);
    renameSync(staged, folder);
    removeTree(old);
  } else {
    renameSync(staged, folder);
  }
  syncFolder(dirname(folder));
  syncFolder(directory.store);
}

/** Makes new names in a folder durable. Windows opens no folders. */
function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
