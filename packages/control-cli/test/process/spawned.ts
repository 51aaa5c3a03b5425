import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, TestRunner } from "vitest";

const BIN = fileURLToPath(new URL("../../bin/mimolo.js", import.meta.url));
const PATIENCE_MS = 30_000;

export const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/agents/${name}`, import.meta.url));

function remove(root: string): void {
  try {
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch {
    // What a test killed may still be at it; that judges no test.
  }
}

/** Runs `work` when all tests of the file are over that this is called from, itself or in one of its tests: this module is several files'. */
function afterThisFile(work: () => void): void {
  const file = TestRunner.getCurrentTest()?.file;
  if (file === undefined) afterAll(work);
  else TestRunner.getSuiteHooks(file).afterAll.push(work);
}

/** A folder of a test's own, with a space in its path, and an environment that knows no other MiMoLo. */
export function place(): { folder: string; dataDir: string; env: Record<string, string> } {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "mimolo test ")));
  afterThisFile(() => remove(root));
  const folder = join(root, "work");
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: root,
    XDG_CONFIG_HOME: join(root, "config"),
    XDG_DATA_HOME: join(root, "share"),
    XDG_RUNTIME_DIR: root,
    TMPDIR: tmpdir(),
    TZ: "Europe/Berlin",
    GIT_CONFIG_GLOBAL: join(root, "gitconfig"),
    GIT_CONFIG_NOSYSTEM: "1",
  };
  mkdirSync(folder, { recursive: true });
  return { folder, dataDir: join(root, "data"), env };
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A `mimolo` that runs in a process of its own. */
export interface Spawned {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<Ended>;
  out(): string;
  err(): string;
  /** Resolves once stdout or stderr holds `text`; rejects when the process ends without it. */
  says(text: string | RegExp): Promise<void>;
}

export function mimolo(at: { folder: string; env: Record<string, string> }, ...argv: string[]): Spawned {
  const child = spawn(process.execPath, [BIN, ...argv], {
    cwd: at.folder,
    env: at.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  const waiting = new Set<() => void>();
  const heard = () => {
    for (const check of waiting) check();
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    heard();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
    heard();
  });
  let closed = false;
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => {
      closed = true;
      heard();
      resolve({ code, signal, out, err });
    });
  });
  const says = (text: string | RegExp) =>
    new Promise<void>((resolve, reject) => {
      const told = () => (typeof text === "string" ? (out + err).includes(text) : text.test(out + err));
      const giveUp = (why: string) => reject(new Error(`${why} without saying ${String(text)}:\n${out}\n${err}`));
      const timer = setTimeout(() => giveUp("waited"), PATIENCE_MS);
      const check = () => {
        if (!told() && !closed) return;
        clearTimeout(timer);
        waiting.delete(check);
        if (told()) resolve();
        else giveUp("ended");
      };
      waiting.add(check);
      check();
    });
  return { child, pid: child.pid ?? 0, ended, out: () => out, err: () => err, says };
}

/** Pids below `pid`, however deep. */
export function descendants(pid: number): number[] {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs.flatMap(([child = 0, its = 0]) => (its === parent ? [child, ...below(child)] : []));
  return below(pid);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
