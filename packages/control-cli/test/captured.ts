import { Readable } from "node:stream";
import type { Sink, StopSignal, Surroundings } from "../src/main.ts";

/** A sink that keeps what was written, and the surroundings of a `mimolo` that runs inside a test. */
export interface Captured {
  readonly surroundings: Surroundings;
  readonly out: () => string;
  readonly err: () => string;
  /** As if the process got that signal. */
  signal(name: StopSignal): void;
  /** As if whoever reads stdout went away. */
  breakPipe(): void;
}

export function captured(options: {
  cwd: string;
  env?: Record<string, string>;
  terminal?: { columns: number };
  nowMs?: number;
}): Captured {
  const stdout = new CapturedSink(options.terminal);
  const stderr = new CapturedSink(options.terminal);
  const listeners = new Set<(signal: StopSignal) => void>();
  return {
    surroundings: {
      stdin: Readable.from([]),
      stdout,
      stderr,
      env: options.env ?? {},
      cwd: options.cwd,
      nowMs: () => options.nowMs ?? Date.now(),
      hungUp: () => true,
      onStopSignal: (heard) => {
        listeners.add(heard);
        return () => listeners.delete(heard);
      },
    },
    out: () => stdout.text,
    err: () => stderr.text,
    signal: (name) => {
      for (const heard of listeners) heard(name);
    },
    breakPipe: () => stdout.fail(Object.assign(new Error("broken pipe"), { code: "EPIPE" })),
  };
}

class CapturedSink implements Sink {
  text = "";
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  readonly #errors = new Set<(error?: NodeJS.ErrnoException) => void>();

  constructor(terminal: { columns: number } | undefined) {
    this.isTTY = terminal !== undefined;
    this.columns = terminal?.columns;
  }

  write(text: string): boolean {
    this.text += text;
    return true;
  }

  on(event: string, listener: (error?: NodeJS.ErrnoException) => void): this {
    if (event === "error") this.#errors.add(listener);
    return this;
  }

  off(event: string, listener: (error?: NodeJS.ErrnoException) => void): this {
    if (event === "error") this.#errors.delete(listener);
    return this;
  }

  fail(error: NodeJS.ErrnoException): void {
    for (const listener of this.#errors) listener(error);
  }
}
