/** One source of configuration, and where in it things stand. */

/** The five sources, lowest first. */
export type ConfigSource = "plugin" | "global" | "environment" | "user" | "runtime";

/** Names of nested tables, positions in lists. */
export type KeyPath = readonly (string | number)[];

export type Tree = Record<string, unknown>;

/** Line and column count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface ConfigLayer {
  readonly source: ConfigSource;
  /** Absolute path of a file, else `environment`, `command line` or the like. */
  readonly from: string;
  /** How messages call it: short where the file lies in the working directory. */
  readonly title: string;
  /** Relative paths in it start here. */
  readonly folder: string;
  /** Whether it was merely found in a folder, so that it may not decide everything. */
  readonly found: boolean;
  /** Of the file's bytes as they were read, in hex; for what was found only. */
  readonly sha256?: string;
  readonly tree: Tree;
  /** Where this key stands, or the nearest one around it. */
  readonly place: (path: KeyPath) => Position | undefined;
  /** The variable behind a key of the environment. */
  readonly variable?: (path: KeyPath) => string | undefined;
}

/** `mimolo.toml:3:1`, `environment MIMOLO_MONITOR__PORT`. */
export function placeText(layer: ConfigLayer, path: KeyPath): string {
  const variable = layer.variable?.(path);
  if (variable !== undefined) return `${layer.title} ${variable}`;
  const position = layer.place(path);
  return position === undefined ? layer.title : `${layer.title}:${position.line}:${position.column}`;
}

/** A dotted path as people write it; odd names are quoted: `plugins.load.args[1]`. */
export function keyText(path: KeyPath): string {
  const parts: string[] = [];
  for (const word of path) {
    if (typeof word === "string" && parts.length > 0) parts.push(".");
    if (typeof word === "number") parts.push(`[${word}]`);
    else parts.push(/^[A-Za-z0-9_-]+$/.test(word) ? word : JSON.stringify(word));
  }
  // Joined it is one text in memory; what is added up stays a tree of its pieces, and there is one for every value that is set.
  return parts.join("");
}

/** Finds the position of a path or of its nearest known ancestor in what a locator collected. */
export function nearestPlace(places: ReadonlyMap<string, Position>): (path: KeyPath) => Position | undefined {
  return (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const position = places.get(placeKey(path.slice(0, length)));
      if (position !== undefined) return position;
    }
    return undefined;
  };
}

/** One string for one path, to look positions up by. */
export function placeKey(path: KeyPath): string {
  return JSON.stringify(path);
}

/** Whether a value is a table. */
export function isTable(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
