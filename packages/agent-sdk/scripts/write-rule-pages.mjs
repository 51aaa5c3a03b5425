// Writes docs/conformance from the rules; `--check` only says whether the pages are what it would write.
// Reads the bundle: run `pnpm run bundle` here first.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { areaTitles, rules, situationsOf } from "../dist/testing/index.js";

const folder = fileURLToPath(new URL("../../../docs/conformance", import.meta.url));

const wanted = new Map([
  ["README.md", overview()],
  ...rules.map((rule) => /** @type {const} */ ([`${rule.id}.md`, page(rule)])),
]);
mkdirSync(folder, { recursive: true });
const there = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile() && /^(?:README|JLP\d+)\.md$/.test(entry.name))
  .map(({ name }) => name);
const stale = there.filter((name) => !wanted.has(name));
const different = [...wanted].filter(([name, text]) => !there.includes(name) || read(name) !== text);

if (process.argv.includes("--check")) {
  const names = [...stale, ...different.map(([name]) => name)];
  if (names.length > 0) {
    process.stderr.write(
      `docs/conformance is not what the rules say: ${names.join(", ")}\nRun: node packages/agent-sdk/scripts/write-rule-pages.mjs\n`,
    );
    process.exitCode = 1;
  }
} else {
  for (const name of stale) rmSync(join(folder, name));
  for (const [name, text] of different) writeFileSync(join(folder, name), text);
}

/** @param {string} name */
function read(name) {
  return readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n");
}

function overview() {
  const areas = Object.entries(areaTitles).flatMap(([area, title]) => {
    const own = rules.filter((rule) => rule.area === area);
    if (own.length === 0) return [];
    const rows = own.map((rule) => `| [${rule.id}](${rule.id}.md) | ${cell(rule.title)} | ${levelOf(rule)} |`);
    return [`## ${title}`, "", "| Rule | What holds of an agent that keeps it | |", "|---|---|---|", ...rows, ""];
  });
  return `${[
    "# The rules of conformance",
    "",
    "<!-- Written by packages/agent-sdk/scripts/write-rule-pages.mjs from the rules themselves. -->",
    "",
    "```sh",
    "mimolo conform -- python3 agent.py",
    "```",
    "",
    "starts your agent some thirty times, as a collector would: in folders of its own, with the environment of an agent, one",
    "situation each. What passes over the pipes is recorded, and each rule is judged on the record. It takes ten to thirty",
    "seconds, whatever the agent is written in. The agent runs with your rights, as from your shell; nothing is asked.",
    "",
    "| | |",
    "|---|---|",
    "| `--verbose` | what holds, and what does not apply and why |",
    "| `--only JLP301,JLP704` | these rules, and only the situations they need |",
    '| `--settings \'{"folder":"/tmp"}\'` | the agent\'s own settings, or `@` and a file |',
    "| `--record DIR`, `--replay DIR` | keep what was said; judge it again without running anything |",
    "| `--json`, `--junit FILE` | for programs: the same report |",
    "| `--release`, `--plugin DIR` | what a published plugin owes as well |",
    "",
    "Exit code 0: every required rule holds. 1: one is broken. 2: the command line is wrong, or the agent could not be started.",
    "*Advice* that does not hold is shown, and fails nobody. A rule that does not apply says why: who announces no",
    "`widget_frame` is asked for none. Where none of the rules that `--only` names applies, the exit code is 0, for nothing is",
    "broken, and nothing was judged: the terminal says so, and `passed` and `failed` of `--json` are both 0 (rules that are advice",
    "are not counted in these; `ok` of each says whether it was judged). A CI that wants a verdict asks for `passed` above 0.",
    "",
    "Ctrl-C ends it with everything it has started, and 130. What the agent starts and leaves behind is ended and named",
    "([JLP703](JLP703.md)), on Linux also outside its process group, as daemons are: they have the run's `MIMOLO_RUN_ID` in their",
    "environment. Who clears that, or becomes another user, is not found. The folders it makes (`mimolo-conform-…` where temporary",
    "files go) are removed at the end, however it ends, but for `kill -9` and a machine that stops, and in a process of your own a",
    "signal that it does not hear: what is left then goes with a check that begins an hour later. A record that was damaged is",
    "refused with the file, the line, the field and what it should be.",
    "",
    "From a test of your own, in JavaScript or TypeScript:",
    "",
    "```js",
    'import { checkConformance } from "@mimolo/agent-sdk/testing";',
    "",
    'const { failed, rules } = await checkConformance(["./agent"]);',
    "console.log(failed, rules.filter(({ required, ok }) => required && ok === false));",
    "```",
    "",
    `There are ${rules.length} rules.`,
    "",
    ...areas,
  ]
    .join("\n")
    .trimEnd()}\n`;
}

/** @param {import("../src/testing/index.ts").Rule} rule */
function page(rule) {
  const { id, title, says, why, fix, isLive } = rule;
  const played = situationsOf(rule).map((each) => `\`${each.name}\` (${each.title})`);
  const seen =
    played.length === 0 ? "On every line of every situation that the kit plays." : `In ${played.join(", ")}.`;
  const live = isLive === true ? " `mimolo try` sees it while your agent runs." : "";
  return `${[
    `# ${id}: ${title}`,
    "",
    `*${levelOf(rule)}* · [all rules](README.md) · [the protocol](../protocol.md)`,
    "",
    `> ${says}`,
    "",
    "## Why",
    "",
    why,
    "",
    "## What to do",
    "",
    fix,
    "",
    "## Where it is seen",
    "",
    `${seen}${live}`,
    "",
    "```sh",
    `mimolo conform --only ${id} --record seen -- ./agent`,
    "```",
    "",
    "keeps the lines in `seen`, one file for each situation.",
  ].join("\n")}\n`;
}

/** @param {import("../src/testing/index.ts").Rule} rule */
function levelOf({ required, release }) {
  const level = required ? "required" : "advice";
  return release === true ? `${level}, with --release` : level;
}

/** @param {string} text */
function cell(text) {
  return text.replaceAll("|", "\\|");
}
