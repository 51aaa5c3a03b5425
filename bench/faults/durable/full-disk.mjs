// A data directory on a disk of 1 MiB, in a mount namespace of its own: nobody but its processes sees it, and it goes with them.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { MARK } from "../processes.mjs";

const FULL_MS = 30_000;
/** Heartbeats come every second; the machine may be busy. */
const SILENT_MS = 8_000;
const NEARLY_NOTHING = 16_384;

/** Whether this machine lets us mount a small disk. */
export function canFillDisk() {
  return spawnSync("unshare", ["-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" }).status === 0;
}

/** @param {string} folder @param {string} mark */
export async function smallDisk(folder, mark) {
  const at = join(folder, "data");
  mkdirSync(at, { recursive: true });
  const script = 'mount -t tmpfs -o size=1m,mode=700 tmpfs "$1" && echo mounted && exec sleep 900';
  const env = { ...process.env, [MARK]: mark };
  const holder = spawn("unshare", ["-Urm", "sh", "-c", script, "sh", at], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(holder, "exit");
  const mounted = await Promise.race([once(holder.stdout, "data"), exited.then(() => null)]);
  if (mounted === null) throw new Error("a disk of 1 MiB could not be mounted");
  const within = ["nsenter", "-t", String(holder.pid), "-U", "-m", "--preserve-credentials", "--"];
  const seenAt = `/proc/${holder.pid}/root`;
  const ballast = `${seenAt}${at}/ballast`;
  const freeBytes = () => {
    const { bavail, bsize } = statfsSync(seenAt + at);
    return bavail * bsize;
  };
  return {
    within,
    seenAt,
    freeBytes,
    /** Leaves so much room. @param {number} bytes */
    fillUpTo: (bytes) => writeFileSync(ballast, Buffer.alloc(Math.max(0, freeBytes() - bytes))),
    /** Somebody tidied up, and bought a larger disk. */
    free() {
      rmSync(ballast, { force: true });
      const [program, ...args] = [...within, "mount", "-o", "remount,size=64m", "tmpfs", at];
      if (spawnSync(program, args).status !== 0) throw new Error("the small disk could not be made larger");
    },
    async end() {
      holder.kill("SIGKILL");
      await exited;
    },
  };
}

/** The fault itself, done to a world that lies on such a disk.
 *  @param {import("./world.mjs").World} world @param {any} params @param {Awaited<ReturnType<typeof smallDisk>>} disk */
export async function fillDisk(world, params, disk) {
  const problems = /** @type {string[]} */ ([]);
  const collector = await world.running({});
  disk.fillUpTo(params.freeKib * 1024);
  world.load("steady");
  const untilMs = Date.now() + FULL_MS;
  while (disk.freeBytes() > NEARLY_NOTHING && Date.now() < untilMs) await sleep(50);
  if (disk.freeBytes() > NEARLY_NOTHING) problems.push("the disk never filled up");
  await sleep(params.fullMs);
  const { agents } = await collector.status();
  for (const { label, state, last_heartbeat_at: beat } of agents)
    if (state !== "running" || Date.now() - Date.parse(beat) > SILENT_MS)
      problems.push(`on a full disk ${label} is ${state}, last heard of ${beat}`);
  const open = world.promises.look().open().length;
  if (open === 0) problems.push("a full disk held nothing back");
  if (params.killed) {
    await world.killAll();
    // What neither the ledger nor a spool had room for was in memory alone.
    world.promises.excuse(agents.map((/** @type {any} */ { label }) => label));
  }
  disk.free();
  if (params.killed) await world.start();
  return { open, problems };
}
