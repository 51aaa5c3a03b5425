import { createHash } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type DataDirectory, dataDirectory } from "../data-directory.ts";
import { CollectorError } from "../error.ts";
import { readJsonFile, writeJsonFile } from "../owner-file.ts";
import { lockHolder } from "./lock.ts";

/** Node cuts longer socket paths without a word (the kernel's limit is 107 bytes on Linux, 103 on macOS). */
export const MAX_SOCKET_PATH_BYTES = 100;

/** Content of `control/address.json`. */
export interface Address {
  pid: number;
  socket: string;
  /** `http://127.0.0.1:7466`; absent where nothing listens on TCP. */
  http?: string;
  started_at: string;
}

/** Where the control socket of this data directory goes: inside it, or in a private folder when the path is too long. */
export function socketPath(directory: DataDirectory, env: NodeJS.ProcessEnv = process.env): string {
  const digest = createHash("sha256").update(directory.root).digest("hex").slice(0, 16);
  if (process.platform === "win32") return `\\\\.\\pipe\\mimolo-${digest}`;
  const inside = join(directory.control, "mimolo.sock");
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH_BYTES) return inside;
  const runtime = env["XDG_RUNTIME_DIR"];
  return join(runtime === undefined || runtime === "" ? tmpdir() : runtime, `mimolo-${digest}`, "mimolo.sock");
}

/** Makes the socket's folder owner-only and clears a socket that a dead collector left. Throws `CollectorError`
 *  `socket-unusable` where somebody else made that folder first. */
export function prepareSocket(socket: string): void {
  if (process.platform === "win32") return;
  const folder = dirname(socket);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (isSomebodyElses(folder)) {
    const hint = "take it away, or set XDG_RUNTIME_DIR to a folder of your own";
    throw new CollectorError("socket-unusable", `${folder}, where the control socket goes, is not yours`, hint);
  }
  chmodSync(folder, 0o700);
  rmSync(socket, { force: true });
}

/** Where anybody may make folders, as in `/tmp`, one of this name may be another's, or lead elsewhere. */
function isSomebodyElses(folder: string): boolean {
  if ((statSync(dirname(folder)).mode & 0o002) === 0) return false;
  const found = lstatSync(folder);
  return !found.isDirectory() || found.uid !== process.getuid?.();
}

export function writeAddress(directory: DataDirectory, address: Address): void {
  writeJsonFile(directory.address, address);
}

export function removeAddress(directory: DataDirectory, socket: string): void {
  rmSync(directory.address, { force: true });
  if (process.platform !== "win32") rmSync(socket, { force: true });
}

/** The collector that runs on this data directory, or `null`. A leftover address of a dead one counts as none. */
export function findRunning(root: string): Promise<Address | null> {
  return Promise.resolve(runningAt(dataDirectory(root)));
}

/** The process that holds this data directory: a collector, maybe one that opened no control socket, or a command at work.
 *  `null` when nobody does. */
export function holderOf(root: string): number | null {
  return lockHolder(dataDirectory(root).lock);
}

function runningAt(directory: DataDirectory): Address | null {
  const pid = lockHolder(directory.lock);
  const address = readJsonFile(directory.address);
  if (pid === null || typeof address !== "object" || address === null) return null;
  // A dead one's is still there while the next one starts.
  if (!("pid" in address) || address.pid !== pid) return null;
  if (!("socket" in address) || typeof address.socket !== "string") return null;
  const startedAt = "started_at" in address && typeof address.started_at === "string" ? address.started_at : "";
  const http = "http" in address && typeof address.http === "string" ? { http: address.http } : {};
  return { pid, socket: address.socket, ...http, started_at: startedAt };
}
