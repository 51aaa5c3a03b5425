import { accessSync, constants, existsSync, type Stats, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { type Check, failed, ok, warning } from "./check.ts";

const MAX_SOCKET_BYTES = 100;
const LITTLE_ROOM_BYTES = 200 * 1024 * 1024;

/** Whether evidence can be written to `root`, or `root` be made. */
export function checkWritable(root: string): Check {
  const existing = nearestExisting(root);
  const fix = "Make it yours with chown or chmod, or name another folder with --data-dir.";
  try {
    if (!statSync(existing).isDirectory()) return failed("data-dir", `${existing} is not a folder`, fix);
    accessSync(existing, constants.W_OK | constants.X_OK);
  } catch {
    return failed("data-dir", `${existing} is not writable for you`, fix);
  }
  return ok("data-dir", existing === root ? `${root} is writable` : `${root} will be made`);
}

/** Whether nobody else can read the evidence or the key. POSIX modes only. */
export function checkPrivate(root: string, keyFile: string, platform: string): Check {
  if (platform === "win32") return ok("private", "the folder's access list decides who may read it");
  const folder = statOf(root);
  if (folder === null) return ok("private", "the folder will be yours alone");
  if ((folder.mode & 0o077) !== 0) {
    return warning("private", `others may look into ${root} (mode ${modeOf(folder)})`, `chmod 700 '${root}'`);
  }
  const key = statOf(keyFile);
  if (key !== null && (key.mode & 0o077) !== 0) {
    return failed("private", `others may read the collector's key (mode ${modeOf(key)})`, `chmod 600 '${keyFile}'`);
  }
  return ok("private", "folder and key are yours alone");
}

/** Room left on the disk that holds `root`. */
export function checkRoom(root: string): Check {
  try {
    const disk = statfsSync(nearestExisting(root));
    const freeBytes = disk.bavail * disk.bsize;
    const told = `${(freeBytes / 1024 ** 3).toFixed(1)} GiB free`;
    if (freeBytes >= LITTLE_ROOM_BYTES) return ok("room", told);
    return warning(
      "room",
      `only ${told} where the evidence is kept`,
      "Free some room, or name another folder with --data-dir.",
    );
  } catch {
    return ok("room", "free room is not known on this file system");
  }
}

/** Node cuts long socket paths without a word, so the collector moves its socket; this says where things stand. */
export function checkSocketPath(socket: string, platform: string): Check {
  const bytes = Buffer.byteLength(socket);
  if (platform === "win32" || bytes <= MAX_SOCKET_BYTES)
    return ok("socket", `the control socket's path is ${bytes} bytes long`);
  return ok("socket", `${bytes} bytes are too long for a socket path: it goes to a private folder of its own`);
}

function nearestExisting(path: string): string {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

function statOf(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null;
}

function modeOf(stat: Stats): string {
  return (stat.mode & 0o777).toString(8).padStart(4, "0");
}
