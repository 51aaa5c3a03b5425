import { validateHeaderName, validateHeaderValue } from "node:http";

/** Node's client writes these itself; by another's hand they could make one request look like two. */
const OURS: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Whether this can be sent as a header: a name that is nobody's but the caller's, a value without line ends. */
export function isHeader(name: string, value: string): boolean {
  if (OURS.has(name.toLowerCase())) return false;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
