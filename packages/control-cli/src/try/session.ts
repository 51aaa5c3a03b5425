// Carries out what the steps of a session ask for: timers, the agent, the screen.
import type { Clock } from "@mimolo/supervisor";
import type { TranscriptLine } from "@mimolo/agent-sdk/testing";
import { decodedOf, textOf } from "./line-text.ts";
import type { Screen } from "./screen.ts";
import {
  type Effect,
  newSession,
  type RuleFacts,
  type SessionEvent,
  type SessionState,
  type Timer,
  type Verdict,
} from "./session-state.ts";
import { step } from "./step.ts";

/** An event that has yet to get its time. */
export type Happened = SessionEvent extends infer One ? (One extends SessionEvent ? Omit<One, "at_ms"> : never) : never;

/** The agent, one process after another. */
export interface Lives {
  /** Starts the next one. Whether it could be started is told by `not-started`. */
  start(): Promise<void>;
  send(cmd: string): void;
  kill(): void;
  /** Rules that can be judged on this life so far. */
  judged(): { readonly broken: readonly Verdict[]; readonly holding: readonly string[] };
}

export interface SessionParts {
  readonly clock: Clock;
  readonly screen: Screen;
  readonly lives: Lives;
  readonly rules: ReadonlyMap<string, RuleFacts>;
  readonly isAttended: boolean;
  /** Milliseconds until it ends by itself; null: never. */
  readonly forMs: number | null;
}

const SOON_MS = 50;
const LATER_MS = 500;
/** Judging long lives takes time: never more than a tenth of it. */
const REST_PER_COST = 10;

export class Session {
  readonly #parts: SessionParts;
  readonly #timers = new Map<Timer, AbortController>();
  readonly #over = new AbortController();
  #state: SessionState;
  #judging = false;
  #judgeCostMs = 0;
  #starting: Promise<void> = Promise.resolve();
  #leave: () => void = () => {};
  /** Resolves once it is over. */
  readonly left: Promise<void>;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#state = newSession(parts.isAttended);
    this.left = new Promise((resolve) => {
      this.#leave = resolve;
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  begin(): void {
    this.happened({ what: "began", forMs: this.#parts.forMs });
  }

  /** Ends it where it stands; nothing comes due any more. */
  leave(): void {
    this.#over.abort();
    for (const timer of this.#timers.values()) timer.abort();
    this.#leave();
  }

  happened(event: Happened): void {
    if (event.what === "ended") this.#judge();
    const { clock, screen } = this.#parts;
    const { state, effects } = step(this.#state, { at_ms: clock.ticksMs(), ...event });
    this.#state = state;
    for (const effect of effects) this.#carryOut(effect);
    if (this.#state.phase !== "left") screen.state(this.#state);
  }

  /** A line that passed, `sinceMs` after the agent was started. */
  passed(line: TranscriptLine, sinceMs: number): void {
    this.#parts.screen.line(line, sinceMs);
    if (line.dir === "in") this.happened({ what: "told", cmd: commandIn(line) });
    if (line.dir === "err") this.happened({ what: "wrote", line: textOf(line) });
    if (line.dir !== "out") return;
    const decoded = decodedOf(line);
    const type = !decoded.ok ? "refused" : decoded.known ? decoded.message.type : "unknown";
    const said = { what: "said", type, answers: answersOf(decoded) } as const;
    const error = errorIn(decoded);
    this.happened(error === undefined ? said : { ...said, error });
    this.#judgeSoon();
  }

  #carryOut(effect: Effect): void {
    const { clock, lives, rules, screen } = this.#parts;
    const sinceMs = clock.ticksMs() - this.#state.startedMs;
    switch (effect.do) {
      case "start":
        this.#starting = lives.start();
        return;
      case "send":
        void this.#starting.then(() => lives.send(effect.cmd));
        return;
      case "kill":
        void this.#starting.then(() => lives.kill());
        return;
      case "wait":
        return this.#wait(effect.timer, effect.ms);
      case "forget":
        return this.#timers.get(effect.timer)?.abort();
      case "note":
        return screen.note(effect.text, sinceMs);
      case "warn":
        return screen.warn(effect.text, sinceMs);
      case "broke":
        return screen.broke(rules.get(effect.id) ?? unheardOf(effect.id), effect.seen, effect.isAgain);
      case "mended":
        return screen.mended(rules.get(effect.id) ?? unheardOf(effect.id));
      case "help":
        return screen.help();
      case "leave":
        return this.leave();
    }
  }

  #wait(timer: Timer, ms: number): void {
    this.#timers.get(timer)?.abort();
    const forget = new AbortController();
    this.#timers.set(timer, forget);
    this.#parts.clock.after(ms, () => this.happened({ what: "due", timer }), forget.signal);
  }

  #judgeSoon(atLeastMs = SOON_MS): void {
    if (this.#judging) return;
    this.#judging = true;
    const inMs = Math.max(atLeastMs, this.#judgeCostMs * REST_PER_COST);
    this.#parts.clock.after(inMs, () => this.#judge(), this.#over.signal);
  }

  #judge(): void {
    this.#judging = false;
    const { clock, lives } = this.#parts;
    const beganMs = clock.ticksMs();
    const { broken, holding } = lives.judged();
    this.#judgeCostMs = clock.ticksMs() - beganMs;
    this.happened({ what: "judged", broken, holding });
    // Some come to hold by nothing happening.
    if (this.#state.unmended.length > 0 && this.#state.phase === "working") this.#judgeSoon(LATER_MS);
  }
}

function commandIn({ line = "" }: TranscriptLine): string {
  try {
    return String((JSON.parse(line) as { cmd?: unknown }).cmd);
  } catch {
    return "";
  }
}

function answersOf(decoded: ReturnType<typeof decodedOf>): readonly string[] {
  if (!decoded.ok || !decoded.known) return [];
  const { message } = decoded;
  if (message.type === "ack") return [message.ack_command];
  if (message.type === "status") return ["status"];
  return message.type === "widget_frame" ? ["widget_render"] : [];
}

function errorIn(decoded: ReturnType<typeof decodedOf>): string | undefined {
  return decoded.ok && decoded.known && decoded.message.type === "error" ? decoded.message.message : undefined;
}

const unheardOf = (id: string): RuleFacts => ({
  id,
  title: "A rule of the protocol",
  required: true,
  fix: "See its page.",
});
