import { type AgentChange, type AgentSnapshot, moreTelling } from "@mimolo/supervisor";

/** An agent's words about itself stand in every status: so much of them. */
const CHARACTERS = 512;

/** Why an agent does less than it should, each in the words of whoever found it. What holds now its supervisor knows. */
export class Reasons {
  readonly #clean: (text: string) => string;
  /** By the source of the opinion or the cause of the restraint; made with the first entry, for there are many agents. */
  #words: Map<string, string> | null = null;
  #fault: string | null = null;
  #told: string | null = null;

  /** `clean` takes out of an agent's words what nobody may read. */
  constructor(clean: (text: string) => string) {
    this.#clean = clean;
  }

  /** What `source` found, in its words; `null`: it has none. */
  found(source: string, words: string | null): void {
    if (words === null) return void this.#words?.delete(source);
    this.#words ??= new Map();
    this.#words.set(source, this.#kept(words));
  }

  /** An error of it, or a line that was refused: the last one is named where there are too many. */
  fault(words: string): void {
    this.#fault = this.#kept(words);
  }

  /** Why it is not `ok` or not `free`, or why its process is gone; undefined while there is nothing to say. */
  of(snapshot: Pick<AgentSnapshot, "state" | "cause" | "unwell" | "restraints">): string | undefined {
    const { state, cause, unwell, restraints } = snapshot;
    if (state === "backing-off" || state === "quarantined") return this.#ofEnd(cause);
    if (state !== "running") return undefined;
    const all = [...unwell, ...restraints].map((source) => this.#of(source));
    return all.length === 0 ? undefined : [...new Set(all)].join("; ");
  }

  /** What it has to say of itself while it is well; undefined for nothing. */
  says({ state, unwell }: Pick<AgentSnapshot, "state" | "unwell">): string | undefined {
    return state === "running" && unwell.length === 0 ? this.#words?.get("agent") : undefined;
  }

  /** What a person should hear now that it is worse: nothing of what our own watch says anyway, and the same words once. */
  news({ state, cause, health }: AgentChange): string | null {
    const source = state === "running" && health !== "ok" ? TOLD_BY.get(cause) : undefined;
    if (source === undefined) return null;
    const words = this.#of(source);
    if (words === this.#told) return null;
    this.#told = words;
    return words;
  }

  /** Its process ended by itself. */
  ended({ stderrTail }: Pick<AgentChange, "stderrTail">): void {
    const lines = stderrTail.split("\n").filter((line) => line.trim() !== "");
    this.found(END, lines.reduce(moreTelling, null) ?? lines.at(-1) ?? null);
  }

  #ofEnd(cause: string): string {
    const how = cause.replace(/^exited: /, "");
    const last = this.#words?.get(END);
    return last === undefined ? how : `${how}; its last words on stderr: ${last}`;
  }

  #kept(words: string): string {
    return this.#clean(words).slice(0, CHARACTERS);
  }

  #of(source: string): string {
    const words = this.#words?.get(source) ?? PLAIN.get(source) ?? source;
    return source === "errors" && this.#fault !== null ? `${words}; the last: ${this.#fault}` : words;
  }
}

const END = "end";

/** Changes that no line of the budgets explains, by their cause: whose words do. */
const TOLD_BY: ReadonlyMap<string, string> = new Map([
  ["status", "agent"],
  ["silent", "silence"],
]);

const PLAIN: ReadonlyMap<string, string> = new Map([
  ["agent", "it says so itself, and not why"],
  ["silence", "nothing was heard of it for two heartbeat intervals (heartbeat_interval_s)"],
  ["rate-limit", "it writes faster than it may (messages_per_s, bytes_per_s): its output waits"],
  ["evidence-lane", "its evidence comes faster than the disk takes it: its output waits"],
]);
