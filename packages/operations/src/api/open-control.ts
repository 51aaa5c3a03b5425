import { chmodSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { prepareSocket } from "../control/address.ts";
import { type EventsHub, openEvents } from "./events/open-events.ts";
import type { EventSource } from "./events/event-source.ts";
import { socketGuard } from "./guard/guard.ts";
import { API_PREFIX, makeApi } from "./make-api.ts";
import type { CollectorView } from "./view.ts";

export interface ControlParts {
  readonly view: CollectorView;
  readonly source: EventSource;
  /** Path of the socket, or name of the pipe. */
  readonly socket: string;
}

/** A control API that listens. */
export interface ControlApi {
  readonly socket: string;
  /** `http://127.0.0.1:7466`, or `null` where nothing listens on TCP. */
  readonly http: string | null;
  close(): Promise<void>;
}

/** Opens the control API, prefix `/api/v1`, on an owner-only socket (a named pipe on Windows). */
export async function openControl({ view, source, socket }: ControlParts): Promise<ControlApi> {
  const guard = socketGuard;
  const events = openEvents({ source, guard });
  const api = await makeApi({
    view,
    guard,
    serve: (handler) => withEvents(createServer({ requestTimeout: 10_000 }, handler), events),
  });
  prepareSocket(socket);
  await api.listen({ path: socket });
  // The folder is what protects it (0700); the socket's own mode comes second.
  if (process.platform !== "win32") chmodSync(socket, 0o600);
  return {
    socket,
    http: null,
    close: async () => {
      await events.close();
      await api.close();
    },
  };
}

function withEvents(server: Server, events: EventsHub): Server {
  return server.on("upgrade", (request: IncomingMessage, stream, head: Buffer) => {
    if (request.url?.split("?", 1)[0] === `${API_PREFIX}/events`) events.upgrade(request, stream, head, "socket");
    else stream.destroy();
  });
}
