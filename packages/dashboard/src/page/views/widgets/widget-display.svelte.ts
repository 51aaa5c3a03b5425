import type { WidgetReport } from "@mimolo/protocol";
import { type Api, ApiProblem } from "../../api/index.ts";
import { type Asking, type AskingEvent, stepAsking, untilAsk, untouched } from "./asking.ts";
import type { Theme } from "./frame/frame-document.ts";
import { fetchPictures } from "./frame/fetch-pictures.ts";
import { withPictures } from "./frame/pictures.ts";
import { checked, isOutdone, isTakenBack, isWithout } from "./reports.ts";

/** What an agent is to draw for. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

/** Keeps one widget current while it is seen. */
export class WidgetDisplay {
  readonly label: string;
  readonly #api: Api;
  #asking: Asking = untouched;
  #timer: number | undefined;
  #pictures: ReadonlyMap<string, string> = new Map();
  #report = $state.raw<WidgetReport | null>(null);
  #html = $state.raw<string | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);

  constructor(label: string, api: Api) {
    this.label = label;
    this.#api = api;
  }

  /** `null` before the first answer. */
  get report(): WidgetReport | null {
    return this.#report;
  }

  /** What to show, with its pictures in it. */
  get html(): string | null {
    return this.#html;
  }

  /** Why there is nothing, or nothing newer. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  /** It is looked at, until the function it returns is called. */
  seen(): () => void {
    this.#happened({ type: "seen" });
    return () => this.#happened({ type: "unseen" });
  }

  /** The collector has a newer picture. */
  announced(): void {
    this.#happened({ type: "announced" });
  }

  /** Has the agent do something, `refresh` or what its author thought of; resolves with what it said once that is in the ledger. */
  async act(action: string, payload?: unknown): Promise<string | null> {
    const body = payload === undefined ? { action } : { action, payload };
    const { message, widget } = await this.#api.post("/widgets/{label}/action", { path: { label: this.label }, body });
    if (widget !== null) await this.#show(widget);
    return message;
  }

  /** Has it drawn anew, for a place of this size and theme. */
  async render(canvas: Canvas): Promise<void> {
    const body = { canvas };
    await this.#show(await this.#api.post("/widgets/{label}/render", { path: { label: this.label }, body }));
  }

  #happened(event: AskingEvent): void {
    this.#asking = stepAsking(this.#asking, event, Date.now());
    clearTimeout(this.#timer);
    const delayMs = untilAsk(this.#asking, Date.now());
    if (delayMs !== null) this.#timer = window.setTimeout(() => void this.#ask(), Math.min(delayMs, 0x7fffffff));
  }

  async #ask(): Promise<void> {
    this.#happened({ type: "asked" });
    try {
      const report = await this.#api.get("/widgets/{label}", { path: { label: this.label } });
      await this.#show(report);
      const { expires_at: expires, is_stale: isStale } = report;
      // An old picture is one of an agent that is gone or does not answer: it is asked for ever more seldom.
      if (isStale) this.#happened({ type: "refused" });
      else this.#happened({ type: "answered", expiresMs: expires === null ? null : Date.parse(expires) });
    } catch (error) {
      this.#happened({ type: "refused" });
      if (!(error instanceof ApiProblem)) throw error;
      this.#problem = error;
      if (isWithout(error)) this.#clear();
    }
  }

  #clear(): void {
    this.#pictures = new Map();
    this.#html = null;
  }

  async #show(said: WidgetReport): Promise<void> {
    const report = checked(said);
    if (isOutdone(report, this.#report)) return;
    const { html } = report;
    if (html !== null) {
      this.#pictures = await fetchPictures(this.#api, html, this.#pictures);
      this.#html = withPictures(html, this.#pictures);
    } else if (isTakenBack(report)) this.#clear();
    this.#report = report;
    this.#problem = null;
  }
}
