import type { FastifyInstance } from "fastify";

/** Notes every route that is added to `server` from now on; the returned function says which methods a path answers,
 *  sorted, none for a path that is not there. */
export function noteRoutes(server: FastifyInstance): (path: string) => string[] {
  const routes: { path: RegExp; method: string }[] = [];
  server.addHook("onRoute", ({ url, method }) => {
    const path = new RegExp(`^${url.replaceAll(".", "\\.").replaceAll(/:\w+/g, "[^/]+")}$`);
    for (const each of [method].flat()) routes.push({ path, method: each });
    if ([method].flat().includes("GET")) routes.push({ path, method: "HEAD" });
  });
  return (path) =>
    routes
      .filter((route) => route.path.test(path))
      .map(({ method }) => method)
      .toSorted();
}
