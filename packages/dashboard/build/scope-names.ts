import { readdirSync } from "node:fs";
import { relative, resolve, sep } from "node:path";

interface Named {
  readonly filename: string;
  readonly css: string;
  hash(text: string): string;
}

/**
 * The class that keeps one component's styles from another's stands wherever one of its classes does: a number by
 * the order of the files is shorter than a digest, never met twice, and the same in every build.
 */
export function scopeNames(folder: string): (of: Named) => string {
  const components = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".svelte"))
    .map((name) => name.replaceAll(sep, "/"))
    .sort();
  return ({ filename, css, hash }) => {
    const at = components.indexOf(relative(folder, resolve(filename)).replaceAll(sep, "/"));
    // Of another's component, or of none: svelte-check tries the settings on a name of its own.
    if (at === -1) return `svelte-${hash(css)}`;
    return `z${at.toString(36)}`;
  };
}
