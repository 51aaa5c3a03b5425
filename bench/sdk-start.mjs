// What an SDK agent costs over an empty Node process: the two figures of `mimolo bench`, on a bundle made just now.
// usage: node bench/sdk-start.mjs [--rounds N] [--quick] [--json]   (up to five rounds are the verb's quick ones)
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pnpm, root } from "../scripts/pnpm.mjs";

const { values } = parseArgs({
  options: { rounds: { type: "string" }, quick: { type: "boolean" }, json: { type: "boolean" } },
});
const built = await pnpm(["exec", "turbo", "run", "bundle", "--filter=mimolo", "--output-logs=errors-only"], {
  quiet: true,
});
if (built.code !== 0) {
  console.error(built.output);
  process.exit(1);
}
const quick = values.quick || Number(values.rounds ?? 15) <= 5;
const verb = [join(root, "packages/control-cli/bin/mimolo.js"), "bench", "--only", "sdk_start,sdk_memory"];
const flags = [...(quick ? ["--quick"] : []), ...(values.json ? ["--json"] : [])];
process.exit(spawnSync(process.execPath, [...verb, ...flags], { stdio: "inherit" }).status ?? 1);
