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

/** Whether agents can be confined here; `sandbox` was found by running it. What is enforced for an agent, its status says. */
export function checkSandbox(
  platform: string,
  sandbox: { readonly bubblewrap: string | null; readonly why: string },
  read: (file: string) => string = readText,
): Check {
  if (sandbox.bubblewrap !== null) {
    return ok("sandbox", `bubblewrap works (${sandbox.bubblewrap}): agents reach only what they were granted`);
  }
  const told = `${sandbox.why}: what agents may touch is declared, and only in part held`;
  if (platform !== "linux") return warning("sandbox", told, "Run only agents that you trust.");
  if (read(APPARMOR_SWITCH) === "1") return warning("sandbox", told, FIX_APPARMOR);
  const installed = sandbox.why.startsWith("bubblewrap is installed");
  return warning("sandbox", told, installed ? FIX_NAMESPACES : FIX_MISSING);
}

/** Ubuntu 24.04 and later: 1 where programs without a profile may not make user namespaces. */
const APPARMOR_SWITCH = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";

const FIX_MISSING = "sudo apt install bubblewrap (other systems name the package alike)";
const FIX_NAMESPACES =
  "It has to be allowed user namespaces: in a container by its options, else by the kernel's settings.";
const FIX_APPARMOR = `sudo apt install bubblewrap; if that alone does not help, AppArmor forbids user namespaces, as Ubuntu
24.04 does: give bwrap a profile with \`userns,\` in /etc/apparmor.d, or
sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`;

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
