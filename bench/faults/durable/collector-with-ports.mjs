// The collector as a library, on a disk that fails and by a clock that is set, as the suite's messages say.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { faultyDisk } from "./faulty-disk.mjs";

const packages = join(import.meta.dirname, "../../../packages");
const packaged = (/** @type {string} */ name) => import(pathToFileURL(join(packages, name, "dist/index.js")).href);
const [{ createCollector, loadConfig }, { nodeFileSystem }, { systemClock }] = await Promise.all(
  ["operations", "ledger", "supervisor"].map(packaged),
);

const [configFile = "", dataDir = ""] = process.argv.slice(2);
let byMs = 0;
const clock = { ...systemClock, wallMs: () => systemClock.wallMs() + byMs };
const disk = faultyDisk(nodeFileSystem);
const cwd = process.cwd();
const config = loadConfig({ configFile, cwd, env: process.env });
const collector = await createCollector({ dataDir, config, dev: true, cwd, clock, fileSystem: disk });

process.on("message", (/** @type {any} */ { set, step }) => {
  if (step !== undefined) byMs += step;
  if (set !== undefined) disk.set(set);
  process.send?.(disk.told());
});
process.once("SIGINT", () => void collector.stop().then(() => process.exit(0)));
await collector.start();
