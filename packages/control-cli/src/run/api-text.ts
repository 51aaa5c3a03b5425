import type { Collector } from "@mimolo/operations";

/** Where the control API listens over TCP, and why not where it usually does; `null` where it does not. */
export function apiText({ http, config }: Pick<Collector, "http" | "config">): string | null {
  const { port } = config.control;
  if (http === null || port === 0 || http.endsWith(`:${port}`)) return http;
  return `${http}, because port ${port} is taken`;
}
