// Publishes packages one after the other, and with a number dies before that call which would change the disk.
// usage: publishes.mjs REGISTRY STEP|never PACKAGE…
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const [directory, step, ...packages] = process.argv.slice(2);
let left = step === "never" ? Number.POSITIVE_INFINITY : Number(step);
const counted = (call) =>
  function (...args) {
    if (left-- <= 0) process.kill(process.pid, "SIGKILL");
    return call.apply(this, args);
  };
const handle = await fs.promises.open(process.argv[1], "r");
const handles = Object.getPrototypeOf(handle);
await handle.close();
for (const name of ["writeFile", "sync"]) handles[name] = counted(handles[name]);
for (const name of ["rename", "link", "rm", "open"]) fs.promises[name] = counted(fs.promises[name]);
for (const name of ["mkdirSync", "rmSync", "writeFileSync"]) fs[name] = counted(fs[name]);
syncBuiltinESMExports();

const { publish } = await import("@mimolo/trust/registry");
for (const packagePath of packages) {
  const { changed } = await publish({ packagePath, directory });
  console.log(changed ? "published" : "unchanged");
}
