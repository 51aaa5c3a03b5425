import { readdirSync } from "node:fs";
import { relative, resolve, sep } from "node:path";

/**
 * The class that keeps one component's styles from another's stands wherever one of its classes does: a number by
 * the order of the files is shorter than a digest, never met twice, and the same in every build.
 */
export function scopeNames(folder: string): (of: { filename: string }) => string {
  const components = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".svelte"))
    .map((name) => name.replaceAll(sep, "/"))
    .sort();
  return ({ filename }) => {
    const at = components.indexOf(relative(folder, resolve(filename)).replaceAll(sep, "/"));
    if (at === -1) throw new Error(`${filename} is not in ${folder}: see build/scope-names.ts`);
    return `z${at.toString(36)}`;
  };
}
