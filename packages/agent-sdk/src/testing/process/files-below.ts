import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Every file below a folder with a digest of its content; to see what changed between two looks. */
export async function filesBelow(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    const path = join(entry.parentPath, entry.name);
    if (/[\\/](?:node_modules|\.git)(?:[\\/]|$)/.test(path.slice(folder.length))) continue;
    const bytes = entry.isFile() ? await readFile(path).catch(() => "") : entry.isDirectory() ? "a folder" : "";
    found.set(path, createHash("sha256").update(bytes).digest("hex"));
  }
  return found;
}
