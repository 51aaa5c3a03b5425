// A few looks that tell whether asking git would give a new answer.
import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { Repository } from "../git/repository.ts";
import { readSmallFile } from "../git/small-file.ts";

/** A short text that changes when HEAD, its branch, the index, or what was fetched does. Calls no git. */
export function fingerprintOf({ gitDir, commonDir }: Repository): string {
  const head = read(join(gitDir, "HEAD"));
  const branch = /^ref: (refs\/[^\0]+?)\s*$/.exec(head)?.[1];
  const looks = [
    join(gitDir, "index"),
    join(gitDir, "logs", "HEAD"),
    join(gitDir, "FETCH_HEAD"),
    join(commonDir, "packed-refs"),
  ];
  if (branch !== undefined) looks.push(join(commonDir, branch));
  return [head, ...looks.map((path) => lookAt(path))].join("|");
}

/** A short text that changes when the path is written, replaced, made or removed. */
export function lookAt(path: string): string {
  try {
    const seen = lstatSync(path, { throwIfNoEntry: false, bigint: true });
    return seen === undefined ? "" : `${seen.mtimeNs}:${seen.size}:${seen.ino}`;
  } catch {
    return "";
  }
}

function read(path: string): string {
  return readSmallFile(path)?.slice(0, 4_096) ?? "";
}
