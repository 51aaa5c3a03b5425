// Installs a package again and again (from the build), each time dying one step later: from then on nothing it does reaches the
// disk, clean-up included. Says after each death what the next start finds, a JSON line each, and ends when a whole
// installation got through.
// usage: dies-while-installing.mjs PREPARED_DATA_DIR PACKAGE FOLDER
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { dataDirectory, openArchive } from "@mimolo/operations/reading";
import { readDecisions, withTrustDesk } from "@mimolo/operations/trust";
import { checkFolder } from "@mimolo/trust/package";

const [prepared, path, folder] = process.argv.slice(2);
const { cpSync, rmSync, readdirSync, existsSync } = fs;
let left = Number.POSITIVE_INFINITY;
let refused = null;

/** Counts a call that changes the disk; the dead make none. */
const counted = (name, call) =>
  function (...args) {
    if (left-- > 0) return call.apply(this, args);
    refused ??= name;
    throw Object.assign(new Error(`dead before ${name}`), { code: "EIO" });
  };
const promised = (name, call) =>
  async function (...args) {
    return await counted(name, call).apply(this, args);
  };
const handle = await fs.promises.open(process.argv[1] ?? "", "r");
const handles = Object.getPrototypeOf(handle);
await handle.close();
for (const name of ["write", "writev", "writeFile", "sync", "datasync", "truncate", "chmod"]) {
  handles[name] = promised(`handle.${name}`, handles[name]);
}
for (const name of ["rename", "mkdir", "rm", "unlink", "chmod", "writeFile", "open"]) {
  fs.promises[name] = promised(name, fs.promises[name]);
}
for (const name of [
  "renameSync",
  "mkdirSync",
  "rmSync",
  "chmodSync",
  "writeFileSync",
  "writeSync",
  "fsyncSync",
  "linkSync",
]) {
  fs[name] = counted(name, fs[name]);
}
syncBuiltinESMExports();

for (let step = 0; ; step++) {
  const root = join(folder, `step-${step}`);
  cpSync(prepared, root, { recursive: true });
  left = step;
  refused = null;
  await withTrustDesk(root, (desk) => desk.install({ path, grants: "all", by: "cli" })).catch(() => undefined);
  const died = refused;
  left = Number.POSITIVE_INFINITY;
  const directory = dataDirectory(root);
  // The lock of a dead process counts for nothing; this one lives on.
  rmSync(directory.lock, { force: true });
  await withTrustDesk(root, () => undefined);
  const { installed, problems, fault } = readDecisions(directory);
  const [plugin] = installed;
  const { ok } = await openArchive(root).verify();
  const line = {
    step,
    died,
    version: plugin?.version ?? null,
    intact: plugin !== undefined && checkFolder(plugin.folder, plugin.manifest).ok,
    left: existsSync(directory.staging) ? readdirSync(directory.staging).length : 0,
    sound: ok && fault === null && problems.length === 0,
  };
  const subjects = [];
  for await (const { action } of openArchive(root).audit()) subjects.push(action);
  process.stdout.write(
    `${JSON.stringify({ ...line, installs: subjects.filter((action) => action === "install").length })}\n`,
  );
  rmSync(root, { recursive: true, force: true });
  if (died === null) break;
}
