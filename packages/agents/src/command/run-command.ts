// Starts the command and takes what it prints, bounded in size and time.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { Writable } from "node:stream";
import type { Clock } from "@mimolo/agent-sdk";
import type { CommandRun } from "./command-run.ts";
import { howItEnded } from "./how-it-ended.ts";
import { cut } from "./output/cut.ts";
import { killTree } from "./process-tree.ts";
import { type Task, TASK_VARIABLE } from "./task.ts";

const MOST_STDOUT_BYTES = 262_144;
const MOST_STDERR_CHARACTERS = 2_000;
/** How long after its end the output of a command may go on. */
const LEFT_BEHIND_MS = 1_000;
/** The same for one that was killed with all it had started. */
const KILLED_MS = 200;
/** How much of an argument is told. */
const SHOWN = 20;
/** Which run a process belongs to, however far it is from us by now. */
const RUN_VARIABLE = "MIMOLO_COMMAND_RUN";

export interface RunOptions {
  readonly task: Task;
  /** For descriptors 3, 4, …. */
  readonly inherited: readonly Uint8Array[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

export interface StartedCommand {
  readonly ended: Promise<CommandRun>;
  /** Gives it up: ends it now, with all it has started. */
  kill(): void;
}

/** Runs the command once, stdin at its end, no shell. Never rejects: what goes wrong stands in the run. */
export function startCommand({ task, inherited, environment, timeoutMs, clock }: RunOptions): StartedCommand {
  const startedMs = clock.wallMs();
  const startedTicks = clock.ticksMs();
  const { [TASK_VARIABLE]: _, MIMOLO_CONFIG: __, ...env } = environment;
  const run = randomUUID();
  let child: ChildProcess;
  try {
    child = spawn(task.executable, task.args, {
      env: { ...env, [RUN_VARIABLE]: run },
      stdio: ["ignore", "pipe", "pipe", ...inherited.map(() => "pipe" as const)],
      windowsHide: true,
    });
  } catch (error) {
    // An argument that no system takes.
    return { ended: Promise.resolve(neverBegan(startedMs, timeoutMs, reasonOf(error, task))), kill: () => {} };
  }
  let timedOut = false;
  let givenUp = false;
  // What it leaves behind may hold its pipes open for ever; what it said itself is read long before.
  const letGo = () => {
    for (const stream of child.stdio) stream?.destroy();
  };
  let hasExited = false;
  child.on("exit", () => {
    hasExited = true;
    clock.after(timedOut || givenUp ? KILLED_MS : LEFT_BEHIND_MS, letGo);
  });
  const end = () => {
    if (child.pid !== undefined) void killTree(child.pid, `${RUN_VARIABLE}=${run}`);
  };
  // Once it has exited its number may be somebody else's.
  const forget = clock.after(timeoutMs, () => {
    if (hasExited || givenUp) return;
    timedOut = true;
    end();
  });
  const kill = () => {
    if (hasExited || timedOut) return;
    givenUp = true;
    end();
  };
  for (const [index, bytes] of inherited.entries()) {
    const pipe = child.stdio[3 + index] as Writable | undefined;
    // It need not read them.
    pipe?.on("error", () => {});
    pipe?.end(bytes);
  }
  const ended = new Promise<CommandRun>((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let stderr = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      if (bytes < MOST_STDOUT_BYTES) chunks.push(chunk.subarray(0, MOST_STDOUT_BYTES - bytes));
      bytes += chunk.length;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-MOST_STDERR_CHARACTERS);
    });
    child.on("error", (error) => {
      forget();
      if (child.pid === undefined) resolve(neverBegan(startedMs, timeoutMs, reasonOf(error, task)));
    });
    child.on("close", (exitCode, signal) => {
      forget();
      resolve({
        startedMs,
        tookMs: Math.round(clock.ticksMs() - startedTicks),
        timeoutMs,
        ...howItEnded({ exitCode, signal }, task.wrapped),
        timedOut,
        givenUp,
        failure: null,
        stdout: Buffer.concat(chunks).toString("utf8"),
        truncated: bytes > MOST_STDOUT_BYTES,
        // Cut in the middle of a character it begins with half of it.
        stderr: stderr.replace(/^[\uDC00-\uDFFF]/, "").trimEnd(),
      });
    });
  });
  return { ended, kill };
}

function neverBegan(startedMs: number, timeoutMs: number, failure: string): CommandRun {
  const nothing = {
    exitCode: null,
    signal: null,
    timedOut: false,
    givenUp: false,
    stdout: "",
    truncated: false,
    stderr: "",
  };
  return { startedMs, tookMs: 0, timeoutMs, failure, ...nothing };
}

/** Why it could not be started; of too much in its arguments, which of them. */
function reasonOf(error: unknown, { args }: Task): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== "E2BIG") return message;
  const longest = args.reduce((long, each) => (Buffer.byteLength(each) > Buffer.byteLength(long) ? each : long), "");
  const bytes = Buffer.byteLength(longest).toLocaleString("en");
  return `the argument ${JSON.stringify(cut(longest, SHOWN))}… takes ${bytes} bytes, more than this system hands to a program`;
}
