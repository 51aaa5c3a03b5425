// A process as a collector starts one: three pipes, and a group of its own, so that what it leaves behind is found and ended.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { groupOf } from "./process-group.ts";
import { endStrays, endStraysNow, RUN_ID, straysOf } from "./strays.ts";

/** How long a process may take to be gone once it was killed. */
const REAPING_MS = 5000;
const GOING_MS = 500;

export interface ChildStart {
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** Pipes beside stdin, stdout and stderr. */
  readonly morePipes?: number;
}

/** How it ended, or why it never began. */
export type ChildEnd =
  | { readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly error: NodeJS.ErrnoException };

export class Child {
  readonly process: ChildProcess;
  /** Stands in its environment as `MIMOLO_RUN_ID`, and in that of all it starts. */
  readonly runId = randomUUID();
  /** Once everything it said was read. */
  readonly ended: Promise<ChildEnd>;

  constructor({ executable, args, cwd, environment, morePipes = 0 }: ChildStart) {
    this.process = spawn(executable, args, {
      cwd,
      env: { ...environment, [RUN_ID]: this.runId },
      stdio: Array.from({ length: 3 + morePipes }, () => "pipe" as const),
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    const failed = once(this.process, "error").then(([error]: unknown[]) => ({
      error: error as NodeJS.ErrnoException,
    }));
    const closed = once(this.process, "close").then(([code, signal]: unknown[]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
    }));
    // The loser of the race may still reject.
    closed.catch(() => {});
    this.ended = Promise.race([closed, failed]);
    for (const stream of this.process.stdio) stream?.on("error", () => {});
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** `done` is called once the pipe has taken it, or cannot any more. */
  write(bytes: string | Uint8Array, done?: () => void): void {
    if (this.process.stdin?.writable === true) this.process.stdin.write(bytes, done);
  }

  /** Bytes that were written, and the pipe has not taken. */
  get unwritten(): number {
    return this.process.stdin?.writableLength ?? 0;
  }

  hangUp(): void {
    this.process.stdin?.end();
  }

  /** Processes that it started and that outlive it, in its group and outside, once they had a moment to go. */
  async leftBehind(withinMs = GOING_MS): Promise<string[]> {
    const deadlineMs = performance.now() + withinMs;
    for (;;) {
      const [group, strays] = await Promise.all([groupOf(this.pid), straysOf(this)]);
      const left = [
        ...group.map(({ name, pid }) => `${name} (${pid})`),
        ...strays.map(({ name, pid }) => `${name} (${pid}, left its process group)`),
      ];
      if (left.length === 0 || performance.now() > deadlineMs) return left;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Ends whatever is left of it and of what it started. */
  async kill(): Promise<void> {
    this.#killGroup();
    await endStrays(this);
    await Promise.race([this.ended, new Promise((resolve) => setTimeout(resolve, REAPING_MS).unref())]);
    // A stray that was not found still holds its pipes: nobody here waits for that.
    for (const stream of this.process.stdio) stream?.destroy();
  }

  /** The same without waiting, for a process that must go itself. */
  killNow(): void {
    this.#killGroup();
    if (this.pid > 0) endStraysNow(this);
  }

  #killGroup(): void {
    try {
      if (this.pid > 0) process.kill(process.platform === "win32" ? this.pid : -this.pid, "SIGKILL");
    } catch {
      // Nobody is left.
    }
  }
}
