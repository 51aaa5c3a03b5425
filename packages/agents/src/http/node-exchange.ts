// Requests by Node's own client. A connection each: one that is kept may be gone by the next request, and then nobody knows
// whether it arrived.
import { type ClientRequest, type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import type { Exchange, ExchangeBounds, Incoming, Outgoing } from "./exchange.ts";
import { HttpFault } from "./fault.ts";

export const nodeExchange: Exchange = async (outgoing, bounds) => {
  const seen = { isLate: false, isConnected: false };
  const abort = new AbortController();
  const stopped = () => abort.abort();
  const timer = setTimeout(() => {
    seen.isLate = true;
    abort.abort();
  }, bounds.timeoutMs);
  bounds.signal.addEventListener("abort", stopped, { once: true });
  try {
    bounds.signal.throwIfAborted();
    const asked = requestFor(outgoing, bounds, abort.signal);
    asked.on("socket", (socket) => {
      socket.once(outgoing.url.protocol === "https:" ? "secureConnect" : "connect", () => {
        seen.isConnected = true;
      });
    });
    return await collected(await answerTo(asked, outgoing.body), bounds.mostBytes);
  } catch (error) {
    throw faultOf(error, outgoing, bounds, seen);
  } finally {
    clearTimeout(timer);
    bounds.signal.removeEventListener("abort", stopped);
  }
};

function requestFor(
  { method, url, headers, body }: Outgoing,
  { ca }: ExchangeBounds,
  signal: AbortSignal,
): ClientRequest {
  const length =
    body === null && (method === "GET" || method === "HEAD") ? {} : { "content-length": body?.length ?? 0 };
  const options = { method, headers: { ...headers, ...length }, agent: false, signal } as const;
  if (url.protocol === "http:") return plainRequest(url, options);
  return secureRequest(url, ca === undefined ? options : { ...options, ca });
}

function answerTo(asked: ClientRequest, body: Uint8Array | null): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // An error may come after the answer, too: then it is the answer's own.
    asked.on("error", reject);
    asked.once("response", resolve);
    asked.end(body ?? undefined);
  });
}

async function collected(answer: IncomingMessage, mostBytes: number): Promise<Incoming> {
  const chunks: Buffer[] = [];
  let length = 0;
  let truncated = false;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length <= mostBytes) continue;
    truncated = true;
    // Leaving the loop ends the connection.
    break;
  }
  const body = Buffer.concat(chunks).subarray(0, mostBytes);
  return { status: answer.statusCode ?? 0, headers: plainHeaders(answer.headers), body, truncated };
}

function plainHeaders(headers: IncomingMessage["headers"]): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, typeof value === "string" ? value : value.join(", ")]],
  );
  return Object.fromEntries(entries) as Record<string, string>;
}

function faultOf(
  error: unknown,
  { method, url }: Outgoing,
  { signal, timeoutMs }: ExchangeBounds,
  { isLate, isConnected }: { readonly isLate: boolean; readonly isConnected: boolean },
): HttpFault {
  const to = `${method} ${url.host}`;
  if (signal.aborted) return new HttpFault("cancelled", `${to}: given up, nobody waits for it any more`);
  if (isLate) {
    const why = `${to}: no answer within ${timeoutMs} ms`;
    return new HttpFault("timed-out", why, { mayPass: true, mayHaveArrived: isConnected });
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  // Node's own sentence quotes a header it refuses by name, and never by value.
  if (/^ERR_(INVALID|HTTP_INVALID|UNESCAPED)/.test(code))
    return new HttpFault("invalid-request", `${to}: it cannot be sent as it is (${code})`);
  const certificate = /CERT|SELF_SIGNED|^ERR_TLS|^UNABLE_TO|^ERR_SSL|^EPROTO$/.test(code);
  const why = certificate
    ? `its certificate is not believed (${code})`
    : (REASONS[code] ?? `it failed (${code || "no code"})`);
  return new HttpFault("unreachable", `${to}: ${why}`, { mayPass: !certificate, mayHaveArrived: isConnected });
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing answers at that port (ECONNREFUSED)",
  ECONNRESET: "the connection was closed before the answer was there (ECONNRESET)",
  EPIPE: "the connection was closed before the request was sent (EPIPE)",
  ENOTFOUND: "no such host is known (ENOTFOUND)",
  EAI_AGAIN: "the name cannot be looked up just now (EAI_AGAIN)",
  EHOSTUNREACH: "there is no way to that host (EHOSTUNREACH)",
  ENETUNREACH: "there is no way to that network (ENETUNREACH)",
};
