import { closeSync, openSync } from "node:fs";
import type { Readable } from "node:stream";
import { CliError, EXIT } from "./error.ts";

/** A place to write to: the part of a stream that `mimolo` needs, so that tests can hand in their own. */
export interface Sink {
  write(text: string): boolean;
  on(event: "drain" | "error" | "resize", listener: (error?: NodeJS.ErrnoException) => void): unknown;
  off(event: "drain" | "error" | "resize", listener: (error?: NodeJS.ErrnoException) => void): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export type StopSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

/** Everything `mimolo` takes from the process it runs in. */
export interface Surroundings {
  readonly stdin: Readable & { readonly isTTY?: boolean | undefined };
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Milliseconds since the Unix epoch. */
  nowMs(): number;
  /** Calls `heard` for each stop signal until the returned function is called; meanwhile the process survives them. */
  onStopSignal(heard: (signal: StopSignal) => void): () => void;
  /** Whether a SIGHUP means that the terminal went away; else somebody asks to read the configuration again. */
  hungUp(): boolean;
}

/** A terminal that says it has no columns is taken for one of 80: what asks questions would break a line after each letter. */
export function withColumns(sink: { readonly isTTY?: boolean; columns?: number }): void {
  if (sink.isTTY === true && sink.columns === 0) sink.columns = 80;
}

/** The process itself. */
export function processSurroundings(): Surroundings {
  withColumns(process.stdout);
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    get cwd() {
      return workingFolder();
    },
    nowMs: () => Date.now(),
    onStopSignal,
    hungUp: () => process.platform === "win32" || ((process.stdin.isTTY || process.stdout.isTTY) && !terminalThere()),
  };
}

/** Asked for when it is needed: many verbs work in a folder that was removed. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    const hint = "Go to one that is there, and start it again.";
    throw new CliError("usage", EXIT.usage, "the folder this was started in is gone", hint, { cause });
  }
}

/** A process that lost its terminal cannot open it any more. */
function terminalThere(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}

function onStopSignal(heard: (signal: StopSignal) => void): () => void {
  const signals: readonly StopSignal[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, heard);
  return () => {
    for (const signal of signals) process.off(signal, heard);
  };
}
