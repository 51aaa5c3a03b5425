// So many clients of the control API that listen to its events, as one program with as many pages would.
import { WebSocket } from "ws";
import { serve } from "./serve.ts";

export interface ListenersStart {
  /** `ws://127.0.0.1:7466/api/v1/events`. */
  readonly address: string;
  readonly token: string;
  readonly count: number;
  readonly subscribe: readonly string[];
}

const clients = new Set<WebSocket>();
let heard = 0;

serve({
  async start({ address, token, count, subscribe }: ListenersStart) {
    await Promise.all(Array.from({ length: count }, () => listen(address, { token, subscribe })));
  },
  /** Events that came since the last time. */
  heard() {
    const came = heard;
    heard = 0;
    return came;
  },
  async stop() {
    await Promise.all([...clients].map((client) => hangUp(client)));
  },
  end: () => undefined,
});

/** Resolves once the collector has said what it will tell. */
function listen(address: string, first: object): Promise<void> {
  const client = new WebSocket(address, { perMessageDeflate: false });
  clients.add(client);
  return new Promise((resolve, reject) => {
    client.on("open", () => client.send(JSON.stringify(first)));
    client.once("message", (notice: Buffer) => {
      if (!notice.includes('"subscribed"')) return reject(new Error(`not subscribed: ${notice.toString()}`));
      // They are counted, not read: whoever measures must not be what is slow.
      client.on("message", () => void heard++);
      return resolve();
    });
    client.on("error", reject);
    client.on("close", (code: number, reason: Buffer) => {
      if (clients.delete(client)) reject(new Error(`closed with ${code}: ${reason.toString()}`));
    });
  });
}

function hangUp(client: WebSocket): Promise<void> {
  clients.delete(client);
  return new Promise((resolve) => {
    client.on("close", () => resolve());
    client.close();
  });
}
