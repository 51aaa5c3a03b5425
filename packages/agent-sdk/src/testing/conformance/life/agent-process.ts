// One life of the agent under test; everything that passes is recorded.
import type { Handshake, MessageType } from "@mimolo/protocol/wire";
import { Child, type ChildStart } from "../../process/child.ts";
import type { Places } from "../../process/places.ts";
import { cpuOf, groupOf, memoryOf } from "../../process/process-group.ts";
import { SEES_PROCESSES } from "../../process/processes.ts";
import type { Message } from "../reading/lines.ts";
import type { Waiting } from "../progress.ts";
import type { Recorder } from "../recorder.ts";
import { answers, commandLine } from "./command.ts";
import { Heard } from "./heard.ts";
import { Output } from "./output.ts";
import { TERMS } from "./terms.ts";
import { PATIENCE_MS, Waits } from "./waits.ts";

/** Long enough for an agent to read one piece before the next. */
const APART_MS = 25;

/** The first message of one of these stands for a missing handshake. */
const STAND_FOR_HANDSHAKE: readonly MessageType[] = ["heartbeat", "summary", "status", "error"];

export interface AgentOptions extends ChildStart {
  readonly places: Places;
  readonly config: object;
  /** The last committed number of each stream, from lives before; goes on growing. */
  readonly committed?: Map<string, number>;
  /** Answers that were awaited in vain in lives of the same agent; goes on growing. */
  readonly inVain?: Set<string>;
  /** Told what is awaited; null: nothing any more. */
  readonly onWait?: ((waiting: Waiting | null) => void) | undefined;
}

export class AgentProcess {
  readonly places: Places;
  /** Whether `working` and its like answer evidence with `committed`. Default true. */
  commits = true;
  readonly #child: Child;
  readonly #recorder: Recorder;
  readonly #waits: Waits;
  readonly #config: object;
  /** Index of the first line of this life. */
  readonly #from: number;
  /** Why it could not be started. */
  failure: NodeJS.ErrnoException | null = null;
  readonly #heard = new Heard();
  #isOver = false;
  #ids = 0;
  readonly #committed: Map<string, number>;

  constructor(options: AgentOptions, recorder: Recorder) {
    this.places = options.places;
    this.#config = options.config;
    this.#committed = options.committed ?? new Map<string, number>();
    this.#recorder = recorder;
    const { inVain = new Set<string>(), onWait = () => {} } = options;
    this.#waits = new Waits({ inVain, recorder, isOver: () => this.#isOver, onWait });
    this.#from = recorder.recording.lines.length;
    this.#child = new Child(options);
    recorder.mark({
      what: "started",
      at: new Date().toISOString(),
      pid: this.#child.pid,
      command: [options.executable, ...options.args],
    });
    this.#listen();
  }

  get pid(): number {
    return this.#child.pid;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The first it said in this life. */
  get handshake(): Handshake | undefined {
    return this.#heard.handshake;
  }

  has(feature: string): boolean {
    return this.handshake?.capabilities?.includes(feature) === true;
  }

  /** What it has said in this life, as `messages` of the recording. */
  messages<Type extends MessageType = MessageType>(type?: Type): Message<Type>[] {
    return this.#heard.messages(type);
  }

  /** Writes a command, its params also as `args` and, where the protocol repeats them, at top level. Gives its id. */
  send(cmd: string, params: object = {}, id = this.nextId()): string {
    this.write(commandLine(cmd, id, params));
    return id;
  }

  nextId(): string {
    this.#ids += 1;
    return `c${this.#from}-${this.#ids}`;
  }

  /** Writes whole lines, as they are; for what no collector should send. */
  write(text: string): void {
    for (const line of text.split("\n").slice(0, -1)) this.#recorder.line({ dir: "in", line });
    this.#child.write(text, () => this.#waits.changed());
  }

  /** Whether the pipe to it has taken what was written, now or in time; no mark when not. */
  async taken(withinMs: number): Promise<boolean> {
    return await this.#waits.quietly(() => (this.#child.unwritten === 0 ? true : undefined), withinMs);
  }

  /** Writes one line of bytes, its line end included. */
  writeBytes(bytes: Uint8Array): void {
    this.#recorder.bytes("in", bytes.subarray(0, -1));
    this.#child.write(bytes);
  }

  /** Writes one line in pieces, with time between them to read each. */
  async writePieces(pieces: readonly string[]): Promise<void> {
    this.#recorder.line({ dir: "in", line: pieces.join("").replace(/\n$/, "") });
    for (const piece of pieces) {
      this.#child.write(piece);
      await new Promise((resolve) => setTimeout(resolve, APART_MS));
    }
  }

  /** Goes as a killed collector goes: every pipe is closed at once. */
  abandon(): void {
    this.#recorder.mark({ what: "abandoned" });
    const { stdin, stdout, stderr } = this.#child.process;
    for (const stream of [stdin, stdout, stderr]) stream?.destroy();
  }

  hangUp(): void {
    this.#recorder.mark({ what: "stdin-closed" });
    this.#child.hangUp();
  }

  signal(signal: NodeJS.Signals): void {
    this.#recorder.mark({ what: "signal", signal });
    this.#child.process.kill(signal);
  }

  pauseStdout(): void {
    this.#recorder.mark({ what: "stdout-paused" });
    this.#child.process.stdout?.pause();
  }

  resumeStdout(): void {
    this.#recorder.mark({ what: "stdout-resumed" });
    this.#child.process.stdout?.resume();
  }

  /** Notes what the group has used until now; nothing where the system does not tell. */
  async noteUsage(): Promise<void> {
    if (!SEES_PROCESSES || this.#isOver) return;
    const [cpuMs, memoryMib, group] = await Promise.all([cpuOf(this.pid), memoryOf(this.pid), groupOf(this.pid)]);
    this.#recorder.mark({ what: "usage", cpu_ms: cpuMs, memory_mib: memoryMib, processes: group.length });
  }

  /** How many lines there are by now, both ways: where what comes next begins. */
  get lineCount(): number {
    return this.#recorder.recording.lines.length;
  }

  /** Sends a command and waits for its answer (default: its ack); undefined when none came. */
  ask(cmd: string, params: object = {}, answer: MessageType = "ack"): Promise<Message | undefined> {
    const from = this.lineCount;
    return this.answer(cmd, this.send(cmd, params), from, answer);
  }

  /** Waits for the answer, from line `from` on, to a command that was sent with that id; null: with none. */
  async answer(
    cmd: string,
    id: string | null,
    from: number,
    answer: MessageType = "ack",
  ): Promise<Message | undefined> {
    const isIt = ({ index, message }: Message) => index >= from && message.type === answer && answers(message, cmd, id);
    return await this.#waits.answered(answer, cmd, () => this.#heard.last(isIt));
  }

  /** Whether acks of that command are not to be expected any more. */
  leavesOut(cmd: string): boolean {
    return this.#waits.leavesOut(cmd);
  }

  /** The first value that `look` finds, now or in time; undefined, and a mark, when nothing did. */
  async seen<Value>(what: string, look: () => Value | undefined, withinMs?: number): Promise<Value | undefined> {
    return await this.#waits.seen(what, look, withinMs);
  }

  /** Waits until it is known: its handshake, or the first message that stands for one. */
  async introduced(): Promise<boolean> {
    const found = await this.seen("a handshake, or a message that stands for one", () =>
      this.messages().find(({ message: { type } }) => type === "handshake" || STAND_FOR_HANDSHAKE.includes(type)),
    );
    return found !== undefined;
  }

  /** Answers the handshake as a collector does; nothing where there was none. */
  accept(terms: object = {}): void {
    const { handshake } = this;
    if (handshake === undefined) return;
    const ack = { ack: "handshake", accepted: true, app_version: "0.4.0", protocol_version: "0.4" };
    this.send("ack", { ...ack, ...TERMS, run_id: this.#child.runId, config: this.#config, ...terms });
    if (handshake.stream !== undefined && this.commits) {
      this.send("committed", { stream: handshake.stream, through: this.#committed.get(handshake.stream) ?? 0 });
    }
  }

  /** Brings it to work, as a collector does; false when it never got there. */
  async working(terms: object = {}): Promise<boolean> {
    if (!(await this.introduced())) return false;
    this.accept(terms);
    return this.begun();
  }

  /** Brings it from the ack to its work; false when it has ended. */
  async begun(): Promise<boolean> {
    if (this.has("lifecycle")) {
      await this.ask("lifecycle", { phase: "initialize", config: this.#config });
      await this.ask("lifecycle", { phase: "activate" });
    } else {
      // Nothing is known of its state until it has answered; what comes first may be the status it says by itself.
      if ((await this.ask("status", {}, "status")) !== undefined) await this.ask("status", {}, "status");
    }
    return !this.#isOver;
  }

  /** Waits for its end; false, and a mark, when it did not come. */
  async gone(withinMs = PATIENCE_MS): Promise<boolean> {
    return (await this.seen("its end", () => (this.#isOver ? true : undefined), withinMs)) === true;
  }

  /** Notes the processes it left behind, in its group and outside. */
  async noteLeftBehind(): Promise<void> {
    const processes = await this.#child.leftBehind();
    if (processes.length > 0) this.#recorder.mark({ what: "left-behind", processes });
  }

  /** Kills it without a mark of its own end; for scenarios that are about what follows. */
  async kill(): Promise<void> {
    if (!this.#isOver) this.#recorder.mark({ what: "killed" });
    this.#over();
    await this.#child.kill();
  }

  killNow(): void {
    this.#child.killNow();
  }

  #over(): void {
    this.#isOver = true;
    this.#waits.changed();
  }

  #listen(): void {
    const output = new Output(this.#recorder, {
      heard: () => this.#settle(),
      changed: () => this.#waits.changed(),
      flooded: () => {
        this.#over();
        this.#child.killNow();
      },
      isOver: () => this.#isOver,
    });
    output.listen(this.#child.process.stdout, this.#child.process.stderr);
    void this.#awaitEnd(() => output.end());
  }

  async #awaitEnd(drain: () => void): Promise<void> {
    const end = await this.#child.ended;
    if (this.#isOver) return;
    drain();
    if ("error" in end) this.failure = end.error;
    const { code, signal } = "error" in end ? { code: 127, signal: null } : end;
    this.#recorder.mark({ what: "ended", code, signal });
    this.#over();
  }

  /** Answers the line that came last, where it is a record and records are committed. */
  #settle(): void {
    const record = this.#heard.takeLast(this.#recorder.recording);
    if (record === undefined || !this.commits) return;
    this.#committed.set(record.stream, record.seq);
    this.send("committed", { stream: record.stream, through: record.seq });
  }
}
