// The one port to the operating system: starting a child and talking to its process group.

/** Why no process came to be: the executable is missing, may not be run, or the machine refused (memory, descriptors). */
export type SpawnFailureCode = "not-found" | "not-executable" | "spawn-failed";

/** What to run. `args` is an array and stays one: no shell ever reads it. `environment` is complete, nothing is inherited. */
export interface SpawnRequest {
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Handed to the child on descriptors 3, 4, … as pipes that end after these bytes. Default: none. */
  readonly inherited?: readonly Uint8Array[];
  /** The executable is a wrapper: it ends with code 128 + n when what it wraps ended by signal n, and dies of SIGTERM at once
   *  instead of passing it on. Default: false. */
  readonly signalsAsCodes?: boolean;
}

/** What to run this time, or why nothing is to be run; `transient`: the machine is short of something, and it is tried again like
 *  a spawn that failed. */
export type Launch =
  | { readonly ok: true; readonly request: SpawnRequest }
  | { readonly ok: false; readonly reason: string; readonly transient?: boolean };

/** What a child does to us. Chunks are valid during the call only. */
export interface ChildEvents {
  stdout(chunk: Uint8Array): void;
  stderr(chunk: Uint8Array): void;
  /** Both output pipes reached their end; may come before or after `exited`, or never (a stray holds them). */
  outputEnded(): void;
  /** After a `write` that said false: the pipe takes more now. */
  drained(): void;
  /** The process itself ended; its output may still be on the way and others of its group alive. Called once. */
  exited(code: number | null, signal: string | null): void;
  /** Instead of everything else, when there is no process. Never called before `spawn` returned. */
  failed(code: SpawnFailureCode, message: string): void;
}

/** A live process that leads a group of its own. No method throws, whatever state the process is in. */
export interface Child {
  readonly pid: number;
  /** False: keep the rest until `drained`. Writing to a closed pipe is silently nothing. */
  write(text: string): boolean;
  closeInput(): void;
  /** Signals the whole group; false when nobody is left in it. */
  signalGroup(signal: "SIGTERM" | "SIGKILL"): boolean;
  groupAlive(): boolean;
  /** Stops and resumes reading stdout; the child blocks once the pipe is full. Stderr is always read. */
  pauseOutput(): void;
  resumeOutput(): void;
  /** Lets go of the pipes, read or not. */
  release(): void;
}

/** Starts a process in its own group, or returns null and calls `events.failed` soon after. */
export type Spawn = (request: SpawnRequest, events: ChildEvents) => Child | null;
