// What a machine may lack, for whoever says it aloud: scripts/needs.ts for tests, `leaveWithout` for the checks of examples.
import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { findBrowser } from "./browser.mjs";

/** The arguments make each do its smallest real piece of work: a tool that is installed and forbidden counts as absent. */
const TRIALS = {
  bwrap:
    "--ro-bind / / --dev /dev --proc /proc --unshare-user-try --unshare-pid --unshare-net --die-with-parent true".split(
      " ",
    ),
  cargo: ["--version"],
  cc: ["--version"],
  chromium: ["--version"],
  git: ["--version"],
  go: ["version"],
  minisign: ["-v"],
  mkfifo: ["--version"],
  openssl: ["version"],
  python3: ["-c", "import sys; assert sys.version_info >= (3, 8)"],
  rustc: ["--version"],
  sh: ["-c", ":"],
  sha256sum: ["--version"],
  unshare: ["-Urm", "true"],
  Xvfb: ["-help"],
};

/** What a check ends with when the machine lacks something that all of it wants; neither passed nor failed. */
export const NOT_RUN = 77;

const known = new Map();

/** Whether `tool` works here. Says once per process what will not run for want of it, and adds a line to the file that
 *  `MIMOLO_NEEDS_LOG` names, so that the test command can total them. */
export function needs(tool) {
  const answer = known.get(tool) ?? works(tool);
  if (!known.has(tool) && !answer) console.warn(`needs ${tool}: not here, the tests that want it do not run`);
  known.set(tool, answer);
  const log = process.env.MIMOLO_NEEDS_LOG;
  if (!answer && log !== undefined && log !== "") appendFileSync(log, `${tool}\n`);
  return answer;
}

/** Ends a check here and now, counted as not run, unless all `tools` work. */
export function leaveWithout(...tools) {
  const lacking = tools.filter((tool) => !needs(tool));
  if (lacking.length > 0) process.exit(NOT_RUN);
}

function works(tool) {
  const file = tool === "chromium" ? findBrowser() : tool;
  if (file === null) return false;
  const { status } = spawnSync(file, TRIALS[tool], { stdio: "ignore", timeout: 20_000 });
  return status === 0;
}
