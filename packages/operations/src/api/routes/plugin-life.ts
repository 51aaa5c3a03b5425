import { PluginChangeReport, PluginConfigReport, UpgradeReport } from "@mimolo/protocol";
import { pluginVerbs } from "../../plugins/switch/plugin-control.ts";
import { ProblemError } from "../problems/problem.ts";
import { about, type Api } from "../route.ts";
import { NoBody, NoQuery, PluginParams } from "../shapes/asked.ts";
import { PluginConfigBody, PluginConfigQuery, UpgradeBody } from "../shapes/plugin.ts";
import type { CollectorView } from "../view.ts";
import { holdBackOfAgent } from "./held-back-keys.ts";
import { withoutGrants } from "./without-grants.ts";

type Values = Readonly<Record<string, unknown>>;

const refuses = ["unknown-plugin", "dependency", "agent-blocked", "rolled-back", "shutting-down"] as const;

/** What a plugin does while the collector runs: on and off, started anew, with which settings, in which version. */
export function pluginLifeRoutes(api: Api, view: CollectorView): void {
  for (const verb of pluginVerbs) {
    api.post(
      `/plugins/:id/${verb}`,
      {
        config: { scope: "control" },
        schema: {
          params: PluginParams,
          querystring: NoQuery,
          body: NoBody,
          ...about({
            id: `${verb}Plugin`,
            summary: summaries[verb],
            tag: "plugins",
            answers: PluginChangeReport,
            refuses: [...refuses, "agent-not-running"],
          }),
        },
      },
      ({ params, caller }) => view.plugin[verb](params.id, caller.by),
    );
  }
  api.get(
    "/plugins/:id/config",
    {
      config: { scope: "read" },
      schema: {
        params: PluginParams,
        querystring: PluginConfigQuery,
        ...about({
          id: "getPluginConfig",
          summary: "Every setting of a plugin in effect with its source, secrets as their references.",
          tag: "plugins",
          answers: PluginConfigReport,
          refuses: ["unknown-plugin", "unknown-agent"],
        }),
      },
    },
    ({ params, query }) => view.plugin.config(params.id, query.label),
  );
  api.put(
    "/plugins/:id/config",
    {
      config: { scope: "control" },
      schema: {
        params: PluginParams,
        querystring: NoQuery,
        body: PluginConfigBody,
        ...about({
          id: "changePluginConfig",
          summary: "Changes settings of a plugin for good; null takes a change back.",
          description:
            "The body is the values themselves, or `{values, label?}` where `values` is an object and nothing else " +
            "stands there: then only the agent of that label is changed.",
          tag: "plugins",
          answers: PluginConfigReport,
          refuses: [...refuses, "socket-only", "unknown-agent", "bad-setting", "agent-not-running"],
        }),
      },
    },
    ({ params, body, caller }) => {
      const change = changeIn(body);
      holdBackOfAgent(caller, change.values, change.label ?? "LABEL");
      return view.plugin.configure(params.id, { ...change, by: caller.by });
    },
  );
  api.post(
    "/plugins/:id/upgrade",
    {
      config: { scope: "admin" },
      schema: {
        params: PluginParams,
        querystring: NoQuery,
        body: UpgradeBody,
        ...about({
          id: "upgradePlugin",
          summary: "Takes another version of a plugin from the registries.",
          tag: "plugins",
          answers: UpgradeReport,
          refuses: [...refuses, "needs-consent", "needs-confirmation", "refused-by-trust", "bad-package"],
        }),
      },
    },
    ({ params, body, caller }) =>
      view.plugin.upgrade(params.id, {
        version: body?.version,
        grants: withoutGrants(caller, body?.grants),
        acceptDowngrade: body?.accept_downgrade,
        by: caller.by,
      }),
  );
}

const summaries = {
  load: "Starts its agents until the collector ends.",
  unload: "Ends its agents until it is loaded, or the collector starts again.",
  enable: "Switches a plugin on for good.",
  disable: "Switches a plugin off for good.",
  reload: "Starts its agents anew from the files that lie there now.",
} as const;

/** The values themselves, or `{values, label?}` where `values` is a table and nothing else stands there. */
function changeIn(body: Values): { values: Values; label?: string | undefined } {
  const { values, label, ...rest } = body;
  const wrapped = typeof values === "object" && values !== null && !Array.isArray(values);
  if (!wrapped || Object.keys(rest).length > 0) return { values: body };
  if (label === undefined || typeof label === "string") return { values: values as Values, label };
  throw new ProblemError("invalid-parameter", "label must be text");
}
