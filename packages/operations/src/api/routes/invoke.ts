import { PluginInterface, readPluginInterface } from "@mimolo/protocol";
import type { FastifyRequest } from "fastify";
import type { Api } from "../route.ts";
import { LONGEST_TIMEOUT_MS } from "../../calls/plugin-calls.ts";
import { nearestName } from "../../config/nearest.ts";
import type { Invocation } from "../../plugins/switch/plugin-control.ts";
import { ProblemError } from "../problem.ts";
import type { CollectorView } from "../view.ts";
import { type Body, objectIn, onlyIn, optionalTextIn, textIn } from "./body.ts";
import { byOf } from "./by.ts";

/** As much as a line to an agent may hold. */
const BODY_LIMIT_BYTES = 1_048_576;

interface OnePlugin {
  Params: { id: string };
  Body: unknown;
}

/** A plugin is asked behind one of its interfaces. */
export function invokeRoutes(server: Api, view: CollectorView): void {
  server.post<OnePlugin>("/plugins/:id/invoke", { bodyLimit: BODY_LIMIT_BYTES }, (request) =>
    view.plugin.invoke(request.params.id, { ...callIn(objectIn(request.body)), by: callerOf(request) }),
  );
}

function callIn(body: Body): Omit<Invocation, "by"> {
  onlyIn(body, ["interface", "method", "params", "context", "timeout_ms", "label"]);
  const { params, context } = body;
  return {
    interface: interfaceIn(body),
    method: textIn(body, "method"),
    params: params === undefined ? {} : params,
    context: context === undefined ? undefined : objectOf(context),
    timeoutMs: timeoutIn(body),
    label: optionalTextIn(body, "label"),
  };
}

function interfaceIn(body: Body): PluginInterface {
  const name = textIn(body, "interface");
  const known = readPluginInterface(name);
  if (known !== null) return known;
  const nearest = nearestName(name, PluginInterface.options);
  const hint = nearest === undefined ? `there are ${PluginInterface.options.join(", ")}` : `did you mean ${nearest}?`;
  throw new ProblemError("invalid-parameter", `there is no interface "${name.slice(0, 64)}"`, hint);
}

function objectOf(context: unknown): Body {
  if (typeof context === "object" && context !== null && !Array.isArray(context)) return context as Body;
  throw new ProblemError("invalid-parameter", "context must be an object", 'for instance {"mode": "work"}');
}

function timeoutIn({ timeout_ms: timeoutMs }: Body): number | undefined {
  if (timeoutMs === undefined) return undefined;
  if (typeof timeoutMs === "number" && timeoutMs >= 1 && timeoutMs <= LONGEST_TIMEOUT_MS) return timeoutMs;
  throw new ProblemError(
    "invalid-parameter",
    `timeout_ms must be a number from 1 to ${LONGEST_TIMEOUT_MS}`,
    "milliseconds",
  );
}

function callerOf(request: Pick<FastifyRequest, "headers">): { kind: "cli" | "api"; name: string } {
  const kind = byOf(request) === "cli" ? "cli" : "api";
  return { kind, name: kind };
}
