import { Alarm } from "./alarm.ts";
import type { Clock } from "./clock.ts";
import { CommandQueue } from "./commands.ts";
import type { Child, Spawn, SpawnFailureCode, SpawnRequest } from "./ports.ts";
import { ReadingShare, type ReadingTurns } from "./reading-turns.ts";
import { StderrReader } from "./stderr.ts";
import type { StderrLevel } from "./stderr-level.ts";
import { type StdoutEvents, StdoutReader } from "./stdout.ts";

/** What comes out of one process, in order; after `ended` or `failed` nothing more, after `dead` only what it had written. */
export interface RunEvents extends StdoutEvents {
  stderr(line: string, level: StderrLevel): void;
  /** A command waited too long for the pipe and was given up. */
  expired(): void;
  /** Everything that waited for the pipe went out. */
  drained(): void;
  failed(code: SpawnFailureCode, message: string): void;
  /** The process is dead, but its group or its output is not gone yet; `ended` follows. */
  dead(code: number | null, signal: string | null): void;
  /** The process is dead, its group too, and all it wrote was handed over. */
  ended(code: number | null, signal: string | null): void;
}

const DRAIN_MS = 500;
const FIRST_LOOK_MS = 4;
/** A death is told this soon, whoever holds the pipes; sooner when others of the group have to die first. */
const NOTICE_MS = 10;
const NOTICE_STRAYS_MS = 2;

/** One process from spawn to the end of its group: its lines in, our commands out, its last words kept. */
export class Run {
  readonly runId: string;
  readonly startedTicksMs: number;
  readonly startedWallMs: number;
  readonly #clock: Clock;
  readonly #events: RunEvents;
  readonly #stdout: StdoutReader;
  /** Most agents never write there. */
  #stderr: StderrReader | null = null;
  readonly #commands: CommandQueue;
  readonly #child: Child | null;
  /** What is waited for once the process is dead. */
  #waits: { readonly drain: Alarm; readonly look: Alarm; readonly notice: Alarm } | null = null;
  readonly #share: ReadingShare;
  /** Reading stops while our owner or the others' turn wants it. */
  #ownerPauses = false;
  #over = false;
  #exit: { readonly code: number | null; readonly signal: string | null } | null = null;
  #outputEnded = false;
  #strays = false;

  constructor(
    options: {
      readonly runId: string;
      readonly clock: Clock;
      readonly spawn: Spawn;
      readonly request: SpawnRequest;
      readonly maxLineBytes: number;
      readonly turns: ReadingTurns;
      readonly commandMs: number;
    },
    events: RunEvents,
  ) {
    // Of `options` no closure below may speak: it would keep the request as long as the process runs, with the environment and
    // all the bytes that were handed over.
    const { clock } = options;
    this.runId = options.runId;
    this.#clock = clock;
    this.#share = new ReadingShare(options.turns);
    this.#events = events;
    this.startedTicksMs = clock.ticksMs();
    this.startedWallMs = clock.wallMs();
    this.#stdout = new StdoutReader(options.maxLineBytes, events);
    this.#commands = new CommandQueue({
      clock,
      patienceMs: options.commandMs,
      write: (text) => this.#child?.write(text) ?? true,
      expired: () => events.expired(),
    });
    this.#child = options.spawn(options.request, {
      stdout: (chunk) => this.#hear(chunk),
      stderr: (chunk) => {
        this.#stderr ??= new StderrReader(clock, (line, level) => events.stderr(line, level));
        this.#stderr.push(chunk);
      },
      outputEnded: () => {
        this.#outputEnded = true;
        this.#lookAround();
      },
      drained: () => {
        this.#commands.drained();
        if (this.#commands.hasRoom) events.drained();
      },
      exited: (code, signal) => this.#exited(code, signal),
      failed: (code, message) => events.failed(code, message),
    });
  }

  /** Null when no process came to be; `failed` follows. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  get queuedBytes(): number {
    return this.#commands.queuedBytes;
  }

  /** Whether a command goes out at once. */
  get hasRoom(): boolean {
    return this.#exit === null && this.#commands.hasRoom;
  }

  stderrTail(bytes: number): string {
    return this.#stderr?.tail(bytes) ?? "";
  }

  /** Hands a finished command line to the agent; false when its queue is full or it is dead. */
  send(cmd: string, text: string): boolean {
    return this.#exit === null && this.#commands.push(cmd, text);
  }

  /** A command of which only the newest counts; its words are asked for when the pipe takes it. */
  sendLatest(key: string, text: () => string): boolean {
    return this.#exit === null && this.#commands.pushLatest(key, text);
  }

  /** The last words: nothing that still waits is worth more. */
  sendLast(cmd: string, text: string): void {
    this.#commands.clear();
    if (this.#exit === null) this.#commands.push(cmd, text);
  }

  closeInput(): void {
    this.#commands.clear();
    this.#child?.closeInput();
  }

  signalGroup(signal: "SIGTERM" | "SIGKILL"): void {
    if (this.#exit === null) this.#child?.signalGroup(signal);
  }

  /** Whether its output is to be read; the last words of a dead process always are. */
  setReading(on: boolean): void {
    this.#ownerPauses = !on && this.#exit === null;
    if (this.#ownerPauses) this.#child?.pauseOutput();
    else this.#readOn();
  }

  #readOn(): void {
    // Last words have half a second to arrive: they do not queue behind the living.
    if (!this.#ownerPauses) this.#share.goOn(() => this.#open(), this.#exit !== null);
  }

  #open(): boolean {
    if (this.#ownerPauses) return false;
    this.#child?.resumeOutput();
    return true;
  }

  #hear(chunk: Uint8Array): void {
    const ticksMs = this.#clock.ticksMs();
    this.#stdout.hear(chunk, this.#clock.wallMs(), ticksMs);
    const tookMs = this.#clock.ticksMs() - ticksMs;
    if (!this.#share.used(chunk.length, tookMs)) return;
    this.#child?.pauseOutput();
    this.#readOn();
  }

  // On `exit`, never on `close`: a stray that kept stdout would let us wait for ever. The group is swept at once, while its
  // number cannot have been given to anyone else; then what was already written gets half a second to arrive.
  #exited(code: number | null, signal: string | null): void {
    this.#exit = { code, signal };
    this.#strays = this.#child?.signalGroup("SIGKILL") ?? false;
    this.setReading(true);
    this.#commands.clear();
    const drain = new Alarm(this.#clock);
    const look = new Alarm(this.#clock);
    const notice = new Alarm(this.#clock);
    this.#waits = { drain, look, notice };
    drain.set(DRAIN_MS, () => this.#end());
    notice.set(this.#strays ? NOTICE_STRAYS_MS : NOTICE_MS, () => this.#events.dead(code, signal));
    if (this.#strays) look.set(FIRST_LOOK_MS, () => this.#lookAround(2 * FIRST_LOOK_MS));
    else this.#lookAround();
  }

  #lookAround(nextLookMs = FIRST_LOOK_MS): void {
    if (this.#exit === null || this.#over) return;
    this.#strays &&= this.#child?.groupAlive() ?? false;
    if (this.#strays) this.#waits?.look.set(nextLookMs, () => this.#lookAround(2 * nextLookMs));
    else if (this.#outputEnded) this.#end();
  }

  #end(): void {
    if (this.#exit === null || this.#over) return;
    this.#over = true;
    this.#waits?.drain.end();
    this.#waits?.look.end();
    this.#waits?.notice.end();
    this.#stdout.end();
    this.#stderr?.end();
    this.#child?.release();
    this.#events.ended(this.#exit.code, this.#exit.signal);
  }
}
