// Changes what is installed (from the build) and is killed by SIGKILL in the middle of its STEPth call that changes the disk: of
// what it writes then, half gets there. A version on trial "runs" by writing its digest into the file RAN. Says "done" when it got
// through.
// usage: dies-at-a-step.mjs DATA_DIR STEP RAN (install PACKAGE healthy|broken|never | remove ID)
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { withTrustDesk } from "@mimolo/operations/trust";

const [root, steps, ran, verb, what, how] = process.argv.slice(2);
const { writeFileSync } = fs;
let left = -1;

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

const trial = async (trial) => {
  writeFileSync(ran, trial.to.digest);
  return how === "broken" ? "it is broken" : await trial.hold();
};
/** Only the steps of the change itself count. */
async function work(desk) {
  left = Number(steps);
  const by = "cli";
  const change =
    verb === "remove" ? desk.remove({ pluginId: what, by }) : desk.install({ path: what, grants: "all", by });
  await change.finally(() => (left = -1));
}
await withTrustDesk(root, work, how === "never" ? {} : { trial }).catch((error) => {
  if (error.code !== "rolled-back") throw error;
});
process.stdout.write("done\n");
