import type { ControlEvent, ControlNotice } from "@mimolo/protocol";
import { ApiProblem, type Api, PREFIX } from "../api/index.ts";
import { initialState } from "./initial.ts";
import type { LiveEffect, LiveEvent, LiveState } from "./state.ts";
import { step } from "./step.ts";

export interface LiveParts {
  readonly api: Api;
  readonly token: () => string | null;
  readonly forgetToken: () => void;
}

/** The driver of the reducer: one WebSocket, two timers, and what is read over HTTP. `state` is reactive; each value of it stays as
 *  it is. */
export class Live {
  readonly #parts: LiveParts;
  #state = $state.raw<LiveState>(initialState);
  #socket: WebSocket | null = null;
  #heard: (ControlEvent | ControlNotice)[] = [];
  #isDue = false;
  readonly #timers = new Map<string, number>();
  readonly #wanted = new Map<string, number>();

  constructor(parts: LiveParts) {
    this.#parts = parts;
  }

  get state(): LiveState {
    return this.#state;
  }

  /** To be called once. */
  start(): void {
    this.#happened({ type: "started", atMs: Date.now(), hasToken: this.#parts.token() !== null });
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.hurry();
      // The frame that was asked for may not come for hours.
      else this.#tell();
    });
  }

  signedIn(): void {
    this.#happened({ type: "signed-in" });
  }

  signedOut(why: string | null): void {
    this.#happened({ type: "signed-out", why });
  }

  /** Does not wait for the next try. */
  hurry(): void {
    this.#happened({ type: "hurried" });
  }

  /** Reads the collector and its agents now, rather than in a few seconds. */
  refresh(): void {
    if (this.#state.connection.name === "open") this.#do({ do: "read-status" });
  }

  /** Hears `evidence:*` or `log` too, until the function it returns is called. Fit for `$effect(() => live.want("log"))`. */
  want(name: "evidence:*" | "log"): () => void {
    this.#count(name, 1);
    return () => this.#count(name, -1);
  }

  #count(name: string, by: number): void {
    const before = this.#wanted.get(name) ?? 0;
    this.#wanted.set(name, before + by);
    if (before > 0 === before + by > 0) return;
    const extra = [...this.#wanted].filter(([, count]) => count > 0).map(([each]) => each);
    // Not within the effect that asks for it: the state it changes must not be what that effect goes by.
    queueMicrotask(() => this.#happened({ type: "wanted", extra }));
  }

  #happened(event: LiveEvent): void {
    const { state, effects } = step(this.#state, event);
    this.#state = state;
    for (const effect of effects) this.#do(effect);
  }

  #do(effect: LiveEffect): void {
    switch (effect.do) {
      case "connect":
        return this.#connect();
      case "disconnect":
        return this.#disconnect();
      case "subscribe": {
        const { subscribe, resume } = effect;
        const token = this.#parts.token() ?? "";
        this.#socket?.send(JSON.stringify({ token, subscribe, ...(resume === undefined ? {} : { resume }) }));
        return;
      }
      case "read-status":
        return this.#read(async () => ({ type: "status-read", status: await this.#parts.api.get("/status") }));
      case "read-timeline": {
        const { fromMs } = effect;
        const query = { from: new Date(fromMs).toISOString() };
        return this.#read(async () => {
          const { segments, open } = await this.#parts.api.get("/timeline", { query });
          return { type: "timeline-read", fromMs, segments, open };
        });
      }
      case "set-timer":
        return this.#setTimer(effect.timer, effect.delayMs);
      case "clear-timers":
        for (const timer of this.#timers.values()) clearTimeout(timer);
        return this.#timers.clear();
      case "forget-token":
        return this.#parts.forgetToken();
    }
  }

  #setTimer(timer: "retry" | "status", delayMs: number): void {
    clearTimeout(this.#timers.get(timer));
    this.#timers.set(
      timer,
      window.setTimeout(() => this.#happened({ type: "timer", timer }), delayMs),
    );
  }

  /** What could not be read is read again with the next connection, or the next look at the status. */
  #read(reading: () => Promise<LiveEvent>): void {
    const socket = this.#socket;
    reading().then(
      (event) => socket === this.#socket && this.#happened(event),
      (error: unknown) => {
        if (!(error instanceof ApiProblem)) throw error;
        if (socket === this.#socket && socket !== null) this.#setTimer("status", 5_000);
      },
    );
  }

  #connect(): void {
    this.#disconnect();
    const address = new URL(`${PREFIX}/events`, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    this.#socket = socket;
    const mine = (heard: () => void) => () => void (socket === this.#socket && heard());
    socket.addEventListener(
      "open",
      mine(() => this.#happened({ type: "socket-opened" })),
    );
    socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
      if (socket === this.#socket) this.#hear(JSON.parse(data) as ControlEvent | ControlNotice);
    });
    socket.addEventListener("close", ({ code, reason }) => {
      if (socket !== this.#socket) return;
      this.#tell();
      this.#socket = null;
      this.#happened({ type: "socket-closed", atMs: Date.now(), code, reason });
    });
  }

  #disconnect(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#heard = [];
    socket?.close();
  }

  /** What comes within one frame is taken in together. A hidden page has no frames; it still has to keep up. */
  #hear(message: ControlEvent | ControlNotice): void {
    this.#heard.push(message);
    if (this.#isDue) return;
    this.#isDue = true;
    if (document.visibilityState === "visible") requestAnimationFrame(() => this.#tell());
    else setTimeout(() => this.#tell(), 500);
  }

  #tell(): void {
    this.#isDue = false;
    if (this.#heard.length === 0) return;
    const messages = this.#heard;
    this.#heard = [];
    this.#happened({ type: "told", messages, atMs: Date.now() });
  }
}
