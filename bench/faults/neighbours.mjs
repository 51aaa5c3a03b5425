// The agents that must not notice anything, and the victims: who they are and how they are configured.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MARK } from "./processes.mjs";

export const HEARTBEAT_MS = 1_000;
const SUMMARY_MS = 250;
const VICTIMS = 6;
const agents = join(import.meta.dirname, "agents");

/** @typedef {{label: string, executable: string, args: string[], settings: Record<string, unknown>, keys: Record<string, unknown>}} Configured */

/** The well-behaved: with the SDK, raw, in shell, and in Python where there is one. @param {string} folder where they note what they wrote */
export function neighbours(folder) {
  const python = pythonHere();
  const settings = (/** @type {string} */ label) => ({
    notes: join(folder, "notes", `${label}.jsonl`),
    heartbeat_ms: HEARTBEAT_MS,
    summary_ms: SUMMARY_MS,
  });
  // Their own work is small and honest; what is asked of them here is more than 0.1 % of a core.
  const keys = { agent_flush_interval_s: 0.5, cpu_budget_percent: 8, memory_mib: 200 };
  const node = (/** @type {string} */ label) => ({
    label,
    executable: process.execPath,
    args: [join(agents, `neighbour-${label}.mjs`)],
    settings: settings(label),
    keys,
  });
  const shell = {
    label: "shell",
    executable: "/bin/sh",
    args: [join(agents, "neighbour.sh"), settings("shell").notes],
    settings: settings("shell"),
    keys,
  };
  const snake = {
    label: "python",
    args: ["-S", "-E", join(agents, "neighbour.py")],
    settings: settings("python"),
    keys,
  };
  return [node("sdk"), node("raw"), shell, ...(python === null ? [] : [{ ...snake, executable: python }])];
}

/** @param {string} folder where their control files lie */
export function victims(folder) {
  return Array.from({ length: VICTIMS }, (_, index) => {
    const label = `victim-${index + 1}`;
    return {
      label,
      executable: process.execPath,
      args: [join(agents, "hostile.mjs")],
      settings: { control: join(folder, "control", `${label}.json`), heartbeat_ms: HEARTBEAT_MS },
      keys: { agent_flush_interval_s: 2, memory_mib: 64 },
    };
  });
}

/** Writes `mimolo.toml` for all of them and makes the folders they use. @param {string} folder @param {string} mark @param {readonly Configured[]} configured */
export function writeConfig(folder, mark, configured) {
  for (const name of ["notes", "control"]) mkdirSync(join(folder, name), { recursive: true });
  const monitor = {
    agent_heartbeat_timeout_s: 2,
    max_plugin_cpu_percent: 10,
    global_total_cpu_budget_percent: 60,
    console_verbosity: "warning",
  };
  const table = (/** @type {string} */ name, /** @type {Record<string, unknown>} */ keys) =>
    [`[${name}]`, ...Object.entries(keys).map(([key, value]) => `${key} = ${JSON.stringify(value)}`), ""].join("\n");
  const sections = configured.map(({ label, executable, args, settings, keys }) => {
    const own = { executable, args, cwd: folder, heartbeat_interval_s: HEARTBEAT_MS / 1000, ...keys, ...settings };
    return `${table(`plugins.${label}`, own)}${table(`plugins.${label}.env`, { [MARK]: mark })}`;
  });
  const file = join(folder, "mimolo.toml");
  writeFileSync(file, [table("monitor", monitor), ...sections].join("\n"));
  return file;
}

/** The interpreter itself, not a version manager's shim, which would be a second process. */
function pythonHere() {
  const asked = spawnSync("python3", ["-c", "import sys; print(sys.executable)"], {
    encoding: "utf8",
    timeout: 10_000,
  });
  return asked.status === 0 ? asked.stdout.trim() : null;
}
