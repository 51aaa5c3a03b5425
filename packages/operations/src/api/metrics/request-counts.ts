import type { Api } from "../route.ts";

/** Requests of one kind that were answered. */
export interface CountedRequests {
  readonly method: string;
  /** As the document writes it; `unknown`: there is no such path. */
  readonly route: string;
  readonly status: number;
  count: number;
}

/** Counts what is answered from now on. There are as many kinds as routes and statuses: what a request says makes none. */
export function countRequests(api: Api): Iterable<CountedRequests> {
  const counts = new Map<string, CountedRequests>();
  api.addHook("onResponse", (request, reply, done) => {
    const { url } = request.routeOptions;
    const known = url !== undefined && !request.is404;
    const method = known ? request.method : "any";
    const route = known ? url.replaceAll(/:(\w+)/g, "{$1}") : "unknown";
    const status = reply.statusCode;
    const key = `${method} ${route} ${status}`;
    const counted = counts.get(key);
    if (counted === undefined) counts.set(key, { method, route, status, count: 1 });
    else counted.count++;
    done();
  });
  return { [Symbol.iterator]: () => counts.values() };
}
