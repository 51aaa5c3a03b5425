import { chmodSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { LoginCodeReport, Scope } from "@mimolo/protocol";
import type { Clock } from "@mimolo/supervisor";
import type { Transport } from "../login/access.ts";
import { type Confirmation, Confirmations } from "../confirmations/confirmations.ts";
import type { EventSource } from "../events/event-source.ts";
import { openEvents } from "../events/open-events.ts";
import { FailureBucket } from "../guard/failure-bucket.ts";
import { checkFront, checkTarget, hostsAt } from "../guard/front.ts";
import { makeGuard } from "../guard/guard.ts";
import { ToldFailures } from "../guard/told-failures.ts";
import { type Limits, LIMITS } from "../listeners/limits.ts";
import { Listener, type ListenerParts } from "../listeners/listener.ts";
import { openPort, type WantedPort } from "../listeners/open-port.ts";
import { LoginDesk } from "../login/login-desk.ts";
import { type TokenFiles, Tokens } from "../login/tokens.ts";
import { ApiOnDemand } from "./on-demand.ts";
import { API_PREFIX } from "../prefix.ts";
import { ProblemError } from "../problems/problem.ts";
import type { CollectorView } from "../view.ts";

export interface ControlParts {
  readonly view: CollectorView;
  readonly source: EventSource;
  readonly clock: Clock;
  /** Path of the socket, or name of the pipe; its folder is there and owner-only. */
  readonly socket: string;
  /** `null`: nothing listens on TCP. */
  readonly tcp: WantedPort | null;
  readonly files: TokenFiles;
  /** Shows a code where the collector runs. */
  confirm(confirmation: Confirmation): void;
  /** Hears how often a token or a code was wrong, at most once a minute. */
  failed(count: number): void;
  /** Hears of every code that was traded for a token. */
  loggedIn(scope: Scope): void;
  readonly limits?: Readonly<Record<Transport, Limits>>;
}

/** A control API that listens. */
export interface ControlApi {
  readonly socket: string;
  /** `http://127.0.0.1:7466`, or `null` where nothing listens on TCP. */
  readonly http: string | null;
  /** Why nothing listens on TCP, where that was wanted and nobody insisted on a port. */
  readonly noPort: string | null;
  /** Makes a code that can be traded for a token once. */
  code(scope: Scope): LoginCodeReport;
  close(): Promise<void>;
}

/** Opens the control API, prefix `/api/v1`, on an owner-only socket (a named pipe on Windows) and on a port of the loopback
 *  address. Throws `CollectorError` `port-taken` where somebody asked for this port; nothing listens then. */
export async function openControl(parts: ControlParts): Promise<ControlApi> {
  const { view, source, clock, socket, files, confirm, limits = LIMITS } = parts;
  const arrivals = new WeakMap<Duplex, Transport>();
  let http: string | null = null;
  let noPort: string | null = null;
  const tokens = new Tokens(files, clock);
  const told = new ToldFailures(clock, (count) => parts.failed(count));
  const failed = () => told.note();
  const failures = new FailureBucket(clock, failed);
  const guard = makeGuard({
    tokens,
    failures,
    transportOf: (request) => arrivals.get(request.socket) ?? "tcp",
    admitted: (request) => {
      for (const { connections } of listeners) connections.vouch(request.socket);
    },
  });
  const login = new LoginDesk({
    tokens,
    failures,
    clock,
    http: () => http,
    loggedIn: (scope) => parts.loggedIn(scope),
  });
  const confirmations = new Confirmations({ clock, show: confirm, failed });
  const events = openEvents({ source, guard });
  const desk = { login, confirmations };
  const api = new ApiOnDemand(async () => {
    const { makeApi } = await import("./make-api.ts");
    return makeApi({ view, guard, desk, listeners: () => events.clients });
  });
  const listeners: Listener[] = [];

  function listener(transport: Transport, front: ListenerParts["front"]): Listener {
    const made = new Listener({
      transport,
      limits: limits[transport],
      front,
      arrived: (stream) => void arrivals.set(stream, transport),
      handle: (request, response) => api.handle(request, response),
      upgrade: (request, stream, head) => {
        if (!isForEvents(request)) throw noUpgrade();
        events.upgrade(request, stream, head, transport);
      },
    });
    listeners.push(made);
    return made;
  }

  async function close(): Promise<void> {
    await events.close();
    await api.close();
    await Promise.all(listeners.map((each) => each.close()));
    told.close();
  }

  try {
    if (parts.tcp !== null) {
      const tcp = await openPort(() => {
        let hosts: readonly string[] | null = null;
        const made: Listener = listener("tcp", (request) => checkFront(request, (hosts ??= hostsAt(made.port))));
        return made;
      }, parts.tcp).catch((error: Error) => {
        // Where no program may open a port, evidence is collected all the same.
        if (parts.tcp?.isAsked === true) throw error;
        noPort = error.message;
        return null;
      });
      http = tcp === null ? null : `http://127.0.0.1:${tcp.port}`;
    }
    await listener("socket", ({ url }) => checkTarget(url)).listen({ path: socket });
    // The folder is what protects it (0700); the socket's own mode comes second.
    if (process.platform !== "win32") chmodSync(socket, 0o600);
  } catch (error) {
    await close();
    throw error;
  }
  return { socket, http, noPort, code: (scope) => login.code(scope), close };
}

function isForEvents({ url, headers, method }: IncomingMessage): boolean {
  const isWebSocket = headers.upgrade?.toLowerCase() === "websocket" && method === "GET";
  return isWebSocket && url?.split("?", 1)[0] === `${API_PREFIX}/events`;
}

function noUpgrade(): ProblemError {
  return new ProblemError("bad-request", "this becomes nothing else", `only ${API_PREFIX}/events becomes a WebSocket`);
}
