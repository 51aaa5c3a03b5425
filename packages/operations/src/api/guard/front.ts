import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";

/** What a request says of where it comes from and goes to; a browser does not let a page lie about it. */
type Head = Pick<IncomingMessage, "headersDistinct" | "url">;

/** Refuses whatever was not sent to this very listener by a program, or by a page that it served itself: names of others that
 *  lead here (DNS rebinding), pages of other origins and ports. `hosts` are the names it goes by, with port. */
export function checkFront({ headersDistinct: headers, url }: Head, hosts: readonly string[]): void {
  checkTarget(url);
  const host = headers["host"] ?? [];
  if (host.length !== 1 || !hosts.includes(host[0] ?? "")) throw misdirected(host, hosts);
  const origin = headers["origin"] ?? [];
  if (origin.length > 1 || (origin[0] !== undefined && !hosts.some((each) => origin[0] === `http://${each}`))) {
    throw new Refusal({
      code: "forbidden",
      detail: `a page from ${shown(origin)} may not talk to this collector`,
      hint: `open the page at http://${hosts[0]}, or use a program instead of a page`,
      reason: "origin",
    });
  }
  const site = headers["sec-fetch-site"] ?? [];
  if (site.length > 1 || (site[0] !== undefined && site[0] !== "same-origin" && site[0] !== "none")) {
    throw new Refusal({
      code: "forbidden",
      detail: `a browser sent this for a page of another origin (Sec-Fetch-Site: ${shown(site)})`,
      hint: `type http://${hosts[0]} into the address bar`,
      reason: "fetch-metadata",
    });
  }
}

/** Refuses a target that is not a path, as only proxies are sent. */
export function checkTarget(url: string | undefined): void {
  if (url?.startsWith("/") === true && !url.startsWith("//")) return;
  throw new Refusal({
    code: "bad-request",
    detail: "the request names no path",
    hint: "ask for a path such as /api/v1/status",
    reason: "target",
  });
}

/** The names a listener on loopback goes by. Browsers leave the port out where it is HTTP's own. */
export function hostsAt(port: number): string[] {
  const names = ["127.0.0.1", "localhost"];
  return [...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])];
}

function misdirected(host: readonly string[], hosts: readonly string[]): Refusal {
  const said = host.length === 0 ? "names no Host" : `is for ${shown(host)}`;
  return new Refusal({
    code: "misdirected",
    detail: `this request ${said}; this is ${hosts.join(" or ")}`,
    hint: `send it to http://${hosts[0]}`,
    reason: host.length > 1 ? "duplicate-host" : "host",
  });
}

function shown(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value.slice(0, 100))).join(" and ");
}
