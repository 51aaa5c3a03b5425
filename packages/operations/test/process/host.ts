import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const path = fileURLToPath(new URL("hosts/collects.mjs", import.meta.url));

/** Something a host said; which members there are depends on the event (see hosts/collects.mjs). */
export interface Said {
  readonly started?: number;
  readonly stopped?: boolean;
  readonly refused?: string;
  readonly unhandled?: string;
  readonly pid?: number;
  readonly agent?: string;
  readonly through?: number;
  readonly code?: string;
  readonly message?: string;
}

/** A program of somebody's that embeds a collector, in a process of its own. */
export class Host {
  readonly said: Said[] = [];
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  #heard: () => void = () => undefined;
  #isOver = false;

  /** `wrapper` is a command that gets the program and its arguments, such as `unshare -Urm sh -c …`. */
  constructor(args: readonly string[], wrapper: readonly string[] = []) {
    const [command = process.execPath, ...rest] = [...wrapper, process.execPath, path, ...args];
    this.child = spawn(command, rest, { stdio: ["pipe", "pipe", "inherit"] });
    this.ended = once(this.child, "exit");
    this.child.stdin?.on("error", () => undefined);
    if (this.child.stdout === null) return;
    const lines = createInterface({ input: this.child.stdout });
    lines.on("line", (line) => {
      this.said.push(JSON.parse(line) as Said);
      this.#heard();
    });
    lines.on("close", () => {
      this.#isOver = true;
      this.#heard();
    });
  }

  /** Resolves with the first thing said that fits, now or later; `after` leaves out that many from the beginning. */
  async until(fits: (said: Said) => boolean, after = 0): Promise<Said> {
    for (;;) {
      const found = this.said.slice(after).find(fits);
      if (found !== undefined) return found;
      if (this.#isOver) throw new Error(`the program ended and said only ${JSON.stringify(this.said)}`);
      await new Promise<void>((resolve) => (this.#heard = resolve));
    }
  }

  stop(): void {
    this.child.stdin?.write("stop\n");
  }
}
