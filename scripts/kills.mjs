// `npm run kills`: the tests that kill a collector, or a command, at a step of a change of what is installed; with more of the steps.
import { parseArgs } from "node:util";
import { pnpm } from "./pnpm.mjs";

const HELP = `npm run kills -- [--stride N] [--rounds N] [--first N]

A command that installs, updates or removes a plugin is killed in the middle of every call that changes the disk, and so is a
collector on its way to another version. After each death the next start has to find the old version or the new one, whole, and
a record that says which. npm test takes a few of those steps, other ones each day; this takes all. Exit code 1 if anything was
lost; the step is named by the folder it happened in.

  --stride N  how many steps lie between two deaths (default 1)
  --rounds N  how often, with deaths one step later each time (default 1)
  --first N   the step it begins with (default 0)`;

const number = /** @type {const} */ ({ type: "string" });
const { values } = parseArgs({ options: { stride: number, rounds: number, first: number, help: { type: "boolean" } } });
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const [stride, rounds, first] = [Number(values.stride ?? 1), Number(values.rounds ?? 1), Number(values.first ?? 0)];
if (![stride, rounds, first + 1].every((each) => Number.isSafeInteger(each) && each > 0)) {
  console.error("--stride, --rounds and --first are whole numbers");
  process.exit(2);
}
for (let round = 0; round < rounds; round += 1) {
  const at = first + round;
  console.log(`every ${stride === 1 ? "step" : `${stride} steps`} from step ${at}`);
  const env = { MIMOLO_KILLS_STRIDE: String(stride), MIMOLO_KILLS_FIRST: String(at) };
  const files = ["test/process/killed-at-each-step", "test/process/killed-upgrade"];
  const { code } = await pnpm(["exec", "vitest", "run", "--project", "operations", ...files], { env });
  if (code !== 0) process.exit(code);
}
