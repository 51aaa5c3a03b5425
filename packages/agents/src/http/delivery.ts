// A request from beginning to end: sent, followed, judged and, where that may help, sent again.
import type { AllowedHosts } from "./allowed-hosts.ts";
import type { Exchange, Incoming } from "./exchange.ts";
import { HttpFault } from "./fault.ts";
import { type Followed, followed } from "./follow.ts";
import { nodeExchange } from "./node-exchange.ts";
import { type RepeatPolicy, sendRepeatedly } from "./send-repeatedly.ts";
import { faultOfStatus } from "./success.ts";

/** What a delivery is made under. */
export interface DeliveryTerms {
  readonly hosts: Pick<AllowedHosts, "allows">;
  /** For one attempt. */
  readonly timeoutMs: number;
  readonly repeat: RepeatPolicy;
  readonly mostBytes: number;
  readonly ca?: string | undefined;
  readonly signal: AbortSignal;
  /** Told before every wait, which is at most `longestWaitMs`, that it goes on: whoever asked may be about to give up. */
  readonly goingOn: (message: string) => void;
  readonly longestWaitMs: number;
}

export interface Delivered {
  readonly incoming: Incoming;
  /** Where the answer came from. */
  readonly url: URL;
  readonly attempts: number;
}

/** Sends a request until it is answered with a success; rejects with `HttpFault`. What cannot be carried out twice for certain
 *  bears the same `Idempotency-Key` each time. */
export async function delivered(
  request: Followed,
  terms: DeliveryTerms,
  { exchange = nodeExchange, nowMs = Date.now }: { readonly exchange?: Exchange; readonly nowMs?: () => number } = {},
): Promise<Delivered> {
  const { signal, goingOn, longestWaitMs, repeat, timeoutMs, mostBytes, ca, hosts } = terms;
  const once = withKey(request, repeat);
  const { answer, attempts } = await sendRepeatedly(
    async () => {
      const { incoming, url } = await followed(once, { timeoutMs, mostBytes, ca, signal }, { exchange, hosts });
      const fault = faultOfStatus(incoming, { method: request.method, url }, nowMs());
      if (fault !== null) throw fault;
      return { incoming, url };
    },
    {
      method: request.method,
      policy: repeat,
      signal,
      failed: ({ message }, attempt) => goingOn(`attempt ${attempt}: ${message}`),
      async wait(ms) {
        for (let leftMs = ms; leftMs > 0; leftMs -= longestWaitMs) {
          goingOn(`waiting, as ${request.url.host} asked`);
          await pause(Math.min(leftMs, longestWaitMs), signal);
        }
      },
    },
  );
  return { ...answer, attempts };
}

function withKey(request: Followed, { retries }: RepeatPolicy): Followed {
  const { method, headers, ownHeaders } = request;
  const has = "idempotency-key" in headers || "idempotency-key" in ownHeaders;
  if (has || retries === 0 || (method !== "POST" && method !== "PATCH")) return request;
  return { ...request, headers: { ...headers, "idempotency-key": crypto.randomUUID() } };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const given = () => {
      clearTimeout(timer);
      reject(new HttpFault("cancelled", "given up, nobody waits for it any more"));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", given);
      resolve();
    }, ms);
    if (signal.aborted) given();
    else signal.addEventListener("abort", given, { once: true });
  });
}
