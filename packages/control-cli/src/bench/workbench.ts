import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Helper } from "./helper.ts";
import { buildNativeAgent } from "./native-agent.ts";

/** A place to measure in: a folder, and processes that are gone when it is closed. */
export class Workbench {
  readonly quick: boolean;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly #say: (text: string) => void;
  readonly #children = new Set<ChildProcess>();
  #helpers: Helper[] = [];
  #agent: Promise<string> | null = null;

  constructor(options: { quick: boolean; signal: AbortSignal; progress: (text: string) => void }) {
    this.quick = options.quick;
    this.signal = options.signal;
    this.folder = mkdtempSync(join(tmpdir(), "mimolo-bench-"));
    this.#say = options.progress;
    this.signal.addEventListener("abort", () => this.#kill());
  }

  /** The fewer with `--quick`. */
  rounds(full: number, quick: number): number {
    return this.quick ? quick : full;
  }

  progress(text: string): void {
    this.signal.throwIfAborted();
    this.#say(text);
  }

  /** Path of the native agent, built on first use. Rejects with `NotMeasured` where there is no compiler. */
  agent(): Promise<string> {
    this.#agent ??= buildNativeAgent(this.folder);
    return this.#agent;
  }

  /** A fresh folder inside `folder`. */
  fresh(): string {
    return mkdtempSync(join(this.folder, "d-"));
  }

  /** A measured process for the time of `use`. */
  async with<Result>(name: string, use: (helper: Helper) => Promise<Result>): Promise<Result> {
    this.signal.throwIfAborted();
    const helper = new Helper(name);
    this.#helpers.push(helper);
    try {
      return await use(helper);
    } finally {
      await helper.end();
      this.#helpers = this.#helpers.filter((each) => each !== helper);
    }
  }

  /** Sees to it that `child` does not outlive this. */
  keep(child: ChildProcess): ChildProcess {
    this.#children.add(child);
    child.once("exit", () => this.#children.delete(child));
    return child;
  }

  /** Rejects as soon as the bench is interrupted. */
  async sleep(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.signal });
  }

  close(): void {
    this.#kill();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  #kill(): void {
    for (const helper of this.#helpers) helper.kill();
    for (const child of this.#children) child.kill("SIGKILL");
  }
}
