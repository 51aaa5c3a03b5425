// One life of the agent under test; everything that passes is recorded.
import {
  DEFAULT_MAX_LINE_BYTES,
  encodeLine,
  type Handshake,
  LineSplitter,
  MAX_LINE_BYTES_CEILING,
  type MessageType,
} from "@mimolo/protocol/wire";
import { Child, type ChildStart } from "../process/child.ts";
import { Lookout } from "../process/lookout.ts";
import type { Places } from "../process/places.ts";
import { cpuOf, groupOf, memoryOf, SEES_PROCESSES } from "../process/process-group.ts";
import { patience } from "./patience.ts";
import { type Message, messages, type Said, said } from "./reading/lines.ts";
import type { Recorder } from "./recorder.ts";

/** As a collector's ack would have it; the heartbeat is a short one, so that waiting for it is short. */
export const TERMS = {
  instance_id: "00000000-0000-4000-8000-000000000000",
  run_id: "run-1",
  heartbeat_interval_s: 1,
  flush_interval_s: 60,
  max_line_bytes: DEFAULT_MAX_LINE_BYTES,
  cpu_budget_percent: 10,
  memory_mib: 100,
  privacy: [],
  granted: [],
  enforced: [],
  unenforced: [],
} as const;

/** Nobody who answers at all takes longer, but for an overloaded machine: see `patience`. */
const PATIENCE_MS = 10_000;
/** Once something did not come, what follows is not waited for as long. */
const IMPATIENCE_MS = 3000;
/** What another life has not answered in all its time is hardly waited for, however busy the machine is: its verdict stands. */
export const HOPELESS_MS = 500;
/** Who has left so many different acks out leaves out the others. */
const MOST_ACKS_IN_VAIN = 2;
/** In a minute; the process is ended then: more than any scenario makes an honest agent write. */
const MOST_LINES = 20_000;
const MOST_BYTES = 16 * 1024 * 1024;
/** Long enough for an agent to read one piece before the next. */
const APART_MS = 25;
const NEWLINE = 10;
const ACK_OF = "the ack of ";
const MOST_STDERR_LINES = 1000;

/** The first message of one of these stands for a missing handshake. */
const STAND_FOR_HANDSHAKE: readonly MessageType[] = ["heartbeat", "summary", "status", "error"];

export interface AgentOptions extends ChildStart {
  readonly places: Places;
  readonly config: object;
  /** The last committed number of each stream, from lives before; goes on growing. */
  readonly committed?: Map<string, number>;
  /** Answers that were awaited in vain in lives of the same agent; goes on growing. */
  readonly inVain?: Set<string>;
}

export class AgentProcess {
  readonly places: Places;
  /** Whether `working` and its like answer evidence with `committed`. Default true. */
  commits = true;
  readonly #child: Child;
  readonly #recorder: Recorder;
  readonly #lookout = new Lookout();
  readonly #config: object;
  /** Index of the first line of this life. */
  readonly #from: number;
  /** Why it could not be started. */
  failure: NodeJS.ErrnoException | null = null;
  readonly #messages: Message[] = [];
  /** Asked for with every record: among ten thousand messages it is not to be looked for. */
  #handshake: Handshake | undefined;
  #isOver = false;
  #isImpatient = false;
  /** Since when these are counted. */
  #minuteMs = performance.now();
  #bytes = 0;
  #lines = 0;
  #ids = 0;
  readonly #committed: Map<string, number>;
  readonly #inVain: Set<string>;

  constructor(options: AgentOptions, recorder: Recorder) {
    this.places = options.places;
    this.#config = options.config;
    this.#committed = options.committed ?? new Map<string, number>();
    this.#inVain = options.inVain ?? new Set<string>();
    this.#recorder = recorder;
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
    return this.#handshake;
  }

  has(feature: string): boolean {
    return this.handshake?.capabilities?.includes(feature) === true;
  }

  /** What it has said in this life, as `messages` of the recording. */
  messages<Type extends MessageType = MessageType>(type?: Type): Message<Type>[] {
    if (type === undefined) return this.#messages as Message<Type>[];
    return this.#messages.filter(({ message }) => message.type === type) as Message<Type>[];
  }

  /** Writes a command, its params also as `args` and, where the protocol repeats them, at top level. Gives its id. */
  send(cmd: string, params: object = {}, id = this.nextId()): string {
    const isEmpty = Object.keys(params).length === 0;
    this.write(encodeLine({ cmd, id, ...atTop(cmd, params), ...(isEmpty ? {} : { params, args: params }) }));
    return id;
  }

  nextId(): string {
    this.#ids += 1;
    return `c${this.#from}-${this.#ids}`;
  }

  /** Writes whole lines, as they are; for what no collector should send. */
  write(text: string): void {
    for (const line of text.split("\n").slice(0, -1)) this.#recorder.line({ dir: "in", line });
    this.#child.write(text, () => this.#lookout.changed());
  }

  /** Whether the pipe to it has taken what was written, now or in time; no mark when not. */
  async taken(withinMs: number): Promise<boolean> {
    const look = () => (this.#child.unwritten === 0 ? true : undefined);
    const until = { lost: () => (this.#isOver ? "it has ended" : null), late: () => "late" };
    return await this.#lookout.until(look, patience(withinMs), until).catch(() => false);
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
    // From the end: there may be thousands, and everybody looks again for each.
    const isIt = ({ index, message }: Message) => index >= from && message.type === answer && answers(message, cmd, id);
    const what = `the ${answer} of ${cmd}`;
    const within = this.#isHopeless(what, answer) ? HOPELESS_MS : this.#patience();
    const found = await this.#seenWithin(within, what, () => this.#messages.findLast(isIt));
    if (found === undefined && !this.#isOver) this.#inVain.add(what);
    return found;
  }

  /** Whether acks of that command are not to be expected any more. */
  leavesOut(cmd: string): boolean {
    return this.#isHopeless(`${ACK_OF}${cmd}`, "ack");
  }

  /** The first value that `look` finds, now or in time; undefined, and a mark, when nothing did. */
  async seen<Value>(what: string, look: () => Value | undefined, withinMs?: number): Promise<Value | undefined> {
    return await this.#seenWithin(this.#patience(withinMs), what, look);
  }

  #patience(withinMs = this.#isImpatient ? IMPATIENCE_MS : PATIENCE_MS): number {
    return patience(withinMs);
  }

  #isHopeless(what: string, answer: MessageType): boolean {
    if (this.#inVain.has(what)) return true;
    const acks = [...this.#inVain].filter((each) => each.startsWith(ACK_OF));
    return answer === "ack" && acks.length >= MOST_ACKS_IN_VAIN;
  }

  async #seenWithin<Value>(within: number, what: string, look: () => Value | undefined): Promise<Value | undefined> {
    try {
      return await this.#lookout.until(look, within, {
        lost: () => (this.#isOver ? "it has ended" : null),
        late: () => "late",
      });
    } catch {
      this.#isImpatient = true;
      this.#recorder.mark({ what: "not-seen", waited_for: what, within_ms: within });
      return undefined;
    }
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
    this.send("ack", { ...ack, ...TERMS, config: this.#config, ...terms });
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

  /** Notes the processes it left behind. */
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
    this.#lookout.changed();
  }

  #listen(): void {
    const { stdout, stderr } = this.#child.process;
    const lines = new LineSplitter(
      { maxLineBytes: MAX_LINE_BYTES_CEILING },
      {
        line: (bytes) => this.#heard(bytes),
        tooLong: (head, bytes) => {
          this.#heard(head);
          this.#recorder.mark({ what: "long-line", bytes });
        },
      },
    );
    let lastByte = NEWLINE;
    stdout?.on("data", (chunk: Buffer) => {
      if (this.#isOver) return;
      lastByte = chunk.at(-1) ?? lastByte;
      this.#bytes += chunk.length;
      if (performance.now() - this.#minuteMs > 60_000) this.#nextMinute();
      lines.push(chunk);
      if (this.#bytes > MOST_BYTES || this.#lines > MOST_LINES) {
        // What has no line end by now has none.
        lines.end();
        this.#flooded();
      }
      this.#lookout.changed();
    });
    const errors = new LineSplitter(
      { maxLineBytes: DEFAULT_MAX_LINE_BYTES },
      { line: (bytes, number) => this.#complained(bytes, number), tooLong: (head, _, n) => this.#complained(head, n) },
    );
    stderr?.on("data", (chunk: Buffer) => errors.push(chunk));
    void this.#awaitEnd(() => {
      if (lastByte !== NEWLINE) this.#recorder.mark({ what: "unfinished-line" });
      lines.end();
      errors.end();
    });
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

  #nextMinute(): void {
    this.#minuteMs = performance.now();
    this.#bytes = 0;
    this.#lines = 0;
  }

  #flooded(): void {
    this.#recorder.mark({ what: "flood", lines: this.#lines, bytes: this.#bytes });
    this.#over();
    this.#child.killNow();
  }

  #complained(bytes: Uint8Array, number: number): void {
    if (number <= MOST_STDERR_LINES) this.#recorder.bytes("err", bytes);
  }

  #heard(bytes: Uint8Array): void {
    this.#lines += 1;
    this.#recorder.bytes("out", bytes);
    const last = this.#recorder.recording.lines.length - 1;
    const [heard] = said(this.#recorder.recording, last);
    const [message] = messages(this.#recorder.recording, undefined, last);
    if (message !== undefined) this.#messages.push(message);
    if (message?.message.type === "handshake") this.#handshake ??= message.message;
    if (heard !== undefined && this.commits) this.#commit(heard);
  }

  #commit({ object }: Said): void {
    const seq = object?.["seq"];
    if (typeof seq !== "number") return;
    const stream = object?.["stream"] ?? this.handshake?.stream;
    if (typeof stream !== "string") return;
    this.#committed.set(stream, seq);
    this.send("committed", { stream, through: seq });
  }
}

function answers(message: Message["message"], cmd: string, id: string | null): boolean {
  if (message.type === "ack")
    return message.ack_command === cmd && (id === null || message.id === undefined || message.id === id);
  if (message.type === "result") return message.id === id;
  if (message.type === "widget_frame") return message.data.request_id === id;
  return true;
}

function atTop(cmd: string, params: object): object {
  if (cmd === "ack") {
    const { ack, accepted, app_version, protocol_version } = params as Record<string, unknown>;
    return { ack, accepted, app_version, protocol_version };
  }
  return cmd === "sequence" || cmd === "reject" ? params : {};
}
