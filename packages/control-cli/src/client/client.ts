// The one way in which verbs talk to a running collector: paths, bodies and answers are those of the document.
import type { Answer, MaybeGiven, Method, paths, PathWith } from "@mimolo/protocol/control-api";
import { exchange } from "./exchange.ts";
import { addressOf, type Parts } from "./path.ts";
import { refusal } from "./refusal.ts";

/** Talks to one running collector over its Unix socket or named pipe. Each method takes a path of the document with what stands
 *  in it, and resolves with the body of the answer. Throws `CliError`: exit code 3 when nobody answers, else by the problem sent. */
export interface Client {
  get: Ask<"get">;
  post: Ask<"post">;
  put: Ask<"put">;
  patch: Ask<"patch">;
  delete: Ask<"delete">;
}

type Ask<M extends Method> = <Path extends PathWith<M>>(
  path: Path,
  ...given: MaybeGiven<Path, M>
) => Promise<Answer<Path, M>>;

/** A client for the collector that listens on `socket`. Connects anew for each call, so it needs no closing. */
export function clientAt(socket: string): Client {
  const asking =
    <M extends Method>(method: M): Ask<M> =>
    async <Path extends PathWith<M>>(path: Path, ...[given]: MaybeGiven<Path, M>) =>
      (await call(socket, method, path, given as Parts | undefined)) as Answer<Path, M>;
  return {
    get: asking("get"),
    post: asking("post"),
    put: asking("put"),
    patch: asking("patch"),
    delete: asking("delete"),
  };
}

async function call(socket: string, method: Method, path: keyof paths, given: Parts = {}): Promise<unknown> {
  const { status, text } = await exchange(socket, {
    method: method.toUpperCase(),
    address: addressOf(path, given),
    body: method === "get" || method === "delete" ? undefined : (given.body ?? {}),
    patienceMs: patienceFor(path),
  });
  const answer = parsed(text);
  if (status >= 200 && status < 300) return answer;
  throw refusal(status, answer);
}

/** An agent may take 30 s to flush before it stops; the answer comes after that. */
const PATIENCE_MS = 45_000;

/** A plugin's agents are asked to leave, new ones to come, and the old ones back if those fail: each step has its bounds. */
const PLUGIN_PATIENCE_MS = 240_000;

/** A plugin may be given five minutes, and each sign of progress gives it as much again. */
const CALL_PATIENCE_MS = 3_600_000;

function patienceFor(path: string): number {
  if (path.startsWith("/artifacts/")) return CALL_PATIENCE_MS;
  if (!path.includes("/plugins/")) return PATIENCE_MS;
  return path.endsWith("/invoke") ? CALL_PATIENCE_MS : PLUGIN_PATIENCE_MS;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === "" ? null : text;
  }
}
