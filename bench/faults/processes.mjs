// What /proc knows of this run's processes: who carries its mark, how much memory the collector has. Linux only.
import { readdirSync, readFileSync } from "node:fs";

/** Every process of a run has this in its environment: the collector by us, the agents by their config. */
export const MARK = "MIMOLO_FAULT_SUITE_RUN";

/** @typedef {{pid: number, label: string, runId: string, name: string, startedAt: string}} Marked */

/** All living processes that carry `mark`, or a longer one that begins with it; a zombie is dead. @param {string} mark @returns {Marked[]} */
export function marked(mark) {
  return readdirSync("/proc").flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    const environment = textOf(`/proc/${entry}/environ`).split("\0");
    if (!environment.some((line) => line.startsWith(`${MARK}=${mark}`))) return [];
    const value = (/** @type {string} */ name) =>
      environment.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
    const { startedAt } = identity(Number(entry));
    const name = textOf(`/proc/${entry}/cmdline`).replaceAll("\0", " ").trim();
    return [{ pid: Number(entry), label: value("MIMOLO_AGENT_LABEL"), runId: value("MIMOLO_RUN_ID"), name, startedAt }];
  });
}

/** Living children of `pid` whose command line holds `word`. @param {number} pid @param {string} word */
export function childrenOf(pid, word) {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => ({ pid: Number(entry), ...identity(Number(entry)) }))
    .filter(({ pid: child, parent }) => parent === pid && textOf(`/proc/${child}/cmdline`).includes(word));
}

/** Who a pid is: its parent and its start time, which a reused pid cannot fake; zeros when it is gone or a zombie. @param {number} pid */
export function identity(pid) {
  const stat = textOf(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (stat === "" || fields[0] === "Z") return { parent: 0, startedAt: "" };
  return { parent: Number(fields[1]), startedAt: fields[19] ?? "" };
}

/** Memory of a process in MiB: resident now, and the most it ever was. @param {number} pid */
export function memoryOf(pid) {
  const status = textOf(`/proc/${pid}/status`);
  const mib = (/** @type {string} */ key) =>
    Number(new RegExp(`^${key}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0) / 1024;
  return { rssMib: mib("VmRSS"), peakMib: mib("VmHWM") };
}

/** Kills everything that carries `mark`, and says what it was. @param {string} mark */
export function killMarked(mark) {
  const left = marked(mark);
  for (const { pid } of left) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone meanwhile.
    }
  }
  return left;
}

/** @param {string} path */
function textOf(path) {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
