import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { basename, delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { resolveExecutable } from "../executable.ts";
import type { Runtime } from "./confinement.ts";
import { thisDisk } from "./disk.ts";
import { libraryFolders } from "./library-folders.ts";
import { askNode, askPython } from "./node-ask.ts";
import { pythonFolders } from "./python-folders.ts";

/** How an agent is started: relative paths from `cwd`, bare names along `PATH` of `env`. */
export interface RuntimeOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The program it is given, where that is a file: version managers choose the interpreter by it. */
  readonly firstFile?: string;
}

const KINDS: readonly (readonly [RegExp, Runtime["kind"]])[] = [
  [/^(node|nodejs)(\d[\d.]*)?$/, "node"],
  [/^(python|pypy)[\d.]*t?$/, "python"],
  [/^(ba|da|z|k|mk|a|fi)?sh$|^busybox$/, "shell"],
  [/^(ruby|perl|php|lua(jit)?|deno|bun|tclsh|guile|Rscript|java)[\d.]*$/, "other"],
];
/** Where Debian and others keep what an interpreter loads beside its libraries. */
const SHARED: Readonly<Record<string, string>> = {
  node: "/usr/share/nodejs /usr/share/node_modules /etc/ssl/openssl.cnf",
  ruby: "/usr/lib/ruby /var/lib/gems /usr/share/rubygems-integration /usr/local/lib/ruby /etc/ssl/openssl.cnf",
  perl: "/usr/share/perl /usr/share/perl5 /usr/local/share/perl /usr/local/lib/perl5 /etc/perl /usr/lib/perl5",
  php: "/usr/lib/php /usr/share/php /etc/php /etc/php.ini /etc/php.d",
  lua: "/usr/share/lua /usr/local/share/lua /usr/local/lib/lua",
};
const MOST = 256;
/** As many first lines as the kernel follows. */
const MOST_LINES = 5;
const known = new Map<string, Runtime>();

/** What would run, and what it needs to be shown of the machine. Interpreters along `PATH` are asked once and remembered by path
 *  and time of change; nothing else is run, whatever it calls itself: it would run outside of its sandbox. Never fails: of
 *  what it cannot find it says `native`, and the spawn will tell. */
export function describeRuntime(executable: string, options: RuntimeOptions): Runtime {
  return describedAt(executable, options, 0);
}

function describedAt(executable: string, options: RuntimeOptions, lines: number): Runtime {
  const resolved = resolveExecutable(executable, options);
  if (!resolved.ok) return { kind: "native", command: [executable], mounts: [] };
  // A version manager's own program chooses by the folder; anything else is the same everywhere.
  const chooses = firstLine(resolved.path) !== null;
  const folder = chooses ? dirname(options.firstFile ?? join(options.cwd, "any")) : "/";
  const changedMs = statSync(resolved.path, { throwIfNoEntry: false })?.mtimeMs;
  const { PATH, PYTHONPATH } = options.env;
  const key = [resolved.path, changedMs, folder, PATH, PYTHONPATH].join("\0");
  const runtime = known.get(key) ?? describe(resolved.path, options, folder, lines);
  if (known.size >= MOST) known.clear();
  if (hasAnswered(runtime)) known.set(key, runtime);
  return runtime;
}

/** One that did not answer may have been short of something; it is asked again. */
function hasAnswered({ kind, version }: Runtime): boolean {
  return version !== undefined || (kind !== "node" && kind !== "python");
}

function describe(path: string, options: RuntimeOptions, folder: string, lines: number): Runtime {
  const name = basename(path).replace(/\.exe$/i, "");
  const kind = KINDS.find(([pattern]) => pattern.test(name))?.[1];
  const real = thisDisk.realPath(path) ?? path;
  if (kind === "python" && isInstalled(path, options)) {
    const asked = askPython(path, { env: options.env, cwd: folder });
    if (asked !== null) {
      const { executable, version } = asked;
      return { kind, command: [executable], mounts: withLibraries(asked.mounts, executable), version };
    }
  }
  const first = firstLine(real);
  if (first !== null && lines < MOST_LINES) return throughFirstLine(first, path, kind, options, lines + 1);
  if (kind === "python") return unaskedPython(path, real, options);
  if (kind === "node") {
    const isOurs = real === thisDisk.realPath(process.execPath);
    const version = isOurs ? process.versions.node : isInstalled(path, options) ? askNode(real) : null;
    const mounts = withLibraries(shared("node"), real);
    return version === null ? { kind, command: [real], mounts } : { kind, command: [real], mounts, version };
  }
  // A shell may be a link to a program that goes by the name it is called.
  if (kind === "shell") return { kind, command: [path], mounts: withLibraries([path], real) };
  return {
    kind: kind ?? "native",
    command: [real],
    mounts: withLibraries([...shared(name), ...prefixOf(real, kind)], real),
  };
}

/** Whether it is found along `PATH`: what a person runs by its name alone. */
function isInstalled(path: string, { env }: RuntimeOptions): boolean {
  return (env["PATH"] ?? "").split(delimiter).some((folder) => isAbsolute(folder) && resolve(folder) === dirname(path));
}

/** What it reads is told by where it lies, and for a virtual environment by the one that it is a link to. */
function unaskedPython(path: string, real: string, options: RuntimeOptions): Runtime {
  const base = real !== path && isInstalled(real, options) ? askPython(real, { env: options.env, cwd: "/" }) : null;
  const folders = [...pythonFolders(path, real), ...(base?.mounts ?? [])].filter(existsSync);
  const runtime = { kind: "python", command: [path], mounts: withLibraries(folders, real) } as const;
  return base === null ? runtime : { ...runtime, version: base.version };
}

/** A script runs what its first line names, along `PATH` where that is `env`; version managers are such scripts. */
function throughFirstLine(
  first: string,
  path: string,
  kind: Runtime["kind"] | undefined,
  options: RuntimeOptions,
  lines: number,
): Runtime {
  const [program = "", ...rest] = first.split(/\s+/);
  const words = basename(program) === "env" ? rest.filter((word) => word !== "-S") : [program, ...rest];
  const [interpreter = "/bin/sh", ...args] = words;
  const inner = describedAt(interpreter, { env: options.env, cwd: options.cwd, firstFile: path }, lines);
  return {
    ...inner,
    kind: kind ?? inner.kind,
    command: [...inner.command, ...args, path],
    mounts: [...inner.mounts, path],
  };
}

function withLibraries(mounts: readonly string[], executable: string): string[] {
  const libraries = libraryFolders(process.arch, existsSync);
  const store = ["/nix/store", "/gnu/store"].filter((folder) => executable.startsWith(`${folder}/`));
  return [...new Set([executable, ...libraries, ...store, ...mounts])];
}

function shared(name: string): string[] {
  const found = Object.entries(SHARED).find(([prefix]) => name.startsWith(prefix))?.[1];
  return found === undefined ? [] : found.split(" ").filter(existsSync);
}

/** An interpreter that somebody unpacked somewhere has its libraries beside its `bin`. */
function prefixOf(real: string, kind: Runtime["kind"] | undefined): string[] {
  const prefix = dirname(dirname(real));
  if (kind !== "other" || prefix === "/" || prefix === "/usr" || prefix === "/usr/local") return [];
  return [join(prefix, "lib"), join(prefix, "share")].filter(existsSync);
}

/** What follows `#!`; null of a program. */
function firstLine(path: string): string | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, "r");
    const bytes = Buffer.alloc(256);
    const text = bytes.toString("latin1", 0, readSync(descriptor, bytes, 0, bytes.length, 0));
    return text.startsWith("#!") ? (text.slice(2).split("\n", 1)[0] ?? "").trim() : null;
  } catch {
    return null;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
