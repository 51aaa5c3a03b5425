import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolveExecutable } from "../executable.ts";
import { bubblewrapArguments } from "./bubblewrap.ts";
import type { Sandbox } from "./confinement.ts";
import { systemCallFilter } from "./system-calls.ts";

export interface ProbeOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
}

const PATIENCE_MS = 5_000;
const known = new Map<string, Sandbox>();

/** Whether bubblewrap works here, learnt by running it once; remembered for this process. Linux only: elsewhere there is none. */
export function probeSandbox(options: ProbeOptions = {}): Sandbox {
  const { env = process.env, platform = process.platform } = options;
  if (platform !== "linux") return none(`there is no sandbox for ${NAMES[platform] ?? platform} yet`);
  const path = env["PATH"] ?? "";
  const found = known.get(path) ?? probe(path);
  known.set(path, found);
  return found;
}

const NAMES: Partial<Record<NodeJS.Platform, string>> = { darwin: "macOS", win32: "Windows" };

function probe(path: string): Sandbox {
  const resolved = resolveExecutable("bwrap", { cwd: "/", env: { PATH: path } });
  if (!resolved.ok) return none("bubblewrap is not installed");
  const program = resolveExecutable("true", { cwd: "/", env: { PATH: `${path}:/usr/bin:/bin` } });
  const filter = systemCallFilter(process.arch, { processes: true, unixSockets: false, network: false });
  const args = bubblewrapArguments({
    view: { whole: true, mounts: [] },
    network: false,
    cwd: "/",
    command: [program.ok ? program.path : "/bin/true"],
    verified: null,
    filterDescriptor: filter === null ? null : 0,
  });
  const ran = spawnSync(resolved.path, args, {
    env: {},
    cwd: "/",
    encoding: "utf8",
    timeout: PATIENCE_MS,
    input: filter ?? "",
    stdio: ["pipe", "ignore", "pipe"],
  });
  if (ran.status === 0) return { bubblewrap: resolved.path, why: "" };
  if (/unknown option/i.test(ran.stderr))
    return none(`bubblewrap (${resolved.path}) is too old: 0.7 or newer is needed`);
  return none(`bubblewrap is installed (${resolved.path}) and does not work here: ${whatItSaid(ran)}${whoForbids()}`);
}

/** Namespaces for everybody are what it needs, and some systems let nobody but root make them. */
function whoForbids(): string {
  const forbids = (setting: string, value: string) => {
    try {
      return readFileSync(`/proc/sys/kernel/${setting}`, "utf8").trim() === value;
    } catch {
      return false;
    }
  };
  if (forbids("apparmor_restrict_unprivileged_userns", "1")) return " (AppArmor withholds user namespaces)";
  return forbids("unprivileged_userns_clone", "0") ? " (user namespaces are switched off)" : "";
}

function whatItSaid({ stderr, error }: { readonly stderr: string | null; readonly error?: Error | undefined }): string {
  const [line = ""] = (stderr ?? "").trim().split("\n");
  return line.replace(/^bwrap: /, "") || (error?.message ?? "it ended with an error");
}

const none = (why: string): Sandbox => ({ bubblewrap: null, why });
