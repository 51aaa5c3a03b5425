// Lets a process be killed by SIGKILL in the middle of one of its calls that change the disk: of what it writes then, half gets
// there. Nothing happens before `dieAt`.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

let left = -1;

/** Counts from now on: the call number `step`, the first being 0, is the last one. */
export function dieAt(step) {
  left = step;
}

/** Counts no more. */
export function live() {
  left = -1;
}

const die = () => process.kill(process.pid, "SIGKILL");
/** The same call with the first half of what is to be written; null for a call that is made whole or not at all. */
function halved(args, at) {
  const value = at === undefined ? null : args[at];
  if (!(value instanceof Uint8Array) && typeof value !== "string") return null;
  // write(buffer, offset, length): the length is what counts.
  if (typeof args[at + 2] === "number") return args.map((arg, n) => (n === at + 2 ? Math.floor(arg / 2) : arg));
  return args.map((arg, n) => (n === at ? arg.slice(0, Math.floor(arg.length / 2)) : arg));
}
const counted = (call, at) =>
  function (...args) {
    if (left-- !== 0) return call.apply(this, args);
    const part = halved(args, at);
    if (part !== null) call.apply(this, part);
    return die();
  };
const promised = (call, at) =>
  async function (...args) {
    if (left-- !== 0) return await call.apply(this, args);
    const part = halved(args, at);
    if (part !== null) await call.apply(this, part);
    return die();
  };
const handle = await fs.promises.open(process.argv[1] ?? "", "r");
const handles = Object.getPrototypeOf(handle);
await handle.close();
for (const name of ["write", "writeFile"]) handles[name] = promised(handles[name], 0);
for (const name of ["writev", "sync", "datasync", "truncate", "chmod"]) handles[name] = promised(handles[name]);
for (const name of ["rename", "mkdir", "rm", "rmdir", "unlink", "chmod", "open"]) {
  fs.promises[name] = promised(fs.promises[name]);
}
fs.promises.writeFile = promised(fs.promises.writeFile, 1);
for (const name of ["writeFileSync", "writeSync"]) fs[name] = counted(fs[name], 1);
for (const name of [
  "renameSync",
  "mkdirSync",
  "rmSync",
  "rmdirSync",
  "unlinkSync",
  "chmodSync",
  "fchmodSync",
  "fsyncSync",
  "linkSync",
]) {
  fs[name] = counted(fs[name]);
}
// Opened to be read, a file does not change.
const { openSync } = fs;
const made = counted(openSync);
fs.openSync = (path, flags, mode) => (flags === "r" ? openSync : made)(path, flags, mode);
syncBuiltinESMExports();
