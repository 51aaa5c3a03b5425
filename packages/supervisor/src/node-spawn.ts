import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { Writable } from "node:stream";
import { resolveExecutable } from "./executable.ts";
import { KnownExecutables } from "./known-executables.ts";
import { descriptorsFrom3 } from "./node-strays.ts";
import { withPrivateUmask } from "./node-umask.ts";
import { isGroupOfDead } from "./process-facts.ts";
import type { Child, ChildEvents, SpawnFailureCode, SpawnRequest } from "./ports.ts";
import { howTheWrappedEnded, terminateTheWrapped } from "./wrapped.ts";

const WINDOWS = process.platform === "win32";
const CHEAP_LOOKS = 3;
const executables = new KnownExecutables();

/** Starts a real process: leader of its own group, three pipes, no shell, nothing inherited but what the request names. */
export function nodeSpawn(request: SpawnRequest, events: ChildEvents): Child | null {
  const resolved = executables.resolve(request.executable, { cwd: request.cwd, env: request.environment });
  if (!resolved.ok) return fail(events, resolved.code, resolved.message);
  let child: ChildProcessWithoutNullStreams;
  try {
    child = withPrivateUmask(
      () =>
        spawn(resolved.path, [...request.args], {
          cwd: request.cwd,
          env: request.environment,
          stdio: ["pipe", "pipe", "pipe", ...descriptorsFrom3(request.inherited?.length ?? 0)],
          // On Windows this would open a console window; a group is not a thing there, a tree is.
          detached: !WINDOWS,
          windowsHide: true,
          shell: false,
        }) as ChildProcessWithoutNullStreams,
    );
  } catch (error) {
    return fail(events, ...explain(error, resolved.path, request));
  }
  if (child.pid === undefined) {
    child.once("error", (error) => events.failed(...explain(error, resolved.path, request)));
    return null;
  }
  listen(child, events, request.signalsAsCodes ?? false);
  handOver(child, request.inherited ?? []);
  return handle(child, child.pid, request.signalsAsCodes ?? false);
}

/** Each pipe ends after its bytes; a child that never reads them, or is dead, costs us nothing but the bytes. */
function handOver(child: ChildProcessWithoutNullStreams, inherited: readonly Uint8Array[]): void {
  inherited.forEach((bytes, at) => {
    const pipe = child.stdio[3 + at];
    if (!(pipe instanceof Writable)) return;
    pipe.on("error", nothing);
    pipe.end(bytes, () => pipe.destroy());
    child.once("exit", () => pipe.destroy());
  });
}

function listen(child: ChildProcessWithoutNullStreams, events: ChildEvents, wrapped: boolean): void {
  const { stdin, stdout, stderr } = child;
  let open = 2;
  const ended = () => {
    if (--open === 0) events.outputEnded();
  };
  stdout.on("data", (chunk: Buffer) => events.stdout(chunk));
  stderr.on("data", (chunk: Buffer) => events.stderr(chunk));
  stdout.once("close", ended);
  stderr.once("close", ended);
  stdin.on("drain", () => events.drained());
  // A child that closed its end (EPIPE), or a pipe torn by its death, is told by `exited`; here it only must not throw.
  for (const stream of [stdin, stdout, stderr, child]) stream.on("error", nothing);
  child.once("exit", (code, signal) => {
    const exit = wrapped ? howTheWrappedEnded(code, signal) : { code, signal };
    events.exited(exit.code, exit.signal);
  });
}

const nothing = () => undefined;

function handle(child: ChildProcessWithoutNullStreams, pid: number, wrapped: boolean): Child {
  const { stdin, stdout, stderr } = child;
  let looks = 0;
  const running = () => child.exitCode === null && child.signalCode === null;
  return {
    pid,
    write: (text) => (stdin.writable ? stdin.write(text) : true),
    closeInput() {
      stdin.end();
      // What a deaf child left unread must not keep its stdin open.
      if (stdin.writableLength > 0) stdin.destroy();
    },
    signalGroup(signal) {
      if (WINDOWS) return running() && endTree(pid, signal);
      if (wrapped && signal === "SIGTERM" && terminateTheWrapped(pid)) return true;
      return signalPosix(pid, signal);
    },
    groupAlive() {
      if (WINDOWS) return running();
      // A look into all of /proc is dear; mostly the group is gone before it is needed.
      return signalPosix(pid, 0) && (++looks < CHEAP_LOOKS || !isGroupOfDead(pid));
    },
    pauseOutput: () => void stdout.pause(),
    resumeOutput: () => void stdout.resume(),
    release() {
      for (const stream of [stdin, stdout, stderr]) stream.destroy();
    },
  };
}

function signalPosix(pgid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pgid, signal);
  } catch (error) {
    // EPERM: somebody is there whom we may not touch (a set-uid program); macOS says it of zombies.
    return codeOf(error) === "EPERM" && process.platform !== "darwin";
  }
}

function endTree(pid: number, signal: "SIGTERM" | "SIGKILL"): boolean {
  const force = signal === "SIGKILL" ? ["/F"] : [];
  return spawnSync("taskkill", ["/PID", String(pid), "/T", ...force], { windowsHide: true }).status === 0;
}

function fail(events: ChildEvents, code: SpawnFailureCode, message: string): null {
  setImmediate(() => events.failed(code, message));
  return null;
}

function explain(error: unknown, path: string, request: SpawnRequest): [SpawnFailureCode, string] {
  const code = codeOf(error);
  // It was there a moment ago; is it still?
  const now = resolveExecutable(request.executable, { cwd: request.cwd, env: request.environment });
  if (!now.ok) return [now.code, now.message];
  // The file itself is there, so what is missing is what its first line names.
  if (code === "ENOENT") return ["not-found", `the interpreter that the first line of ${path} names is missing`];
  if (code === "EACCES" || code === "EPERM") return ["not-executable", `the system does not let us run ${path}`];
  return ["spawn-failed", `${path} could not be started: ${error instanceof Error ? error.message : String(error)}`];
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
