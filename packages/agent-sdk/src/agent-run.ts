// One life of an agent: handshake, then commands, samples and heartbeats side by side, then a last summary.
import { PROTOCOL_VERSION } from "@mimolo/protocol/wire";
import { actionsOf } from "./actions.ts";
import { type AgentParts, assemble } from "./agent-parts.ts";
import { asError } from "./as-error.ts";
import type { Behaviour } from "./behaviour.ts";
import { isLast, takeBetween } from "./between.ts";
import { readCommands } from "./commands.ts";
import type { Ending, Host } from "./host.ts";
import { obey } from "./obey.ts";
import { attempt, Turns } from "./turns.ts";
import { within } from "./within.ts";

const FEATURES = ["summary", "heartbeat", "status", "error", "log", "lifecycle", "throttle"] as const;
/** What a collector says to the handshake; whatever else comes first is of one that did not. */
const ANSWERS: readonly string[] = ["ack", "reject", "committed"];
/** A collector that has not answered the handshake by then never will; those of 0.3 just begin to ask. */
const PATIENCE_MS = 10_000;
/** So many commands may wait for their turn; one that is sent more is not read on. */
const MOST_IN_TURN = 64;
const WATCHDOG_MS = 2500;
/** The stop ladder kills 2 s after SIGTERM. */
const LAST_WORDS_MS = 1500;
const LAST_WRITE_MS = 1000;
/** After a fatal error the collector ends the agent; alone at a terminal it ends itself. */
const FATAL_MS = 3000;

/** Runs `behaviour` on `host` until the collector, the parent or a signal ends it; settles when the last word is out. */
export function runAgent(behaviour: Behaviour, host: Host): Promise<void> {
  return new Promise((resolve) => new AgentRun(behaviour, host, resolve).start());
}

class AgentRun {
  readonly #behaviour: Behaviour;
  readonly #host: Host;
  readonly #parts: AgentParts;
  readonly #done: () => void;
  readonly #parent: number;
  readonly #refusedOnce = new Set<string>();
  #begun: Promise<void> | null = null;
  #isEnding = false;
  #isOver = false;
  #exitCode = 0;
  readonly #turns = new Turns((error) => this.#commandFailed(error));
  /** The collector has said its last. A read that is out when the process ends would have to be killed. */
  #isToldToEnd = false;
  #readOn = () => {};
  #forget: (() => void)[] = [];

  constructor(behaviour: Behaviour, host: Host, done: () => void) {
    this.#behaviour = behaviour;
    this.#host = host;
    this.#done = done;
    this.#parent = host.parentId();
    this.#parts = assemble(behaviour, host, {
      lost: () => this.#lost(),
      inTurn: (task) => void this.#turns.take(task),
      asked: () => this.#readOn(),
    });
  }

  start(): void {
    const { voice, settings, pulse, sampler } = this.#parts;
    const release = this.#host.attach({
      interrupted: (signal) => this.#interrupted(signal),
      printed: (level, text) => voice.log(level, text),
      uncaught: (error, fatal) => this.#uncaught(error, fatal),
    });
    this.#forget.push(
      release,
      () => pulse.stop(),
      () => sampler.stop(),
    );
    this.#introduce();
    if (settings.fault !== null) voice.log("warning", `MIMOLO_CONFIG could not be read: ${settings.fault}`);
    pulse.start();
    this.#watchParent();
    this.#later(PATIENCE_MS, () => {
      if (this.#begun === null) void this.#turns.take(() => this.#beginUnasked());
    });
    void this.#listen();
  }

  #introduce(): void {
    const { version, features, metadata } = this.#behaviour;
    const { voice, delivery } = this.#parts;
    const { MIMOLO_AGENT_ID: agentId, MIMOLO_AGENT_LABEL: label } = this.#host.environment;
    voice.say({
      type: "handshake",
      ...(agentId === undefined ? {} : { agent_id: agentId }),
      ...(label === undefined ? {} : { agent_label: label }),
      protocol_version: PROTOCOL_VERSION,
      agent_version: version,
      capabilities: [...FEATURES, ...(delivery.isDurable ? ["durable_ack"] : []), ...features],
      stream: delivery.stream,
    });
    if (metadata !== null) voice.say({ type: "metadata", data: metadata });
  }

  async #listen(): Promise<void> {
    const actions = actionsOf(this.#parts, this.#host.clock, {
      // It says `committed` right after; one that does not is an old one.
      accepted: () => this.#later(PATIENCE_MS, () => this.#parts.delivery.unanswered()),
      begin: () => this.#begin(),
      hasFailed: () => this.#exitCode !== 0,
      end: (code, acknowledge) => this.#end({ code: Math.max(code, this.#exitCode) }, acknowledge),
    });
    await readCommands(this.#host.channel, {
      command: (command) => {
        if (takeBetween(command, this.#parts, () => this.#whenBegun())) return;
        if (isLast(command)) this.#isToldToEnd = true;
        void this.#turns.take(async () => {
          if (this.#begun === null && !ANSWERS.includes(command.cmd)) await this.#beginUnasked();
          await obey(command, actions);
        });
      },
      next: () => this.#mayRead(),
      refused: (code, message) => this.#refused(code, message),
    });
    this.#parts.asking.now?.requests.end();
    await this.#turns.take(() => this.#end({ code: this.#exitCode }));
  }

  /** Settles when the agent has begun. */
  async #whenBegun(): Promise<void> {
    if (this.#begun === null) {
      await this.#turns.take(async () => {
        if (this.#begun === null) await this.#beginUnasked();
      });
    }
    await this.#begun;
  }

  /** While a command is under way the next may be read, unless it was the last: then only what was asked for is. */
  async #mayRead(): Promise<boolean> {
    for (;;) {
      if (this.#isOver) return false;
      if ((this.#parts.asking.now?.requests.waiting ?? 0) > 0) return true;
      if (this.#turns.waiting < (this.#isToldToEnd ? 1 : MOST_IN_TURN)) return true;
      await new Promise<void>((resolve) => {
        this.#readOn = resolve;
        void this.#turns.over.then(resolve);
      });
    }
  }

  /** A collector that asks without having answered the handshake is an old one; it will not answer any more. */
  #beginUnasked(): Promise<void> {
    this.#parts.delivery.unanswered();
    return this.#begin();
  }

  #begin(): Promise<void> {
    this.#begun ??= this.#parts.phases.activate().then(
      () => this.#parts.wellbeing.become("run", "ok"),
      (error: Error) => this.#fail("start-failed", error),
    );
    return this.#begun;
  }

  #fail(code: string, error: Error): void {
    const { voice, wellbeing } = this.#parts;
    this.#exitCode = 1;
    voice.error(code, error.message, { severity: "fatal", context: { stack: error.stack } });
    wellbeing.become("run", "failed", error.message);
    this.#later(FATAL_MS, () => void this.#turns.take(() => this.#end({ code: 1 })));
  }

  async #end(ending: Ending, acknowledge?: () => void): Promise<void> {
    if (this.#isEnding) return;
    this.#isEnding = true;
    const { phases, tally, running, flusher, voice, outbox, delivery, calls } = this.#parts;
    await attempt(
      () => calls.now?.end(),
      (error) => this.#commandFailed(error),
    );
    await attempt(
      () => phases.suspend(),
      (error) => this.#commandFailed(error),
    );
    if (tally.hasNews || running.pending() > 0) {
      const flushed = await flusher.flush();
      if (!flushed.ok) voice.error(flushed.code, flushed.message);
    }
    delivery.close();
    await attempt(
      () => phases.unload(),
      (error) => this.#commandFailed(error),
    );
    acknowledge?.();
    await within(this.#host.clock, LAST_WRITE_MS, "the last write", () => outbox.drained()).catch(() => {});
    this.#leave(ending);
  }

  /** Nobody reads any more. What was seen since the last summary is still worth keeping, where it can be kept. */
  #lost(): void {
    if (this.#parts.delivery.isDurable) void this.#turns.take(() => this.#end({ code: 0 }));
    else this.#leave({ code: 0 });
  }

  #leave(ending: Ending): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const forget of this.#forget.splice(0)) forget();
    this.#parts.asking.now?.requests.end();
    this.#done();
    this.#host.exit(ending);
  }

  #interrupted(signal: "SIGTERM" | "SIGINT"): void {
    const ending = { code: 0, signal };
    if (this.#isEnding) {
      this.#leave(ending);
      return;
    }
    this.#later(LAST_WORDS_MS, () => this.#leave(ending));
    void this.#turns.take(() => this.#end(ending));
  }

  #uncaught(error: unknown, fatal: boolean): void {
    const cause = asError(error);
    if (fatal) this.#fail("uncaught-error", cause);
    else this.#parts.voice.error("unhandled-rejection", cause.message, { context: { stack: cause.stack } });
  }

  #watchParent(): void {
    this.#later(WATCHDOG_MS, () => {
      if (this.#host.parentId() === this.#parent) this.#watchParent();
      else void this.#turns.take(() => this.#end({ code: 0 }));
    });
  }

  #refused(code: string, message: string): void {
    if (this.#refusedOnce.has(code)) return;
    this.#refusedOnce.add(code);
    this.#parts.voice.log("warning", `command not understood (${code}; told once): ${message}`);
  }

  #commandFailed(error: unknown): void {
    const { message, stack } = asError(error);
    this.#parts.voice.error("command-failed", message, { context: { stack } });
  }

  #later(delayMs: number, run: () => void): void {
    this.#forget.push(this.#host.clock.after(delayMs, run));
  }
}
