// Which names in a folder are the user's work, and which are never looked at.
import { extname } from "node:path";
import type { Folder } from "./folder.ts";
import { isIgnored } from "./ignore-scope.ts";
import { wayDown } from "./paths.ts";
import { Rules } from "./rules.ts";

/** Decides by, in this order: `.git`, the folders never to be watched, extensions, the settings' rules, gitignore. */
export class Visibility {
  readonly #forbidden: ReadonlySet<string>;
  readonly #extensions: ReadonlySet<string>;
  readonly #rules: Rules;

  /** `forbidden` are absolute paths; `extensions` are lower-case with their dot, none means all; `patterns` are in
   *  gitignore form, relative to the top of the tree. */
  constructor(options: {
    readonly forbidden: Iterable<string>;
    readonly extensions: Iterable<string>;
    readonly patterns: readonly string[];
  }) {
    this.#forbidden = new Set(options.forbidden);
    this.#extensions = new Set(options.extensions);
    this.#rules = new Rules(options.patterns.join("\n"));
  }

  sees(folder: Folder, name: string, kind: "file" | "folder"): boolean {
    if (name === ".git") return false;
    const isFolder = kind === "folder";
    if (!isFolder && this.#extensions.size > 0 && !this.#extensions.has(extname(name).toLowerCase())) return false;
    const path = folder.pathOf(name);
    if (this.#forbidden.has(path)) return false;
    const ruling = this.#rules.of(wayDown(folder.top.path, path), isFolder);
    return ruling === null ? !isIgnored(folder.scope, path, isFolder) : ruling === "wanted";
  }
}
