import { readFileSync } from "node:fs";
import { type Check, failed, ok, type RunProgram, warning } from "./check.ts";

const LEAST_NODE = [20, 19] as const;
const LEAST_WATCHES = 8192;
const LEAST_INSTANCES = 64;
const BEFORE_THIS_VERSION_MS = Date.UTC(2025, 0, 1);

/** The Node that runs this. `version` as in `process.versions.node`. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const old = major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1]);
  if (!old) return ok("node", `Node.js ${version}`);
  return failed("node", `Node.js ${version} is too old`, `Install Node.js ${LEAST_NODE.join(".")} or newer.`);
}

/** git, and whose commits count as this person's work. */
export async function checkGit(run: RunProgram): Promise<Check> {
  const found = await run("git", ["--version"]);
  if (!found.ok) {
    return warning(
      "git",
      "git is not installed: branches and commits are not seen",
      "Install git, for example with apt install git.",
    );
  }
  const email = await run("git", ["config", "user.email"]);
  if (email.ok && email.output !== "") return ok("git", `${found.output}, commits of ${email.output}`);
  return warning(
    "git",
    `${found.output}, but no user.email: past commits cannot be told to be yours`,
    "git config --global user.email you@example.org",
  );
}

/** How many folders the kernel lets a user watch; only Linux has such limits. */
export function checkWatches(platform: string, read: (file: string) => string = readText): Check {
  if (platform !== "linux") return ok("watches", "this system sets no limit on watched folders");
  const watches = Number(read("/proc/sys/fs/inotify/max_user_watches"));
  const instances = Number(read("/proc/sys/fs/inotify/max_user_instances"));
  if (!(watches > 0) || !(instances > 0)) {
    return warning(
      "watches",
      "the kernel's limits of watched folders cannot be read",
      "Nothing to do unless folders are missed.",
    );
  }
  const told = `${watches} watched folders, ${instances} watchers`;
  if (watches >= LEAST_WATCHES && instances >= LEAST_INSTANCES) return ok("watches", told);
  return warning(
    "watches",
    `only ${told} are allowed: deep folders are watched less far down`,
    "sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512",
  );
}

/** Whether a sandbox could be had. What is really enforced for an agent stands in `mimolo status`. */
export async function checkSandbox(platform: string, run: RunProgram): Promise<Check> {
  const told = "agents run with a scrubbed environment and without a sandbox";
  if (platform !== "linux")
    return warning("sandbox", `there is no bubblewrap on this system: ${told}`, "Run only agents that you trust.");
  const found = await run("bwrap", ["--version"]);
  if (!found.ok) {
    return warning(
      "sandbox",
      `bubblewrap is not installed: ${told}`,
      "Run only agents that you trust; apt install bubblewrap prepares for more.",
    );
  }
  const tried = await run("bwrap", ["--ro-bind", "/", "/", "--unshare-user", "--die-with-parent", "true"]);
  if (tried.ok) return ok("sandbox", `${found.output} works here; what it confines, each agent's status says`);
  return warning(
    "sandbox",
    `${found.output} is installed but may not make namespaces: ${told}`,
    "Run only agents that you trust.",
  );
}

/** The wall clock: a wrong one puts evidence on wrong days. `lastSeenMs` is when evidence was last written. */
export function checkClock(nowMs: number, lastSeenMs: number | null): Check {
  const now = new Date(nowMs).toISOString();
  const fix = "Set the clock, best by network time (timedatectl set-ntp true).";
  if (nowMs < BEFORE_THIS_VERSION_MS) return failed("clock", `the clock says ${now}, which is long past`, fix);
  if (lastSeenMs !== null && lastSeenMs > nowMs + 60_000) {
    return warning(
      "clock",
      `the clock says ${now}, but evidence was last written at ${new Date(lastSeenMs).toISOString()}`,
      fix,
    );
  }
  return ok("clock", `${now}, time zone ${Intl.DateTimeFormat().resolvedOptions().timeZone}`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}
