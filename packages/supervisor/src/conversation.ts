import { randomUUID } from "node:crypto";
import { DEFAULT_MAX_LINE_BYTES, readHealth, type WireMessage } from "@mimolo/protocol/wire";
import type { SupervisedAgentOptions } from "./agent-options.ts";
import { AnswersDue } from "./answers.ts";
import { commandLine, type OutgoingCommand } from "./commands.ts";
import { count, type Tally } from "./counters.ts";
import { Greeting } from "./greeting.ts";
import type { AgentHealth } from "./health.ts";
import type { Happening } from "./lifecycle-state.ts";
import { nodeSpawn } from "./node-spawn.ts";
import type { LifecyclePolicy } from "./policy.ts";
import type { SpawnRequest } from "./ports.ts";
import type { RateLimit } from "./rate-limit.ts";
import { ReadingTurns } from "./reading-turns.ts";
import { Run } from "./run.ts";
import { SaidHealth } from "./said-health.ts";
import type { RefusedLine, TakenLine } from "./stdout.ts";
import { saysStillFlushing } from "./stop-ladder.ts";

/** What one process means to the agent it belongs to. */
export interface ConversationEvents {
  happened(happening: Happening): void;
  /** Any valid message, read at `ticksMs`. */
  heard(ticksMs: number): void;
  beat(receivedAtMs: number): void;
  saidHealth(health: AgentHealth): void;
  /** What was read is beyond its rate: read nothing for so long. */
  overRate(forMs: number): void;
  /** The process is dead; what it wrote may still arrive. */
  dead(code: number | null, signal: string | null): void;
  /** Nothing more will come. */
  over(): void;
}

/** An agent's last words become the cause of a change, which is kept as evidence: so much of them. */
const DETAIL_CHARACTERS = 512;

/** One process and what is said with it: the acquaintance, then messages up, commands down, all of it counted. */
export class Conversation {
  readonly run: Run;
  readonly #options: SupervisedAgentOptions;
  readonly #events: ConversationEvents;
  readonly #tally: Tally;
  readonly #greeting: Greeting;
  readonly #limit: RateLimit;
  readonly #due = new AnswersDue();
  readonly #saidHealth = new SaidHealth();
  readonly #noiseLimit: number;
  readonly #waitingForTheEnd: (() => void)[] = [];
  #noise = 0;
  #ended = false;
  #greeted = false;

  constructor(
    options: SupervisedAgentOptions,
    own: {
      readonly request: SpawnRequest;
      readonly policy: LifecyclePolicy;
      readonly tally: Tally;
      readonly limit: RateLimit;
    },
    events: ConversationEvents,
  ) {
    const runId = randomUUID();
    const { request, policy, tally, limit } = own;
    const { clock, guardian, runFile } = options;
    this.#options = options;
    this.#events = events;
    this.#tally = tally;
    this.#limit = limit;
    this.#noiseLimit = policy.noiseLines;
    this.#greeting = new Greeting((handshake) => options.handshake(handshake, { runId, pid: this.run.pid ?? 0 }));
    this.run = new Run(
      {
        runId,
        clock,
        spawn: options.spawn ?? nodeSpawn,
        request: { ...request, environment: { ...request.environment, MIMOLO_RUN_ID: runId } },
        maxLineBytes: options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES,
        turns: options.turns ?? new ReadingTurns(),
        commandMs: policy.commandMs,
      },
      {
        bytes: (bytes) => {
          tally.bytes += bytes;
          limit.read(bytes);
        },
        chunkRead: () => this.#keepTheRate(),
        taken: (line) => this.#taken(line),
        gathersBeats: () => this.#greeting.isKnown,
        readsSparsely: () => options.readsSparsely?.() ?? false,
        beats: (beats, ticksMs) => {
          tally.lines += beats;
          limit.lines(beats, ticksMs);
        },
        refused: (line) => this.#refused(line),
        stderr: (line, level) => options.stderr(line, runId, level),
        drained: () => options.drained?.(),
        expired: () => count(tally.dropped, "command"),
        failed: (code, message) => events.happened({ type: "spawn-failed", code, message }),
        dead: (code, signal) => events.dead(code, signal),
        ended: (code, signal) => this.#end(code, signal),
      },
    );
    const { pid } = this.run;
    if (pid === null) return;
    guardian?.add(pid);
    runFile?.add({ pid, nonce: runId });
  }

  /** False when the command queue is full; the command is dropped and counted. */
  send(command: OutgoingCommand): boolean {
    const sent = this.run.send(command.cmd, commandLine(command, this.#greeting.repeatAsArgs));
    if (sent) this.#due.asked(command);
    else count(this.#tally.dropped, "command");
    return sent;
  }

  /** Says what `command` answers when the agent's pipe takes it, once for all that asked under this key until then. */
  sendLatest(key: string, command: () => OutgoingCommand): boolean {
    return this.run.sendLatest(key, () => commandLine(command(), this.#greeting.repeatAsArgs));
  }

  /** Says it before anything that still waits, and forgets the rest. */
  sendLast(command: OutgoingCommand): void {
    this.#due.asked(command);
    this.run.sendLast(command.cmd, commandLine(command, this.#greeting.repeatAsArgs));
  }

  /** Resolves when all the process wrote was handed over and nothing more will come. */
  async end(): Promise<void> {
    if (!this.#ended) await new Promise<void>((resolve) => this.#waitingForTheEnd.push(resolve));
  }

  /** True for a feature the running process announced. */
  has(feature: string): boolean {
    return this.#greeting.has(feature);
  }

  #keepTheRate(): void {
    const { debtMs } = this.#limit;
    if (debtMs > 0) this.#events.overRate(debtMs);
  }

  #end(code: number | null, signal: string | null): void {
    this.#ended = true;
    const { pid } = this.run;
    if (pid !== null) {
      this.#options.guardian?.remove(pid);
      this.#options.runFile?.remove(pid);
    }
    this.#events.happened({ type: "exited", code, signal });
    this.#events.over();
    for (const resolve of this.#waitingForTheEnd.splice(0)) resolve();
  }

  #taken(line: TakenLine): void {
    const { decoded, bytes, lineNumber, ticksMs, receivedAtMs } = line;
    const message: Readonly<Record<string, unknown>> = decoded.message;
    const { known } = decoded;
    if (!hasType(message)) return;
    this.#tally.lines++;
    this.#limit.line(bytes.length + 1, ticksMs, this.#due.settle(message.type));
    this.#events.heard(ticksMs);
    if (message.type === "heartbeat") this.#events.beat(receivedAtMs);
    if (decoded.known) this.#greet(decoded.message);
    if (this.#greeting.admits(message.type, known)) {
      this.#options.received({ message, known, bytes, lineNumber, runId: this.run.runId, receivedAtMs });
    } else {
      count(this.#tally.dropped, "before-handshake");
    }
    if (decoded.known) this.#heed(decoded.message);
    const health = this.#saidHealth.take(ticksMs);
    if (health !== null) this.#events.saidHealth(health);
  }

  #greet(message: WireMessage): void {
    const greeted = this.#greeting.hear(message);
    if (greeted.step === "known" || greeted.step === "unknown") return;
    if (greeted.step === "reject") {
      this.#events.happened({ type: "handshake-rejected", reason: greeted.reason });
      return;
    }
    if (greeted.step === "ack") this.send({ cmd: "ack", params: greeted.accept });
    this.#greeted = true;
    this.#events.happened({ type: "handshake-accepted" });
  }

  #heed(message: WireMessage): void {
    if (message.type === "status") {
      if (message.health !== undefined) this.#saidHealth.say(readHealth(message.health));
      if (saysStillFlushing(message)) this.#events.happened({ type: "still-flushing" });
    } else if (message.type === "error" && message.severity === "fatal") {
      const why = { cause: "fatal-error", detail: message.message.slice(0, DETAIL_CHARACTERS) };
      this.#events.happened({ type: "restart-requested", why, counted: true });
    }
  }

  #refused(line: RefusedLine): void {
    this.#tally.lines++;
    this.#limit.line(line.lengthBytes, this.#options.clock.ticksMs(), false);
    count(this.#tally.refused, line.code);
    this.#options.refused({ ...line, runId: this.run.runId });
    if (this.#greeted || ++this.#noise !== this.#noiseLimit + 1) return;
    const why = { cause: "no-jlp", detail: `more than ${this.#noiseLimit} lines before a handshake were not JLP` };
    this.#events.happened({ type: "restart-requested", why, counted: true });
  }
}

function hasType(message: Readonly<Record<string, unknown>>): message is Record<string, unknown> & { type: string } {
  return typeof message["type"] === "string";
}
