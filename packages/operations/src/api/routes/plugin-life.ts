import type { Api } from "../route.ts";
import { pluginVerbs } from "../../plugins/switch/plugin-control.ts";
import { ProblemError } from "../problem.ts";
import type { CollectorView } from "../view.ts";
import { type Body, objectIn, onlyIn, optionalFlagIn, optionalTextIn, optionalTextsIn } from "./body.ts";
import { byOf } from "./by.ts";

interface OnePlugin {
  Params: { id: string };
  Querystring: Record<string, unknown>;
  Body: unknown;
}

/** What a plugin does while the collector runs: on and off, started anew, with which settings, in which version. */
export function pluginLifeRoutes(server: Api, view: CollectorView): void {
  for (const verb of pluginVerbs) {
    server.post<OnePlugin>(`/plugins/:id/${verb}`, (request) => {
      onlyIn(bodyOf(request.body), []);
      return view.plugin[verb](request.params.id, byOf(request));
    });
  }
  server.get<OnePlugin>("/plugins/:id/config", ({ params, query }) => {
    onlyIn(query, ["label"]);
    return view.plugin.config(params.id, optionalTextIn(query, "label"));
  });
  server.put<OnePlugin>("/plugins/:id/config", (request) =>
    view.plugin.configure(request.params.id, { ...changeIn(objectIn(request.body)), by: byOf(request) }),
  );
  server.post<OnePlugin>("/plugins/:id/upgrade", (request) => {
    const body = bodyOf(request.body);
    onlyIn(body, ["version", "grants", "accept_downgrade"]);
    return view.plugin.upgrade(request.params.id, {
      version: optionalTextIn(body, "version"),
      grants: body["grants"] === "all" ? "all" : optionalTextsIn(body, "grants"),
      acceptDowngrade: optionalFlagIn(body, "accept_downgrade"),
      by: byOf(request),
    });
  });
}

/** A verb needs no body. */
function bodyOf(body: unknown): Body {
  return body === undefined || body === null ? {} : objectIn(body);
}

/** The values themselves, or `{values, label?}` where `values` is a table and nothing else stands there. */
function changeIn(body: Body): { values: Body; label?: string | undefined } {
  const { values, label, ...rest } = body;
  const wrapped = typeof values === "object" && values !== null && !Array.isArray(values);
  if (!wrapped || Object.keys(rest).length > 0) return { values: plain(body) };
  return { values: plain(values as Body), label: label === undefined ? undefined : optionalTextIn(body, "label") };
}

function plain(values: Body): Body {
  if (!Object.hasOwn(values, "__proto__")) return values;
  throw new ProblemError("invalid-parameter", "__proto__ is no setting");
}
