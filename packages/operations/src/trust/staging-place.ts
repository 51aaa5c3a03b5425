import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DataDirectory } from "../data-directory.ts";
import { removeTree } from "./remove-tree.ts";

/** A name in `plugins/staging` that nobody has; its folder is there. */
export function stagingPlace({ staging }: DataDirectory, suffix = ""): string {
  mkdirSync(staging, { recursive: true, mode: 0o700 });
  return join(staging, `${randomBytes(8).toString("hex")}${suffix}`);
}

/** Removes what killed installations left in `plugins/staging`. Only the holder of the lock may. */
export function clearStaging({ staging }: DataDirectory): void {
  removeTree(staging);
}
