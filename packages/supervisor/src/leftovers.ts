import { setTimeout as sleep } from "node:timers/promises";
import { hasInEnvironment, livingGroups, type ProcessFacts } from "./process-facts.ts";
import { type RunEntry, readRunFile } from "./run-file.ts";

/** What was found of an earlier collector's agents. */
export interface LeftoversReport {
  /** Process groups that were killed. */
  readonly killed: readonly number[];
  /** Groups of that number that are alive but could not be proven ours, and why; they are left alone. */
  readonly spared: readonly { readonly pid: number; readonly reason: "start-time-differs" | "nonce-not-found" }[];
  /** Killed, and still there after two seconds. */
  readonly remaining: readonly number[];
}

const PATIENCE_MS = 2_000;
const LOOK_EVERY_MS = 20;
/** We note the whole second after the start; a busy machine takes its time between the two. */
const TOLERANCE_S = 30;

/** Kills what an earlier collector left behind, once pid, start time and nonce all agree; call it before the first spawn.
 *  Members of a group whose leader is dead count too, by their nonce. Without `/proc` nothing is found and nothing killed. */
export async function reapLeftovers(path: string): Promise<LeftoversReport> {
  const entries = readRunFile(path);
  if (entries.length === 0) return { killed: [], spared: [], remaining: [] };
  const groups = livingGroups();
  const killed: number[] = [];
  const spared: { pid: number; reason: "start-time-differs" | "nonce-not-found" }[] = [];
  for (const entry of entries) {
    const members = groups.get(entry.pid) ?? [];
    if (members.length === 0) continue;
    const doubt = doubtAbout(entry, members);
    if (doubt !== null) spared.push({ pid: entry.pid, reason: doubt });
    else if (kill(entry.pid)) killed.push(entry.pid);
  }
  const remaining = await whoRemains(killed);
  return { killed, spared, remaining };
}

function doubtAbout(entry: RunEntry, members: readonly ProcessFacts[]) {
  const leader = members.find((member) => member.pid === entry.pid);
  if (leader !== undefined && !(Math.abs(leader.startedS - entry.started_s) <= TOLERANCE_S))
    return "start-time-differs";
  const nonce = `MIMOLO_RUN_ID=${entry.nonce}`;
  return members.some((member) => hasInEnvironment(member.pid, nonce)) ? null : "nonce-not-found";
}

function kill(pgid: number): boolean {
  try {
    return process.kill(-pgid, "SIGKILL");
  } catch {
    return false;
  }
}

async function whoRemains(pgids: readonly number[]): Promise<number[]> {
  let remaining = [...pgids];
  for (let waitedMs = 0; remaining.length > 0 && waitedMs < PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
    await sleep(LOOK_EVERY_MS);
    const groups = livingGroups();
    remaining = remaining.filter((pgid) => groups.has(pgid));
  }
  return remaining;
}
