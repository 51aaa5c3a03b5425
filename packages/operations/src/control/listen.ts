import type { EventSource } from "../api/events/event-source.ts";
import type { ControlApi } from "../api/serving/open-control.ts";
import type { CollectorView } from "../api/view.ts";
import type { Opened } from "../opened.ts";
import type { RunParts } from "../run-parts.ts";
import { prepareSocket, removeAddress, socketPath, writeAddress } from "./address.ts";
import { prepareChosenSocket } from "./chosen-socket.ts";
import { wantedPort } from "./wanted-port.ts";

export interface ListenParts extends Pick<RunParts, "options" | "directory" | "config" | "clock" | "events"> {
  readonly view: CollectorView;
  readonly source: EventSource;
  readonly say: Opened["say"];
  readonly audit: Opened["audit"];
  readonly startedAtMs: number;
}

/** A control API whose place is written down. */
export interface Listening extends Pick<ControlApi, "socket" | "http" | "code"> {
  close(): Promise<void>;
}

/** Opens the control API where the options and the configuration want it, and writes down where that is; `null`: nowhere. Throws
 *  `CollectorError` `port-taken` or `socket-unusable`. */
export async function listen(parts: ListenParts): Promise<Listening | null> {
  const { options, directory, config, clock, events, view, source, say, audit, startedAtMs } = parts;
  if (options.control === false) return null;
  const chosen = config.control.socket;
  const socket = chosen ?? socketPath(directory, options.env);
  if (chosen === undefined) prepareSocket(socket);
  else await prepareChosenSocket(socket);
  const tcp = wantedPort(options.control, config);
  // Its routes and what describes them cost memory: whoever opens no API does not load them.
  const { openControl } = await import("../api/serving/open-control.ts");
  const api = await openControl({
    view,
    source,
    clock,
    socket,
    tcp,
    files: directory,
    confirm: (confirmation) => events.emit("confirmation:asked", confirmation),
    failed: (count) => {
      const message = count === 1 ? "a token or a code was wrong" : `tokens or codes were wrong ${count} times`;
      say({ type: "collector", level: "warning", code: "failed-logins", message: `control API: ${message}` });
      audit.note("deny", "control-api", "api", { reason: "failed-logins", count });
    },
    loggedIn: (scope) => {
      const message = `control API: a code was traded for a token of the scope ${scope}`;
      say({ type: "collector", code: "logged-in", message });
    },
  });
  const { http } = api;
  if (tcp !== null && tcp.port !== 0 && http !== null && !http.endsWith(`:${tcp.port}`)) {
    say({ type: "collector", message: `port ${tcp.port} is taken, so the API listens at ${http}` });
  }
  if (api.noPort !== null) {
    say({ type: "collector", level: "warning", message: `${api.noPort}, so the API listens at its socket alone` });
  }
  const close = () => api.close().finally(() => removeAddress(directory, socket));
  try {
    const startedAt = new Date(startedAtMs).toISOString();
    writeAddress(directory, { pid: process.pid, socket, ...(http === null ? {} : { http }), started_at: startedAt });
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  return { socket, http, code: (scope) => api.code(scope), close };
}
