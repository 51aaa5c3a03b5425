// What an agent may touch, in the words of its owner; `confine` makes a wall of it.

/** What a capability of the manifest is called here; unknown ones open nothing. */
export type ConfinedDimension = "network" | "files" | "subprocess";

/** What executes an agent, as found on this machine by `describeRuntime`. */
export interface Runtime {
  readonly kind: "node" | "python" | "shell" | "native" | "other";
  /** The words that start it, in place of the executable as it was configured: absolute, a first line (`#!`) resolved. */
  readonly command: readonly [string, ...string[]];
  /** What it reads of the machine to work at all: files and folders, absolute. */
  readonly mounts: readonly string[];
  /** Of a Node or a Python that answered, like `20.20.2`; absent of others. */
  readonly version?: string;
}

/** What one agent may touch. All paths are absolute. */
export interface Confinement {
  /** What was granted, as in the manifest: `network`, `subprocess`, `display`, … */
  readonly capabilities: ReadonlySet<string>;
  /** `all` is the file system as the user has it. */
  readonly files: "none" | "all" | { readonly read: readonly string[]; readonly write: readonly string[] };
  /** Its data folder: always there, the one place it may always write to. */
  readonly ownFolder: string;
  /** Its own files, read-only whatever else is granted. */
  readonly program: readonly string[];
  /** What it never sees, even inside a granted folder; `ownFolder` and `program` may lie in there. */
  readonly hidden: readonly string[];
  /** Bytes that were judged: the sandbox shows them at `path` in place of what lies there. */
  readonly verified?: { readonly path: string; readonly bytes: Uint8Array };
  readonly runtime: Runtime;
}

/** What this machine has for a wall. */
export interface Sandbox {
  /** The program, absolute; null where it is missing or does not work. */
  readonly bubblewrap: string | null;
  /** Why there is none, one sentence; else empty. */
  readonly why: string;
}

/** True when `path` is `folder` or lies below it; both absolute and without `..`. On Windows both slashes are one, and capitals
 *  are their small letters. */
export function isWithin(path: string, folder: string, platform: NodeJS.Platform = process.platform): boolean {
  if (platform === "win32") return isWithin(plain(path), plain(folder), "linux");
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

const plain = (path: string) => path.replaceAll("\\", "/").toLowerCase();
