import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";

/** What nobody but its owner should get to see. */
export const TREASURE = "the owner's secret";

/** A server as careless as they come: everybody may ask for everything, and reads the answer. An attempt that does not even
 *  reach it proves nothing about a careful one. */
export interface Naive {
  readonly port: number;
  /** What has come in, as `POST /path`. */
  readonly arrived: Set<string>;
  close(): void;
}

export async function openNaive(): Promise<Naive> {
  const arrived = new Set<string>();
  const note = (what: string, url = "") => arrived.add(`${what} ${url.split("?", 1)[0]}`);
  const server = createServer((request, reply) => {
    note(request.method ?? "", request.url);
    reply.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
    reply.setHeader("access-control-allow-credentials", "true");
    reply.setHeader("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE");
    reply.setHeader("access-control-allow-headers", "authorization, content-type");
    const type = request.headers.accept === "text/event-stream" ? "text/event-stream" : "text/javascript";
    reply.writeHead(200, { "content-type": type }).end(`globalThis.seen = ${JSON.stringify(TREASURE)};\n\n`);
  });
  const sockets = new WebSocketServer({ server, handleProtocols: (asked) => [...asked][0] ?? false });
  sockets.on("connection", (socket, request) => {
    note("WS", request.url);
    socket.on("message", () => socket.send(TREASURE)).on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    arrived,
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      server.closeAllConnections();
    },
  };
}
