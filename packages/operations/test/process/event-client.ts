import { type ClientOptions, WebSocket } from "ws";

/** An event or a notice as it came. */
export type Heard = { readonly type: string; readonly seq?: number } & Readonly<Record<string, unknown>>;

/** Somebody who listens at `/api/v1/events`. */
export class EventClient {
  readonly webSocket: WebSocket;
  readonly heard: Heard[] = [];
  /** How it ended. */
  readonly ended: Promise<{ readonly code: number; readonly reason: string }>;
  #woken: () => void = () => undefined;
  #isOver = false;

  constructor(webSocket: WebSocket) {
    this.webSocket = webSocket;
    webSocket.on("message", (data: Buffer) => {
      this.heard.push(JSON.parse(data.toString("utf8")) as Heard);
      this.#woken();
    });
    webSocket.on("error", () => undefined);
    this.ended = new Promise((resolve) => {
      webSocket.on("close", (code, reason) => {
        this.#isOver = true;
        this.#woken();
        resolve({ code, reason: reason.toString("utf8") });
      });
    });
  }

  static overSocket(path: string): EventClient {
    return new EventClient(new WebSocket(`ws+unix:${path}:/api/v1/events`));
  }

  /** `http` is what the collector names as its address. */
  static overTcp(http: string, options: ClientOptions = {}): EventClient {
    return new EventClient(new WebSocket(`${http.replace("http", "ws")}/api/v1/events`, options));
  }

  async say(message: object): Promise<void> {
    if (this.webSocket.readyState === WebSocket.CONNECTING)
      await new Promise((resolve) => this.webSocket.once("open", resolve).once("error", resolve));
    this.webSocket.send(JSON.stringify(message));
  }

  /** Resolves with the first thing heard that fits, now or later; `after` leaves out that many from the beginning. */
  async until(fits: (heard: Heard) => boolean, after = 0): Promise<Heard> {
    for (;;) {
      const found = this.heard.slice(after).find(fits);
      if (found !== undefined) return found;
      if (this.#isOver) throw new Error(`the connection ended after ${JSON.stringify(this.heard.slice(-3))}`);
      await new Promise<void>((resolve) => (this.#woken = resolve));
    }
  }

  /** The highest record it has seen. */
  get seq(): number {
    return Math.max(0, ...this.heard.map(({ seq }) => seq ?? 0));
  }

  close(): void {
    this.webSocket.terminate();
  }
}
