import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { scrubbedEnvironment } from "./environment.ts";
import { packageFile } from "./package-files.ts";

interface Answer {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}

const END_MS = 15_000;

/** A Node process of its own in which something is measured, asked over its channel. */
export class Helper {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  #lastId = 0;
  #lastWords = "";
  /** Why nothing will be answered any more. */
  #gone: string | null = null;

  /** Starts `children/<name>` of the build. */
  constructor(name: string) {
    this.#child = fork(packageFile("dist", "bench", "children", `${name}.js`), [], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      execArgv: [],
      env: scrubbedEnvironment(),
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#lastWords = `${this.#lastWords}${text}`.slice(-2000);
    });
    this.#child.on("message", (message: Answer) => this.#settle(message));
    this.#child.on("error", (error) => this.#fail(error.message));
    this.#exited = once(this.#child, "exit").then(() => this.#fail(`a measured process ended: ${this.#lastWords}`));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves to what the process answers; rejects when it cannot, or dies. */
  ask<Told>(what: string, params: object = {}): Promise<Told> {
    // Its channel may take messages for a moment longer than it lives.
    if (this.#gone !== null) return Promise.reject(new Error(this.#gone));
    const id = ++this.#lastId;
    return new Promise<Told>((resolve, reject) => {
      this.#waiting.set(id, { resolve: (answer) => resolve(answer as Told), reject });
      this.#child.send({ id, what, params }, (error) => {
        if (error !== null) this.#settle({ id, error: error.message });
      });
    });
  }

  /** Lets it end what it started, then ends it. */
  async end(): Promise<void> {
    const patience = setTimeout(() => this.kill(), END_MS);
    await this.ask("end").catch(() => undefined);
    clearTimeout(patience);
    this.kill();
    await this.#exited;
  }

  /** At once; its agents notice by the end of their stdin. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  #settle({ id, answer, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(error));
  }

  #fail(reason: string): void {
    this.#gone = reason;
    for (const id of this.#waiting.keys()) this.#settle({ id, error: reason });
  }
}
