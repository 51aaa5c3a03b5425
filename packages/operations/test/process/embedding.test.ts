import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { openArchive } from "../../src/index.ts";
import { Host } from "./host.ts";

const agent = fileURLToPath(new URL("../fixtures/agents/reports-work.mjs", import.meta.url));

let dataDir = "";
const hosts: Host[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "mimolo-embedding-"));
});
afterEach(async () => {
  for (const { child } of hosts) child.kill("SIGKILL");
  await Promise.all(hosts.splice(0).map(({ ended }) => ended));
  rmSync(dataDir, { recursive: true, force: true });
});
function host(args: readonly string[], wrapper?: readonly string[]): Host {
  const made = new Host(args, wrapper);
  hosts.push(made);
  return made;
}

/** A dead child that nobody has fetched yet counts as dead. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, "latin1").includes(") Z ");
  } catch {
    return false;
  }
}

test("a program that embeds a collector ends by itself once that is stopped", async () => {
  const program = host([dataDir, agent]);
  await program.until(({ agent: state }) => state === "running");
  program.stop();
  expect(await program.until(({ stopped }) => stopped !== undefined)).toEqual({ stopped: true });
  const stoppedAtMs = performance.now();
  expect(await program.ended).toEqual([0, null]);
  expect(performance.now() - stoppedAtMs).toBeLessThan(2_000);
});

test("of ten collectors at once on one data directory exactly one starts, stale lock or not", async () => {
  for (const stale of [false, true]) {
    if (stale) writeFileSync(join(dataDir, "control", "lock.json"), '{"pid":1073741824,"start_time":"1"}\n');
    const programs = Array.from({ length: 10 }, () => host([dataDir]));
    const words = await Promise.all(
      programs.map((program) => program.until(({ started, refused }) => (started ?? refused) !== undefined)),
    );
    const winners = words.filter(({ started }) => started !== undefined);
    expect(winners).toHaveLength(1);
    const others = words.filter(({ refused }) => refused !== undefined);
    expect(others).toHaveLength(9);
    for (const other of others) expect(other).toEqual({ refused: "already-running", pid: winners[0]?.started });
    for (const program of programs) program.stop();
    await Promise.all(programs.map(({ ended }) => ended));
  }
}, 60_000);

test("after kill -9 the next start ends what was left and goes on in the same ledger", async () => {
  const first = host([dataDir, agent]);
  const { pid = 0 } = await first.until(({ agent: state }) => state === "running");
  await first.until(({ through = 0 }) => through > 5);
  first.child.kill("SIGKILL");
  await first.ended;
  const alive = join(dataDir, "state", "alive");
  expect(readFileSync(alive, "utf8")).toBe("");

  const second = host([dataDir, agent]);
  await second.until(({ agent: state }) => state === "running");
  expect(lives(pid)).toBe(false);
  second.stop();
  await second.ended;
  expect(await openArchive(dataDir).verify()).toMatchObject({ ok: true });
  const seqs: number[] = [];
  for await (const { record } of openArchive(dataDir).evidence()) seqs.push(record.seq);
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
});

// A disk of one megabyte that exists for the program alone; the shell there fills and frees it on a signal file.
const smallDisk = (mount: string, fill: string) => [
  "unshare",
  "-Urm",
  "sh",
  "-c",
  `mount -t tmpfs -o size=1m tmpfs "$0" || exit 1
  while sleep 0.05 && kill -0 $$; do
    if [ ! -e "${fill}" ]; then rm -f "$0/filler"
    else head -c 2000000 /dev/zero >>"$0/filler"
    fi
  done 2>/dev/null &
  exec "$@"`,
  mount,
];

test.runIf(needs("unshare") && needs("sh"))(
  "a full disk stops commits and nothing else: it is said, and what waited is kept once there is room",
  async () => {
    const fill = `${dataDir}.fill`;
    const program = host([join(dataDir, "data"), agent], smallDisk(dataDir, fill));
    try {
      await program.until(({ agent: state }) => state === "running");
      writeFileSync(fill, "");
      expect((await program.until(({ code }) => code === "ledger-fault")).message).toContain("the disk is full");
      const before = program.said.length;
      rmSync(fill);
      await program.until(({ code }) => code === "ledger-works-again", before);
      writeFileSync(fill, "");
      await program.until(({ code }) => code === "ledger-fault", program.said.length);
      program.stop();
      // Whether the last words still found room is the disk's affair; the program ends either way.
      await program.until(({ stopped }) => stopped !== undefined);
      expect(await program.ended).toEqual([0, null]);
      expect(program.said.filter(({ unhandled }) => unhandled !== undefined)).toEqual([]);
    } finally {
      rmSync(fill, { force: true });
    }
  },
);
