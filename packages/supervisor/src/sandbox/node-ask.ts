import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const PATIENCE_MS = 10_000;

/** What a Python says of itself: the interpreter behind shims and links, and the folders it reads. */
export interface PythonFacts {
  readonly executable: string;
  /** Like `3.11.2`. */
  readonly version: string;
  readonly mounts: readonly string[];
}

// A virtual environment is known by the file beside the interpreter's folder; the interpreter itself may be a link.
// A module that lies in the folder it is asked from is none of its own, and would be run here.
const QUESTION = `import sys
sys.path = [p for p in sys.path if p]
import json, os, sysconfig
lib = sysconfig.get_config_var("LIBDIR") or ""
name = sysconfig.get_config_var("INSTSONAME") or ""
base = getattr(sys, "_base_executable", "") or sys.executable
print(json.dumps({"version": "%d.%d.%d" % sys.version_info[:3], "executable": sys.executable, "mounts": [sys.executable, os.path.realpath(base),
  os.path.join(sys.prefix, "pyvenv.cfg"), os.path.join(lib, name) if ".so" in name else "",
  sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")] + [p for p in sys.path if p]}))`;

/** Null when it does not answer. */
export function askPython(
  path: string,
  { env, cwd }: { readonly env: Readonly<Record<string, string | undefined>>; readonly cwd: string },
): PythonFacts | null {
  const answer = ask(path, ["-c", QUESTION], env, cwd);
  if (answer === null) return null;
  try {
    const facts: { executable: string; version: string; mounts: string[] } = JSON.parse(answer);
    // The folder it was asked from is no part of it.
    const mounts = facts.mounts.filter((found) => found.startsWith("/") && found !== "/" && existsSync(found));
    return { executable: facts.executable, version: facts.version, mounts: [...new Set(mounts)] };
  } catch {
    return null;
  }
}

/** The version of a Node binary, like `20.20.2`; null when it does not answer. */
export function askNode(path: string): string | null {
  return /^v(\d+\.\d+\.\d+)/.exec(ask(path, ["--version"], {}, "/") ?? "")?.[1] ?? null;
}

function ask(
  path: string,
  args: string[],
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): string | null {
  const asked = spawnSync(path, args, {
    cwd,
    env,
    encoding: "utf8",
    timeout: PATIENCE_MS,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return asked.status === 0 ? asked.stdout : null;
}
