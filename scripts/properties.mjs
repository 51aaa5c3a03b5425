// `npm run properties`: the property tests, with other values than npm test draws.
import { randomInt } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pnpm, root } from "./pnpm.mjs";
import { step } from "./step.mjs";

const HELP = `npm run properties -- [--rounds N] [--seed N] [FILE…]

What must hold for all values is tested with some hundred of them, drawn from a seed. npm test takes the same seed each time;
this takes another for each round and prints it. Ends with exit code 1 at the first round in which something did not hold;
fast-check names the smallest value it found.

  --rounds N  how many seeds (default 3)
  --seed N    the seed of the first round; the next ones count up from it (default: drawn)
  FILE…       the tests whose path has this in it (default: all that ask fast-check)`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string" }, seed: { type: "string" }, help: { type: "boolean" } },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const rounds = Number(values.rounds ?? 3);
const first = Number(values.seed ?? randomInt(2 ** 31));
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isInteger(first) || Math.abs(first) >= 2 ** 31) {
  console.error("--rounds is a whole number from 1 on, --seed one of 32 bits");
  process.exit(2);
}

/** @returns {string[]} every test that asks fast-check, but for those that start processes: they take minutes */
function propertyTests() {
  return readdirSync(join(root, "packages"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && !/node_modules|test.process/.test(file))
    .map((file) => join("packages", file))
    .filter((file) => readFileSync(join(root, file), "utf8").includes("fast-check"));
}

const files = positionals.length > 0 ? positionals : propertyTests();
for (let round = 0; round < rounds; round += 1) {
  const seed = first + round;
  const env = { MIMOLO_SEED: String(seed), NO_COLOR: "1" };
  const vitest = ["exec", "vitest", "run", "--reporter=dot", "--no-isolate", ...files];
  await step(`round ${round + 1} of ${rounds}, seed ${seed}`, () => pnpm(vitest, { quiet: true, env }));
}
