import { isWithin } from "./confinement.ts";

/** What a Node program may do by its own runtime's rules. */
export interface NodeRules {
  /** Like `20.20.2`. */
  readonly version: string;
  /** Files and folders; `*` is everything. */
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly subprocess: boolean;
  readonly network: boolean;
  /** Another wall stands around it: what escapes these rules may be, which is threads, compiled code and `node:sqlite`. */
  readonly walled: boolean;
  /** Whose paths these are; this system's unless told. */
  readonly platform?: NodeJS.Platform;
}

/** The flags of Node's permission model, to be put before everything else; null where this version has none, or a path cannot
 *  be said in them. Needs no Node of that version here. */
export function nodeFlags(rules: NodeRules): string[] | null {
  const [major = 0, minor = 0] = rules.version.split(".").map(Number);
  if (!(major >= 20)) return null;
  const read = sayable(rules.read, rules.platform);
  const write = sayable(rules.write, rules.platform);
  if (read === null || write === null) return null;
  const stable = major > 23 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13);
  const knowsWarnings = major > 21 || (major === 21 && minor >= 3) || (major === 20 && minor >= 11);
  const knowsCompiled = major > 21 || (major === 21 && minor >= 6) || (major === 20 && minor >= 12);
  const hasSqlite = major === 23 || major === 24 || (major === 22 && minor >= 5);
  return [
    stable ? "--permission" : "--experimental-permission",
    // Every grant would be a warning on stderr, at every start.
    ...(knowsWarnings ? [...(stable ? [] : [silent("Experimental")]), silent("Security")] : ["--no-warnings"]),
    ...read.map((path) => `--allow-fs-read=${path}`),
    ...write.map((path) => `--allow-fs-write=${path}`),
    // A thread that is started with no arguments of its own is under no rule.
    ...(rules.walled ? ["--allow-worker"] : []),
    ...(rules.subprocess ? ["--allow-child-process"] : []),
    ...(rules.walled && knowsCompiled ? ["--allow-addons"] : []),
    // It opens files without asking.
    ...(!rules.walled && hasSqlite ? ["--no-experimental-sqlite"] : []),
    ...(rules.network && major >= 25 ? ["--allow-net"] : []),
  ];
}

/** The outermost of `paths`; null when Node would read them wrong. Node 20 keeps them in a tree of letters: it ends on a path
 *  given twice, and forgets `/a/b` itself beside `/a/b/c` or `/a/bc`. */
function sayable(paths: readonly string[], platform = process.platform): readonly string[] | null {
  if (paths.includes("*")) return ["*"];
  const all = [...new Set(paths)];
  const outermost = all.filter((path) => !all.some((other) => other !== path && isWithin(path, other, platform)));
  const isClear = (path: string) => !/[*,]/.test(path) && !outermost.some((o) => o !== path && o.startsWith(path));
  return outermost.every(isClear) ? outermost : null;
}

const silent = (kind: string) => `--disable-warning=${kind}Warning`;
