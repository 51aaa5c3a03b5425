import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { findBrowser } from "./browser.mjs";

/** Tools that some tests want and no machine must have. The arguments make each do its smallest real piece of work: a
 *  tool that is installed and forbidden counts as absent. */
const TRIALS = {
  bwrap:
    "--ro-bind / / --dev /dev --proc /proc --unshare-user-try --unshare-pid --unshare-net --die-with-parent true".split(
      " ",
    ),
  cc: ["--version"],
  chromium: ["--version"],
  git: ["--version"],
  go: ["version"],
  minisign: ["-v"],
  mkfifo: ["--version"],
  openssl: ["version"],
  python3: ["-c", "pass"],
  rustc: ["--version"],
  sh: ["-c", ":"],
  sha256sum: ["--version"],
  unshare: ["-Urm", "true"],
  Xvfb: ["-help"],
} as const;

/** A tool that a test may want. */
export type Tool = keyof typeof TRIALS;

const known = new Map<Tool, boolean>();

/** Whether `tool` works here, for `test.runIf(needs("git"))`. Says once per process what will not run for want of it, and
 *  adds a line to the file that `MIMOLO_NEEDS_LOG` names, so that the test command can total them. */
export function needs(tool: Tool): boolean {
  const answer = known.get(tool) ?? works(tool);
  if (!known.has(tool) && !answer) console.warn(`needs ${tool}: not here, the tests that want it do not run`);
  known.set(tool, answer);
  const log = process.env["MIMOLO_NEEDS_LOG"];
  if (!answer && log !== undefined && log !== "") appendFileSync(log, `${tool}\n`);
  return answer;
}

function works(tool: Tool): boolean {
  const file = tool === "chromium" ? findBrowser() : tool;
  if (file === null) return false;
  const { status } = spawnSync(file, TRIALS[tool], { stdio: "ignore", timeout: 10_000 });
  return status === 0;
}
