// What `mimolo --version` costs over an empty node, in pairs: A B A B. usage: node bench/start-version.mjs [--quick] [--json]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const TARGET = 1.2;
const bin = fileURLToPath(new URL("../packages/control-cli/bin/mimolo.js", import.meta.url));
const rounds = process.argv.includes("--quick") ? 15 : 60;
// An extra certificate file would be read at every start of node and hide what is measured.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

function wallMs(args) {
  const startedMs = performance.now();
  spawnSync(process.execPath, args, { env, stdio: "ignore" });
  return performance.now() - startedMs;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const round = (number) => Math.round(number * 1000) / 1000;

wallMs(["-e", "0"]);
wallMs([bin, "--version"]);
const pairs = Array.from({ length: rounds }, () => ({
  empty: wallMs(["-e", "0"]),
  version: wallMs([bin, "--version"]),
}));
const empties = pairs.map(({ empty }) => empty);
const ratio = median(pairs.map(({ empty, version }) => version / empty));
const halves = [empties.slice(0, rounds / 2), empties.slice(rounds / 2)].map(median);
const spread = Math.abs(halves[0] - halves[1]) / median(empties);
const figure = {
  value: round(median(pairs.map(({ version }) => version))),
  unit: "ms wall",
  baseline: round(median(empties)),
  ratio: round(ratio),
  target: TARGET,
  spread: round(spread),
  ok: spread > 0.2 ? null : ratio <= TARGET,
};
if (process.argv.includes("--json")) console.log(JSON.stringify({ start_version: figure }));
else console.table({ start_version: figure });
