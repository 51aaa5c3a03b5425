// Which browser drives the tests of the page, and how a machine without one comes by it.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./pnpm.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ELSEWHERE = {
  darwin: [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ],
  win32: [
    String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
    String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
  ],
};

/** The path of a browser that Playwright can drive: what `MIMOLO_BROWSER` names, or the first that is installed; `null` without one. */
export function findBrowser(env = process.env) {
  const named = env["MIMOLO_BROWSER"];
  if (named !== undefined && named !== "") return named;
  const onPath = (env["PATH"] ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...(ELSEWHERE[process.platform] ?? [])].find(isExecutable) ?? null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether this is a machine where a Debian package can be installed without asking anybody. */
export function canInstallBrowser() {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  return spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
}

/** Installs Debian's chromium. A failure is no failure of the tests: they say what did not run. */
export async function installBrowser() {
  const quiet = { quiet: true, env: { DEBIAN_FRONTEND: "noninteractive" } };
  const apt = (...words) => run("timeout", ["180", "apt-get", ...words], quiet);
  await apt("update", "-qq");
  const installed = await apt("install", "-y", "-qq", "--no-install-recommends", "chromium");
  if (installed.code !== 0) process.stderr.write("could not install chromium; going on without\n");
  return { ...installed, code: 0 };
}
