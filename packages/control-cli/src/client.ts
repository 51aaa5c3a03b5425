import { request } from "node:http";
import { refusal } from "./client/refusal.ts";
import { CliError, EXIT } from "./error.ts";

const PREFIX = "/api/v1";
/** An agent may take 30 s to flush before it stops; the answer comes after that. */
const PATIENCE_MS = 45_000;
/** A plugin's agents are asked to leave, new ones to come, and the old ones back if those fail: each step has its bounds. */
const PLUGIN_PATIENCE_MS = 240_000;

/** A plugin may be given five minutes, and each sign of progress gives it as much again. */
const CALL_PATIENCE_MS = 3_600_000;

/** Talks to one running collector over its Unix socket or named pipe. */
export interface Client {
  /** The body of a 2xx answer, parsed; its shape is the contract with a collector of the same version. Throws `CliError`: exit code 3 when nobody answers, else by the problem sent. */
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body?: object): Promise<Answer>;
  put<Answer>(path: string, body: object): Promise<Answer>;
  patch<Answer>(path: string, body: object): Promise<Answer>;
  delete<Answer>(path: string): Promise<Answer>;
}

/** A client for the collector that listens on `socket`. Connects anew for each call, so it needs no closing. */
export function clientAt(socket: string): Client {
  return {
    get: async <Answer>(path: string) => (await call(socket, "GET", path)) as Answer,
    post: async <Answer>(path: string, body?: object) => (await call(socket, "POST", path, body ?? {})) as Answer,
    put: async <Answer>(path: string, body: object) => (await call(socket, "PUT", path, body)) as Answer,
    patch: async <Answer>(path: string, body: object) => (await call(socket, "PATCH", path, body)) as Answer,
    delete: async <Answer>(path: string) => (await call(socket, "DELETE", path)) as Answer,
  };
}

/** Path of a plugin's route. */
export function pluginPath(id: string, rest = ""): string {
  return `/plugins/${encodeURIComponent(id)}${rest === "" ? "" : `/${rest}`}`;
}

/** Path of an agent's route; labels are plain words, but what was typed may be anything. */
export function agentPath(label: string, action?: string): string {
  return `/agents/${encodeURIComponent(label)}${action === undefined ? "" : `/${action}`}`;
}

async function call(
  socket: string,
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: object,
): Promise<unknown> {
  const { status, text } = await exchange(socket, method, `${PREFIX}${path}`, body);
  const answer = parsed(text);
  if (status >= 200 && status < 300) return answer;
  throw refusal(status, answer);
}

function exchange(
  socketPath: string,
  method: string,
  path: string,
  body: object | undefined,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const headers: Record<string, string> = {
      accept: "application/json",
      host: "localhost",
      "x-mimolo-by": "cli",
    };
    if (payload !== undefined) headers["content-type"] = "application/json";
    const timeout = patienceFor(path);
    const sent = request({ socketPath, method, path, headers, agent: false, timeout }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", (error) => reject(unanswered(socketPath, error)));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }),
      );
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.on("error", (error) => reject(unanswered(socketPath, error)));
    sent.end(payload);
  });
}

function patienceFor(path: string): number {
  if (!path.startsWith(`${PREFIX}/plugins/`)) return PATIENCE_MS;
  return path.endsWith("/invoke") ? CALL_PATIENCE_MS : PLUGIN_PATIENCE_MS;
}

function unanswered(socketPath: string, cause: NodeJS.ErrnoException): CliError {
  return new CliError(
    "collector-not-reachable",
    EXIT.unreachable,
    `no collector answers at ${socketPath} (${cause.code ?? cause.message})`,
    "It may have just ended: start it with `mimolo run`.",
    { cause },
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === "" ? null : text;
  }
}
