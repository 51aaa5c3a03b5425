import { MAX_LINE_BYTES_CEILING, type WidgetMode, type WidgetReport } from "@mimolo/protocol";
import { Alarm, type Clock, type OutgoingCommand } from "@mimolo/supervisor";
import { type Arrival, LastFrame, type Picture } from "./last-frame.ts";
import { type Answered, failed, Questions } from "./questions.ts";

const RENDER_MS = 5_000;
/** To look and to summarise both have their time in the agent. */
const ACTION_MS = 15_000;
/** However fast it draws, pages are told no more often. */
const TOLD_EVERY_MS = 500;
/** Whoever says that its pictures are old at once is not asked with every look all the same. */
const SHORTEST_LIFE_MS = 1_000;

/** How a frame begins, as far as that can be told of a line that could not be read. */
const FRAME_HEAD = /"type"\s*:\s*"widget_frame"/;

/** The agent as its widget sees it. */
export interface Drawer {
  readonly vitals: { readonly state: string };
  has(feature: string): boolean;
  send(command: OutgoingCommand): boolean;
}

/** Whose widget it is. */
export interface WidgetOwner {
  readonly drawer: Drawer;
  /** The rules that a frame was judged by, another object when they are others. */
  readonly privacy: object;
  /** Pages should look again. */
  drew(): void;
  /** A summary is asked for. */
  flushing(reason: string): void;
}

/** How a picture is wanted. */
export interface WantedPicture {
  readonly mode?: WidgetMode | undefined;
  readonly canvas?: Readonly<Record<string, unknown>> | undefined;
}

/** What one agent draws, and what it is asked about that. Its pictures are nowhere but here. */
export class AgentWidget {
  readonly #clock: Clock;
  readonly #owner: WidgetOwner;
  readonly #last = new LastFrame();
  /** Those that the last frame was judged by. */
  #privacy: object | null = null;
  #announced: boolean | null = null;
  /** The process that drew last still runs. */
  #isOfThisRun = false;
  #questions: Questions | null = null;
  /** The picture that is being drawn, and for which wish. */
  #drawing: { readonly wish: string; readonly done: Promise<Answered> } | null = null;
  #telling: Alarm | null = null;
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, owner: WidgetOwner) {
    this.#clock = clock;
    this.#owner = owner;
  }

  /** Frames that nobody saw. */
  get dropped(): number {
    return this.#last.dropped;
  }

  /** Whether it draws; `null` while no process of it has said so. */
  get isDrawn(): boolean | null {
    return this.#frame.arrival === null ? this.#announced : true;
  }

  /** It runs and can be asked. */
  get isAskable(): boolean {
    const { drawer } = this.#owner;
    return drawer.vitals.state === "running" && drawer.has("widget_frame");
  }

  /** What was judged by other rules than those of now is shown to nobody. */
  get #frame(): LastFrame {
    if (this.#privacy !== this.#owner.privacy) this.#last.forget();
    return this.#last;
  }

  get hasPicture(): boolean {
    return this.#frame.arrival !== null;
  }

  /** Whether the agent should draw a new picture before somebody looks. */
  get wantsNew(): boolean {
    const { arrival, picture } = this.#frame;
    if (arrival === null || picture === null || !this.#isOfThisRun) return true;
    return this.#clock.ticksMs() - arrival.ticksMs >= Math.max(SHORTEST_LIFE_MS, picture.ttlMs);
  }

  /** A new process has said what it can. */
  began(features: readonly string[]): void {
    this.#announced = features.includes("widget_frame");
    this.#isOfThisRun = false;
    if (!this.#announced) this.#last.forget();
  }

  /** A frame came: `line` is valid during the call only. */
  frame(line: Uint8Array, requestId: string | undefined, receivedAtMs: number): void {
    this.#privacy = this.#owner.privacy;
    if (!this.#last.put(line, { receivedAtMs, ticksMs: this.#clock.ticksMs() }))
      return this.#questions?.refused(`a frame of ${line.byteLength} bytes is longer than any may be`);
    this.#isOfThisRun = true;
    this.#questions?.drawn(requestId);
    this.#tell();
  }

  /** A line was refused. If it was to be a frame, whoever waits for one need not wait longer. */
  refusedLine({ head, message }: { readonly head: Uint8Array; readonly message: string }): void {
    if (this.#questions !== null && FRAME_HEAD.test(Buffer.from(head).toString("latin1")))
      this.#questions.refused(message);
  }

  /** A frame came that nobody may see; what it was to replace is not to be seen either. */
  withheld(): void {
    this.#last.forget();
    this.#questions?.refused("a privacy rule keeps its widget back");
  }

  /** Privacy rules were taken: pages that show what was judged by others are told to look again. */
  judgedAnew(): void {
    const isShown = this.#last.arrival !== null;
    if (isShown && !this.hasPicture) this.#tell();
  }

  acknowledged(id: string | undefined, message: string | undefined): void {
    this.#questions?.acknowledged(id, message);
  }

  /** The agent's process does something else now. */
  moved(state: string, cause: string): void {
    if (state === "running") return;
    this.#isOfThisRun = false;
    this.#questions?.ended(cause);
    this.#telling?.end();
    if (state !== "blocked" || this.#last.arrival === null) return;
    // Who may not run shows nothing either.
    this.#last.forget();
    this.#tell();
  }

  /** Asks for a picture; whoever wants the same while it is drawn waits for that one. */
  draw(wanted: WantedPicture): Promise<Answered> {
    const wish = JSON.stringify(wanted);
    if (this.#drawing?.wish === wish) return this.#drawing.done;
    const picture = this.#frame.picture;
    const params = {
      mode: wanted.mode ?? picture?.mode ?? "tree_v1",
      canvas: wanted.canvas ?? {},
      ...(picture?.stateToken == null ? {} : { state_token: picture.stateToken }),
    };
    const done = this.#ask({ cmd: "widget_render", params }, "frame", RENDER_MS).finally(() => {
      if (this.#drawing?.done === done) this.#drawing = null;
    });
    this.#drawing = { wish, done };
    return done;
  }

  /** The picture that is on its way, or one that is asked for now. */
  next(): Promise<Answered> {
    return this.#drawing?.done ?? this.draw({});
  }

  /** Tells it what was done in its widget; resolves when it has acknowledged that. */
  act(action: string, payload: unknown): Promise<Answered> {
    if (action === "refresh" && this.isAskable) this.#owner.flushing("refresh");
    return this.#ask({ cmd: "widget_action", params: { action, payload } }, "ack", ACTION_MS);
  }

  /** What there is to be seen; `trouble`: why nothing newer is. */
  report(who: Pick<WidgetReport, "label" | "plugin_id">, trouble: WidgetReport["problem"] = null): WidgetReport {
    const { picture, arrival } = this.#frame;
    if (picture === null || arrival === null) return { ...who, ...nothing, problem: trouble };
    return {
      ...who,
      mode: picture.mode,
      html: picture.html,
      ...this.#ageOf(picture, arrival),
      state_token: picture.stateToken,
      nodes: picture.nodes,
      problem: picture.problem ?? trouble,
    };
  }

  #ageOf({ ttlMs }: Picture, { receivedAtMs, ticksMs }: Arrival) {
    return {
      received_at: new Date(receivedAtMs).toISOString(),
      ttl_ms: ttlMs,
      expires_at: new Date(receivedAtMs + ttlMs).toISOString(),
      is_stale: !this.#isOfThisRun || this.#clock.ticksMs() - ticksMs >= ttlMs,
    };
  }

  async #ask(command: OutgoingCommand, wants: "frame" | "ack", limitMs: number): Promise<Answered> {
    if (!this.isAskable) return failed("not-running", `it is ${this.#owner.drawer.vitals.state}`);
    if (Buffer.byteLength(JSON.stringify(command)) >= MAX_LINE_BYTES_CEILING - 64)
      return failed("too-large", "what is said to it does not fit a line");
    this.#questions ??= new Questions(this.#clock);
    return await this.#questions.ask(command, { wants, limitMs, send: (each) => this.#owner.drawer.send(each) });
  }

  #tell(): void {
    if (this.#telling?.isSet === true) return;
    const waitMs = this.#toldMs + TOLD_EVERY_MS - this.#clock.ticksMs();
    if (waitMs <= 0) return this.#tellNow();
    this.#telling ??= new Alarm(this.#clock);
    this.#telling.set(waitMs, () => this.#tellNow());
  }

  #tellNow(): void {
    this.#toldMs = this.#clock.ticksMs();
    this.#owner.drew();
  }
}

const nothing = {
  mode: null,
  html: null,
  received_at: null,
  ttl_ms: 0,
  expires_at: null,
  is_stale: true,
  state_token: null,
  nodes: 0,
} as const;
