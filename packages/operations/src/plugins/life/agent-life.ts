// The driver of one agent's life: asks the process what the table says, waits for its answers, calls the embedder's hooks.
import type { LogLevel, PluginState } from "@mimolo/protocol";
import { Alarm, type Clock, type OutgoingCommand, type StopOptions } from "@mimolo/supervisor";
import { commandOf, complaintOn, isLifecycle, patienceMs } from "./asking.ts";
import { type Life, type LifeEffect, type LifeEvent, type LifeHook, type Phase, step, unborn } from "./life.ts";

/** The process, as a life needs it: the part of `SupervisedAgent` that listens. */
export interface LivingProcess {
  readonly vitals: { readonly pausedMs: number };
  has(feature: string): boolean;
  send(command: OutgoingCommand): boolean;
  stop(options?: StopOptions): Promise<void>;
}

export interface LifeOwner {
  /** It has come further, or back. `reason`: in a word. */
  moved(previous: PluginState, reason: string): void;
  /** What an embedder does at this step; null: nothing to wait for. */
  hook(name: LifeHook): Promise<void> | null;
  say(what: { type: string; level: LogLevel; code: string; message: string }): void;
}

/** What was asked and is not answered. */
interface Question {
  readonly phase: Phase;
  readonly id: string;
  readonly cmd: string;
  readonly pausedMs: number;
  readonly alarm: Alarm;
}

/** One agent's life over all its processes. At rest it holds a state and nothing that waits. */
export class AgentLife {
  readonly #clock: Clock;
  readonly #process: LivingProcess;
  readonly #owner: LifeOwner;
  #life: Life = unborn;
  /** Of the process that was greeted, until it was told. */
  #config: Readonly<Record<string, unknown>> | null = null;
  #question: Question | null = null;
  #asked = 0;
  /** A process that was not made for it has answered all the same. */
  #answers = false;
  /** Effects that wait for a hook. */
  #behind: LifeEffect[] | null = null;
  #watchers: Set<() => void> | null = null;

  constructor(clock: Clock, process: LivingProcess, owner: LifeOwner) {
    this.#clock = clock;
    this.#process = process;
    this.#owner = owner;
  }

  get state(): PluginState {
    return this.#life.state;
  }

  /** It has come up: it runs, and said so if it is one that says it. */
  get hasBegun(): boolean {
    return this.#life.state === "active" || this.#life.state === "suspended";
  }

  get isLeaving(): boolean {
    return this.#life.isLeaving;
  }

  /** Why it has not come up in time; null while it still may, and once it has. */
  get trouble(): string | null {
    const { isLate, asked } = this.#life;
    return isLate && asked !== null && !this.hasBegun ? complaintOn(asked) : null;
  }

  /** Calls `listener` after everything that happens to it, until the returned function is called. */
  watch(listener: () => void): () => void {
    this.#watchers ??= new Set();
    this.#watchers.add(listener);
    return () => {
      this.#watchers?.delete(listener);
      if (this.#watchers?.size === 0) this.#watchers = null;
    };
  }

  /** What its process does now. */
  moved(state: string, cause: string): void {
    const reason = cause.split(":", 1)[0] ?? cause;
    if (state === "handshaking") this.#take({ type: "spawned" }, reason);
    else if (state === "stopping") this.#take({ type: "ending" }, reason);
    else if (state === "stopped" || state === "blocked") this.#take({ type: "ended", comesBack: false }, reason);
    else if (state !== "running" && state !== "planned") this.#take({ type: "ended", comesBack: true }, reason);
  }

  /** The process was accepted, with these settings; it announced what it announced. */
  greeted(config: Readonly<Record<string, unknown>>): void {
    const lifecycle = this.#process.has("lifecycle");
    this.#config = lifecycle ? config : null;
    this.#take({ type: "greeted", lifecycle });
  }

  /** It acknowledged something. Who does not say which one means the one we asked. */
  acknowledged(command: string, id: string | undefined): void {
    if (this.#question === null) return;
    if (id === undefined ? command === this.#question.cmd : id === this.#question.id) this.#answered();
  }

  /** A summary came: to one that sends no acks that is the answer to a flush. */
  summarized(): void {
    if (this.#question?.cmd === "flush" && !this.#life.speaks) this.#answered();
  }

  /** Asks it to work no longer; resolves when it said so, was waited for long enough or is gone. */
  async suspend(): Promise<void> {
    this.#take({ type: "suspend" });
    await this.#until(() => this.#life.asked !== "suspend");
  }

  /** Asks it to go on; `null` when it did, else why not. */
  async activate(): Promise<string | null> {
    this.#take({ type: "activate" });
    await this.#until(() => this.#life.asked !== "activate" || this.#life.isLate);
    if (this.#life.state === "active") return null;
    return this.trouble ?? (this.#life.isLate ? complaintOn("activate") : `it is ${this.#life.state}`);
  }

  /** Suspend, flush, unload and the end, each of them bounded; resolves when the process is gone and its last line was taken. */
  async leave(): Promise<void> {
    this.#take({ type: "leave" }, "unloaded");
    await this.#until(() => !this.#life.isLeaving || this.#life.asked === null);
    await this.#process.stop({ isFlushed: true });
    // Without a process nobody says that it ended.
    this.#take({ type: "ended", comesBack: false }, "unloaded");
    await this.#until(() => true);
  }

  #answered(): void {
    const { phase } = this.#question ?? {};
    if (phase === undefined) return;
    this.#answers ||= !this.#life.speaks;
    this.#take({ type: "answered", phase });
  }

  #take(event: LifeEvent, reason = "suspended"): void {
    const before = this.#life;
    const { life, effects } = step(before, event);
    this.#life = life;
    if (event.type === "spawned") this.#answers = false;
    if (life.asked !== before.asked || life.asked === null) this.#forgetQuestion();
    if (life.state !== before.state) this.#owner.moved(before.state, reason);
    for (const effect of effects) this.#perform(effect);
    this.#tell();
  }

  #perform(effect: LifeEffect): void {
    // An end never waits: who died on the way out would be started again.
    if (effect.do === "end") return void this.#process.stop({ isFlushed: effect.isFlushed });
    if (this.#behind !== null) return void this.#behind.push(effect);
    if (effect.do === "ask") return this.#ask(effect.phase);
    if (effect.do === "complain") return this.#complain(effect.phase);
    const settling = this.#owner.hook(effect.hook);
    if (settling === null) return;
    this.#behind = [];
    void settling.then(() => this.#goOn());
  }

  #goOn(): void {
    const effects = this.#behind ?? [];
    this.#behind = null;
    for (const effect of effects) this.#perform(effect);
    this.#tell();
  }

  #ask(phase: Phase): void {
    // It waited behind a hook: what it was for may be over.
    if (this.#life.asked !== phase || this.#question !== null) return;
    const { speaks } = this.#life;
    const id = `life-${++this.#asked}`;
    const command = { ...commandOf(phase, speaks, this.#config), id };
    this.#config = null;
    const alarm = new Alarm(this.#clock);
    this.#question = { phase, id, cmd: command.cmd, alarm, pausedMs: this.#process.vitals.pausedMs };
    this.#waitFor(this.#question, patienceMs(phase, speaks || this.#answers));
    this.#process.send(command);
  }

  /** While we do not read what it says, its silence is ours; who is to leave is not waited for any longer. */
  #waitFor(question: Question, delayMs: number): void {
    const { phase, alarm, pausedMs } = question;
    alarm.setPatiently(delayMs, () => {
      const unheardMs = this.#process.vitals.pausedMs - pausedMs;
      if (isLifecycle(phase) && unheardMs > 0)
        this.#waitFor({ ...question, pausedMs: pausedMs + unheardMs }, unheardMs);
      else this.#take({ type: "late", phase });
    });
  }

  #complain(phase: Phase): void {
    const code = "lifecycle-unanswered";
    this.#owner.say({ type: "collector", level: "warning", code, message: `it ${complaintOn(phase)}` });
  }

  #forgetQuestion(): void {
    this.#question?.alarm.end();
    this.#question = null;
  }

  /** Resolves when that holds and no hook is waited for. */
  #until(holds: () => boolean): Promise<void> {
    const isSo = () => this.#behind === null && holds();
    if (isSo()) return Promise.resolve();
    return new Promise((resolve) => {
      const off = this.watch(() => {
        if (!isSo()) return;
        off();
        resolve();
      });
    });
  }

  #tell(): void {
    for (const listener of this.#watchers ?? []) listener();
  }
}
