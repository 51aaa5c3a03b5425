import { STATUS_CODES } from "node:http";
import type { Incoming, Outgoing } from "./exchange.ts";
import { HttpFault } from "./fault.ts";
import { retryAfterMs } from "./retry-after.ts";

/** Not done, says the server, and not to be blamed on the request. */
const NOT_NOW: ReadonlySet<number> = new Set([408, 425, 429, 503]);
/** A server that cannot do it will not be able to a second later. */
const NEVER: ReadonlySet<number> = new Set([501, 505, 510]);

/** The fault that an answer stands for; `null` of a success. */
export function faultOfStatus(
  { status, headers }: Incoming,
  { method, url }: Pick<Outgoing, "method" | "url">,
  nowMs: number,
): HttpFault | null {
  if (status < 400) return null;
  const named = `${status} ${STATUS_CODES[status] ?? ""}`.trim();
  return new HttpFault("http-status", `${method} ${url.host}: answered ${named}`, {
    status,
    mayPass: NOT_NOW.has(status) || (status >= 500 && !NEVER.has(status)),
    mayHaveArrived: !NOT_NOW.has(status),
    waitMs: retryAfterMs(headers["retry-after"], nowMs),
  });
}
