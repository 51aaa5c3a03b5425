// The short root words: lint, format, bench, conforms, faults, reloads, resumes, kills, properties, fuzz-api,
// screenshots.
import { join } from "node:path";
import { pnpm, root, run } from "./pnpm.mjs";
import { setup } from "./setup.mjs";

const [word, ...args] = process.argv.slice(2);
const words = {
  lint: () => pnpm(["exec", "oxlint", "--type-aware", "--deny-warnings", ...args]),
  format: () => pnpm(["exec", "biome", "format", "--write", ".", ...args]),
  bench: () => run(process.execPath, [join(root, "bench/run.mjs"), ...args]),
  conforms: () => run(process.execPath, [join(root, "bench/conform-steadiness.mjs"), ...args]),
  reloads: () => run(process.execPath, [join(root, "bench/reloads.mjs"), ...args]),
  "fuzz-api": () => run(process.execPath, [join(root, "scripts/fuzz-api.mjs"), ...args]),
  properties: () => run(process.execPath, [join(root, "scripts/properties.mjs"), ...args]),
  kills: () => run(process.execPath, [join(root, "scripts/kills.mjs"), ...args]),
  screenshots: () => run(process.execPath, [join(root, "packages/dashboard/scripts/screenshots.mjs"), ...args]),
  resumes: () => run(process.execPath, [join(root, "bench/resumes.mjs"), ...args]),
  faults: () => run(process.execPath, [join(root, "bench/faults.mjs"), ...args]),
};
const work = words[word];
if (work === undefined) {
  console.error(`unknown word "${word}"; there are: ${Object.keys(words).join(", ")}`);
  process.exit(2);
}
await setup();
process.exit((await work()).code);
