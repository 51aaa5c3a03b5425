// `npm run fuzz-api`: the tests that ask the control API what its document allows and what it does not, with more of both.
import { parseArgs } from "node:util";
import { pnpm } from "./pnpm.mjs";

const HELP = `npm run fuzz-api -- [--rounds N] [--seed S]

Sends requests made from spec/openapi.json to a collector: N of every operation that do not fit the document, which have to be
refused and change nothing, and as many that do, which have to be answered as it says. Never a 5xx that it does not know, never
silence. And as many first messages to its events. What went wrong is made as small as possible and shown with the seed that leads to it. Exit code 1 if anything did.

  --rounds N  requests of each operation and kind (default 500)
  --seed S    draws the same requests again (default: another one each time)`;

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "500" }, seed: { type: "string" }, help: { type: "boolean" } },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const rounds = Number(values.rounds);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(seed)) {
  console.error("--rounds and --seed are whole numbers");
  process.exit(2);
}
console.log(`${rounds} rounds, seed ${seed}`);
const env = { MIMOLO_FUZZ_ROUNDS: String(rounds), MIMOLO_FUZZ_SEED: String(seed) };
const files = ["test/process/api-fuzz", "test/process/api-events-fuzz"];
const { code } = await pnpm(["exec", "vitest", "run", "--project", "operations", ...files], { env });
process.exit(code);
