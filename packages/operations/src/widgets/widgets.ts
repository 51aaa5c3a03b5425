import type { WidgetActionReport, WidgetReport } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import { CollectorError, type CollectorErrorCode } from "../error.ts";
import type { AgentWidget, WantedPicture } from "./agent-widget.ts";
import { type Answered, failed, type QuestionFailure } from "./questions.ts";

/** Whoever looks waits no longer for a new picture. */
const LOOK_MS = 2_000;

/** An agent as its widget is shown. */
export interface ShownAgent {
  readonly label: string;
  readonly plan: { readonly pluginId: string };
  readonly snapshot: { readonly state: string };
  readonly widget: AgentWidget;
}

export interface WidgetsParts {
  readonly clock: Clock;
  /** Throws `CollectorError` `unknown-agent`. */
  agent(label: string): ShownAgent;
  /** Makes what was collected so far durable. */
  commit(): Promise<void>;
  /** The newest durable record. */
  through(): number;
}

/** The widgets of all agents, as pages ask for them. Throws `CollectorError`. */
export class Widgets {
  readonly #parts: WidgetsParts;

  constructor(parts: WidgetsParts) {
    this.#parts = parts;
  }

  /** What an agent shows: as it is while it is fresh, else anew. The old one with a `problem` where no new one comes in 2 s. */
  async current(label: string): Promise<WidgetReport> {
    const agent = this.#drawing(label);
    const { widget } = agent;
    if (!widget.wantsNew) return reportOf(agent);
    if (!widget.isAskable) {
      if (widget.hasPicture) return reportOf(agent);
      throw isNotRunning(agent);
    }
    const answer = await this.#inTime(widget.next());
    if (answer.ok) return reportOf(agent);
    if (answer.code === "ended" && !widget.hasPicture) throw isNotRunning(agent);
    return reportOf(agent, { code: codes[answer.code], message: `${label}: ${answer.message}` });
  }

  /** A picture drawn now. */
  async render(label: string, wanted: WantedPicture): Promise<WidgetReport> {
    const agent = this.#asked(label);
    const answer = await agent.widget.draw(wanted);
    if (answer.ok) return reportOf(agent);
    throw new CollectorError(codes[answer.code], `${label}: ${answer.message}`, hintFor(answer.code, label));
  }

  /** Tells an agent what was done in its widget; resolves when it said that it is done and what came of it is durable. */
  async act(label: string, action: string, payload: unknown): Promise<WidgetActionReport> {
    const agent = this.#asked(label);
    const answer = await agent.widget.act(action, payload);
    if (!answer.ok)
      throw new CollectorError(codes[answer.code], `${label}: ${answer.message}`, hintFor(answer.code, label));
    await this.#parts.commit();
    const widget = agent.widget.hasPicture ? reportOf(agent) : null;
    return { label, action, message: answer.message, through: this.#parts.through(), widget };
  }

  #asked(label: string): ShownAgent {
    const agent = this.#drawing(label);
    if (agent.widget.isAskable) return agent;
    throw agent.snapshot.state === "running" ? drawsNone(agent) : isNotRunning(agent);
  }

  #drawing(label: string): ShownAgent {
    const agent = this.#parts.agent(label);
    const { isDrawn } = agent.widget;
    if (isDrawn === true) return agent;
    throw isDrawn === null ? isNotRunning(agent) : drawsNone(agent);
  }

  async #inTime(answer: Promise<Answered>): Promise<Answered> {
    const looked = new AbortController();
    const late = new Promise<Answered>((resolve) => {
      const message = `it did not draw within ${LOOK_MS / 1000} s`;
      this.#parts.clock.after(LOOK_MS, () => resolve(failed("timed-out", message)), looked.signal);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      looked.abort();
    }
  }
}

const codes = {
  "not-running": "not-running",
  ended: "not-running",
  "too-many-requests": "too-many-requests",
  "command-not-taken": "command-not-taken",
  "too-large": "too-large",
  "timed-out": "timed-out",
  refused: "plugin-failed",
} as const satisfies Record<QuestionFailure, CollectorErrorCode>;

function reportOf({ label, plan, widget }: ShownAgent, trouble: WidgetReport["problem"] = null): WidgetReport {
  return widget.report({ label, plugin_id: plan.pluginId }, trouble);
}

function isNotRunning({ label, snapshot }: ShownAgent): CollectorError {
  const message = `${label} shows nothing: it is ${snapshot.state}`;
  return new CollectorError("not-running", message, `mimolo agent start ${label}`);
}

function drawsNone({ label }: ShownAgent): CollectorError {
  const hint = "`mimolo agents --json` says of each whether it draws one";
  return new CollectorError("no-widget", `${label} draws no widget`, hint);
}

function hintFor(code: QuestionFailure, label: string): string {
  if (code === "not-running" || code === "ended") return `mimolo agent start ${label}`;
  if (code === "too-many-requests") return "wait for those under way";
  return `\`mimolo logs ${label}\` may say more`;
}
