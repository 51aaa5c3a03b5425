// `npm run screenshots`: the pictures of the page in docs/images, taken of a `mimolo run` of this checkout.
// Reads the bundle. Wants chromium, and Xvfb for a screen that one of the agents keeps pictures of.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const source = fileURLToPath(new URL("../test/process/pictures/take.ts", import.meta.url));
const { module } = await runnerImport(source, { configFile: false, logLevel: "warn" });
const folder = fileURLToPath(new URL("../../../docs/images", import.meta.url));
for (const { name, bytes } of await module.takePictures(process.argv[2] ?? folder)) {
  process.stdout.write(`${String(Math.round(bytes / 102.4) / 10).padStart(6)} kB  ${name}\n`);
}
