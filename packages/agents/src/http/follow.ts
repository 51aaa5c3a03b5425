// Redirects, each of which is asked for anew whether it may be followed.
import { addressOf } from "./address.ts";
import type { AllowedHosts } from "./allowed-hosts.ts";
import type { Exchange, ExchangeBounds, Incoming, Outgoing } from "./exchange.ts";
import { HttpFault } from "./fault.ts";

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** A request whose headers are of two kinds. */
export interface Followed extends Outgoing {
  /** Headers from the settings: sent to the origin that was asked for, and to no other that it points to. */
  readonly ownHeaders: Readonly<Record<string, string>>;
}

/** Sends a request and follows redirects, at most five, to allowed hosts alone; resolves with the last answer and where it came
 *  from. A 303, and a 301 or 302 to a POST, goes on as GET without a body, as browsers do. */
export async function followed(
  request: Followed,
  bounds: ExchangeBounds,
  { exchange, hosts }: { readonly exchange: Exchange; readonly hosts: Pick<AllowedHosts, "allows"> },
): Promise<{ readonly incoming: Incoming; readonly url: URL }> {
  let { method, url, body, headers } = request;
  for (let step = 0; ; step += 1) {
    const own = url.origin === request.url.origin ? request.ownHeaders : {};
    const incoming = await exchange({ method, url, body, headers: { ...headers, ...own } }, bounds);
    const target = incoming.headers["location"];
    if (!REDIRECTS.has(incoming.status) || target === undefined) return { incoming, url };
    if (step === MOST_REDIRECTS) {
      throw new HttpFault("too-many-redirects", `${method} ${request.url.host}: over ${MOST_REDIRECTS} redirects`);
    }
    const next = addressOf(target, hosts, url);
    if (next.origin !== url.origin) headers = withoutCredentials(headers);
    url = next;
    if (incoming.status !== 303 && !(incoming.status < 303 && method === "POST")) continue;
    if (method !== "HEAD") method = "GET";
    body = null;
    headers = withoutBodyHeaders(headers);
  }
}

const withoutCredentials = (headers: Readonly<Record<string, string>>) =>
  without(headers, /^(authorization|cookie|proxy-authorization)$/i);
const withoutBodyHeaders = (headers: Readonly<Record<string, string>>) => without(headers, /^content-/i);

function without(headers: Readonly<Record<string, string>>, names: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.test(name)));
}
