import { InvokeReport, PluginInterface, readPluginInterface } from "@mimolo/protocol";
import { nearestName } from "../../config/nearest.ts";
import { ProblemError } from "../problems/problem.ts";
import { about, type Api } from "../route.ts";
import { NoQuery, PluginParams } from "../shapes/asked.ts";
import { InvokeBody } from "../shapes/plugin.ts";
import type { CollectorView } from "../view.ts";

/** As much as a line to an agent may hold. */
const BODY_LIMIT_BYTES = 1_048_576;

/** A plugin is asked behind one of its interfaces. */
export function invokeRoutes(api: Api, view: CollectorView): void {
  api.post(
    "/plugins/:id/invoke",
    {
      bodyLimit: BODY_LIMIT_BYTES,
      config: { scope: "control" },
      schema: {
        params: PluginParams,
        querystring: NoQuery,
        body: InvokeBody,
        ...about({
          id: "invokePlugin",
          summary: "Asks a plugin, by its id or an agent's label, behind one of its interfaces.",
          tag: "platform",
          answers: InvokeReport,
          refuses: [
            "unknown-plugin",
            "agent-not-running",
            "not-offered",
            "refused-by-trust",
            "permission-denied",
            "plugin-failed",
            "timed-out",
            "too-many-requests",
            "shutting-down",
          ],
        }),
      },
    },
    ({ params, body, caller: { by } }) =>
      view.plugin.invoke(params.id, {
        interface: interfaceOf(body.interface),
        method: body.method,
        params: body.params === undefined ? {} : body.params,
        context: body.context,
        timeoutMs: body.timeout_ms,
        label: body.label,
        by: { kind: by, name: by },
      }),
  );
}

function interfaceOf(name: string): PluginInterface {
  const known = readPluginInterface(name);
  if (known !== null) return known;
  const nearest = nearestName(name, PluginInterface.options);
  const hint = nearest === undefined ? `there are ${PluginInterface.options.join(", ")}` : `did you mean ${nearest}?`;
  throw new ProblemError("invalid-parameter", `there is no interface "${name.slice(0, 64)}"`, hint);
}
