// The agent under the kit's hands: one life after another on the same folders, each brought to work as a collector does.
import {
  type AgentProcess,
  CannotStart,
  type LiveStage,
  type Mark,
  openStage,
  type Recording,
  rules,
  type TranscriptLine,
} from "@mimolo/agent-sdk/testing";
import type { Happened, Lives } from "./session.ts";

export interface LivesOptions {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Asked before each life: they may stand in a file that was edited. */
  readonly settings: () => Readonly<Record<string, unknown>>;
  readonly heartbeatS: number;
}

export interface LivesHooks {
  passed(line: TranscriptLine, sinceMs: number): void;
  happened(event: Happened): void;
  /** The very first life could not begin. */
  neverBegan(error: CannotStart): void;
}

/** What is waited for while it is brought to work, and the rules about it. */
const RULE_OF_WAIT = [
  ["a handshake", "JLP101"],
  ["the ack of lifecycle", "JLP901"],
] as const;
const WIDGET = { mode: "tree_v1", canvas: {} };

export class AgentLives implements Lives {
  readonly #options: LivesOptions;
  readonly #hooks: LivesHooks;
  readonly #stage: LiveStage;
  #agent: AgentProcess | null = null;
  /** Where this life begins in the recording. */
  #from = { lines: 0, marks: 0, atMs: 0 };
  readonly #over = new WeakSet<AgentProcess>();
  #hasRun = false;

  private constructor(options: LivesOptions, hooks: LivesHooks, stage: LiveStage) {
    this.#options = options;
    this.#hooks = hooks;
    this.#stage = stage;
  }

  static async open(options: LivesOptions, hooks: LivesHooks): Promise<AgentLives> {
    const { command, cwd, environment } = options;
    let lives: AgentLives | null = null;
    const stage = await openStage(
      "try",
      { command, cwd, environment },
      {
        onLine: (line) => lives?.passed(line),
        onMark: (mark) => lives?.marked(mark),
      },
    );
    lives = new AgentLives(options, hooks, stage);
    return lives;
  }

  async start(): Promise<void> {
    const { lines, marks } = this.#stage.recording;
    this.#from = { lines: lines.length, marks: marks.length, atMs: this.#from.atMs };
    const config = this.#settings();
    if (config === null) return;
    const agent = await this.#stage.start({ isAgain: true, config }).catch((error: unknown) => {
      if (!(error instanceof CannotStart)) throw error;
      this.#hooks.neverBegan(error);
      return null;
    });
    if (agent === null) return;
    this.#agent = agent;
    void this.#bringToWork(agent);
  }

  send(cmd: string): void {
    this.#agent?.send(cmd, cmd === "widget_render" ? WIDGET : {});
  }

  kill(): void {
    const agent = this.#agent;
    if (agent !== null) void agent.kill().then(() => this.#gone(agent, { code: null, signal: "SIGKILL" }));
  }

  /** The same without waiting, for a process that must go itself. */
  killNow(): void {
    this.#stage.killNow();
  }

  async close(): Promise<void> {
    await this.#stage.close();
  }

  judged(): ReturnType<Lives["judged"]> {
    const life = this.#life();
    const found = rules.filter(({ isLive }) => isLive === true).map((rule) => ({ id: rule.id, ...rule.judge([life]) }));
    return {
      broken: found.filter(({ ok }) => ok === false).map(({ id, seen }) => ({ id, seen })),
      holding: found.filter(({ ok }) => ok === true).map(({ id }) => id),
    };
  }

  passed(line: TranscriptLine): void {
    this.#hooks.passed(line, line.at_ms - this.#from.atMs);
  }

  marked(mark: Mark): void {
    if (mark.what === "started") {
      this.#from = { ...this.#from, atMs: mark.at_ms };
      if (mark.pid > 0) this.#hooks.happened({ what: "started", pid: mark.pid });
    }
    const agent = this.#agent;
    if (agent === null) return;
    if (mark.what === "ended") void this.#gone(agent, { code: mark.code, signal: mark.signal });
    if (mark.what === "flood") void this.#gone(agent, { code: null, signal: "SIGKILL" });
    if (mark.what === "not-seen" && !agent.isOver) {
      const [, rule = null] = RULE_OF_WAIT.find(([start]) => mark.waited_for.startsWith(start)) ?? [];
      this.#hooks.happened({ what: "missed", waitedFor: mark.waited_for, withinMs: mark.within_ms, rule });
    }
  }

  #life(): Recording {
    const { scenario, lines, marks } = this.#stage.recording;
    const { lines: from, marks: marksFrom } = this.#from;
    return {
      scenario,
      lines: lines.slice(from),
      marks: marks.slice(marksFrom).map((mark) => ({ ...mark, after: mark.after - from })),
    };
  }

  /** Null, and told, where the file with them cannot be read just now. */
  #settings(): Readonly<Record<string, unknown>> | null {
    try {
      return this.#options.settings();
    } catch (error) {
      this.#hooks.happened({ what: "not-started", why: error instanceof Error ? error.message : String(error) });
      return null;
    }
  }

  async #bringToWork(agent: AgentProcess): Promise<void> {
    while (!(await agent.introduced())) if (agent.isOver) return;
    agent.accept({ heartbeat_interval_s: this.#options.heartbeatS });
    if (agent.has("lifecycle")) {
      await agent.ask("lifecycle", { phase: "initialize", config: this.#settings() ?? {} });
      await agent.ask("lifecycle", { phase: "activate" });
    }
    if (!agent.isOver) this.#hooks.happened({ what: "working", features: agent.handshake?.capabilities ?? [] });
  }

  async #gone(agent: AgentProcess, end: { code: number | null; signal: string | null }): Promise<void> {
    if (this.#over.has(agent)) return;
    this.#over.add(agent);
    // Its own end is not yet through when the mark of it comes.
    await Promise.resolve();
    const { failure } = agent;
    if (failure !== null) {
      const cannot = new CannotStart(this.#options.command[0], failure);
      if (this.#hasRun) this.#hooks.happened({ what: "not-started", why: cannot.message });
      else this.#hooks.neverBegan(cannot);
      return;
    }
    this.#hasRun = true;
    const marks = this.#stage.recording.marks.length;
    await agent.noteLeftBehind();
    const leftBehind = this.#stage.recording.marks
      .slice(marks)
      .flatMap((mark) => (mark.what === "left-behind" ? mark.processes : []));
    await agent.kill();
    this.#hooks.happened({ what: "ended", ...end, leftBehind });
  }
}
