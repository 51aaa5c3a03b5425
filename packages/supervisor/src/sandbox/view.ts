// What a confined agent sees of the file system, as a list of mounts in the order they are made.
import type { Confinement } from "./confinement.ts";
import { isWithin } from "./confinement.ts";
import type { Disk } from "./disk.ts";
import { openingsOf } from "./openings.ts";

/** One mount. `covered` puts nothing in place of a folder or file; the others show what is there. */
export interface Mount {
  readonly path: string;
  readonly as: "read" | "write" | "device" | "covered" | "covered-file";
}

/** Everything it sees, and whether that begins with the whole file system. */
export interface View {
  readonly whole: boolean;
  readonly mounts: readonly Mount[];
}

/** Read by every program there is: where libraries are, what time it is here. */
const ALWAYS = ["/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo", "/usr/lib/locale"];
/** Where the sockets of the host are, when the file system is granted and the network is not. */
const SOCKET_FOLDERS = ["/run", "/var/run", "/tmp/.X11-unix"];

/** Later mounts lie above earlier ones: the machine, what was granted, what is hidden, the agent's own, then sockets. */
export function viewOf(
  confinement: Confinement,
  around: { readonly env: Readonly<Record<string, string | undefined>>; readonly home: string; readonly disk: Disk },
): View {
  const { files, capabilities, runtime } = confinement;
  const { disk } = around;
  const opened = openingsOf(capabilities, around);
  const whole = files === "all";
  const mounts: Mount[] = [];
  // What is seen at a path is what the last mount above it says.
  const seenAs = (path: string) =>
    mounts.findLast((mount) => isWithin(path, mount.path))?.as ?? (whole ? "write" : "nothing");
  const add = (as: Mount["as"], paths: readonly string[]) => {
    for (const path of paths) {
      const real = disk.realPath(path);
      if (real === null) continue;
      // A link inside something that is shown already is there as the link it is; its target has to be shown too.
      if (real !== path && seenAs(path) === "nothing") mounts.push({ path, as });
      if (seenAs(real) !== as) mounts.push({ path: real, as });
    }
  };
  if (!whole) {
    add("read", outermost([...ALWAYS, ...runtime.mounts, ...opened.read]));
    if (files !== "none") {
      const writable = [confinement.ownFolder, ...files.write];
      for (const [as, path] of byDepth(files)) if (!leadsAstray(path, writable, disk)) add(as, [path]);
    }
  }
  const covered = [...confinement.hidden, ...(whole && !capabilities.has("network") ? SOCKET_FOLDERS : [])]
    .map((path) => disk.realPath(path))
    .filter((path) => path !== null);
  const isCovered = (path: string) => covered.some((folder) => isWithin(disk.realPath(path) ?? path, folder));
  const own = [
    ...confinement.program.map((path) => ["read", path] as const),
    ["write", confinement.ownFolder] as const,
  ].toSorted(shallowFirst);
  // Its own lies above what is hidden where it lies in there; a folder of its own never shows what is hidden in it.
  for (const [as, path] of own) if (!isCovered(path)) add(as, [path]);
  for (const path of covered) {
    if (seenAs(path) !== "nothing") add(disk.isFolder(path) ? "covered" : "covered-file", [path]);
  }
  for (const [as, path] of own) if (isCovered(path)) add(as, [path]);
  if (whole) add("read", opened.read.filter(isCovered));
  add("write", opened.sockets);
  add("device", opened.devices);
  return { whole, mounts };
}

/** Whether the way to `path` goes through a link that lies where the agent may write, and out of there: it could have put it
 *  there itself, to be shown more than was granted. */
function leadsAstray(path: string, writable: readonly string[], disk: Disk): boolean {
  const folders = writable.map((folder) => disk.realPath(folder)).filter((folder) => folder !== null);
  const steps = path.split("/").map((_, at, words) => words.slice(0, at + 1).join("/") || "/");
  return steps.some((step, at) => {
    const from = disk.realPath(steps[at - 1] ?? "/");
    const to = disk.realPath(step);
    if (from === null || to === null) return false;
    return folders.some((folder) => isWithin(from, folder) && !isWithin(to, folder));
  });
}

function byDepth(files: {
  readonly read: readonly string[];
  readonly write: readonly string[];
}): [Mount["as"], string][] {
  const read = files.read.map((path): [Mount["as"], string] => ["read", path]);
  const write = files.write.map((path): [Mount["as"], string] => ["write", path]);
  return [...read, ...write].toSorted(shallowFirst);
}

const shallowFirst = (a: readonly [unknown, string], b: readonly [unknown, string]) => depth(a[1]) - depth(b[1]);
const depth = (path: string) => path.split("/").filter(Boolean).length;

/** Without those that lie in another of them. */
function outermost(paths: readonly string[]): string[] {
  const all = [...new Set(paths)];
  return all.filter((path) => !all.some((other) => other !== path && isWithin(path, other)));
}
