import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { notAvailable } from "../injected/not-available.ts";
import type { Api } from "../route.ts";
import { pageHeaders } from "./page-headers.ts";

/** The folder's files at `/`, over TCP only: whoever reads a page needs an origin for it. Each is a path of its own, so that what
 *  lies elsewhere, or came later, cannot be asked for. */
export function pageRoutes(api: Api, folder: string | undefined): void {
  const headers = headersOf(folder);
  if (typeof headers === "string") {
    api.get("/", { config: { scope: "open" }, schema: { hide: true } }, () => {
      throw notAvailable("page", headers);
    });
    return;
  }
  void api.register(async (page) => {
    page.addHook("onRoute", (route) => {
      route.config = { ...route.config, scope: "open" };
    });
    page.addHook("onRequest", (request, _reply, done) => {
      if (request.caller.transport === "tcp") done();
      else
        done(notAvailable("page here", "it is served over TCP: the answer of POST /api/v1/login/code has its address"));
    });
    const { default: files } = await import("@fastify/static");
    await page.register(files, {
      root: resolve(folder ?? ""),
      wildcard: false,
      decorateReply: false,
      dotfiles: "ignore",
      // Beside a file the build may have put it compressed: `.br`, `.gz`.
      preCompressed: true,
      // What says how long it may be kept is said for every answer alike.
      cacheControl: false,
      etag: false,
      lastModified: false,
      setHeaders: (reply) => {
        for (const [name, value] of Object.entries(headers)) void reply.header(name, value);
      },
    });
  });
}

/** What its answers carry, or why it cannot be served. */
function headersOf(folder: string | undefined): Readonly<Record<string, string>> | string {
  if (folder === undefined) return "the API is at /api/v1, its description at /api/v1/openapi.json";
  if (!existsSync(join(folder, "index.html"))) return `there is no index.html in ${folder}`;
  try {
    return pageHeaders(folder);
  } catch {
    return `page-policy.json in ${folder} is not what the page's build writes`;
  }
}
