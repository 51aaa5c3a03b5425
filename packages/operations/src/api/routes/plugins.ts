import { RemoveReport } from "@mimolo/protocol";
import { pageOf } from "../asked/page-of.ts";
import { ProblemError } from "../problems/problem.ts";
import { about, type Api } from "../route.ts";
import { NoQuery, PageQuery, PluginParams } from "../shapes/asked.ts";
import { PluginList } from "../shapes/collector.ts";
import { PluginStatusReport } from "../shapes/plugin.ts";
import type { CollectorView } from "../view.ts";

/** Plugins that are known here: what they are, how they do, out. */
export function pluginRoutes(api: Api, view: CollectorView): void {
  api.get(
    "/plugins",
    {
      config: { scope: "read" },
      schema: {
        querystring: PageQuery,
        ...about({
          id: "listPlugins",
          summary: "Every plugin known here, and what stands in its way.",
          description: "`items` is a page; `plugins` and `problems` are whole, as `mimolo register --json` has them.",
          tag: "plugins",
          answers: PluginList,
        }),
      },
    },
    async ({ query }) => {
      const { plugins, problems } = await view.plugins();
      return { ...pageOf(plugins, query, ({ plugin_id: id }) => id), plugins, problems };
    },
  );
  api.get(
    "/plugins/:id/status",
    {
      config: { scope: "read" },
      schema: {
        params: PluginParams,
        querystring: NoQuery,
        ...about({
          id: "getPluginStatus",
          summary: "One plugin, what it holds, and the agents that run it.",
          tag: "plugins",
          answers: PluginStatusReport,
          refuses: ["unknown-plugin"],
        }),
      },
    },
    ({ params }) => statusOf(params.id, view),
  );
  api.delete(
    "/plugins/:id",
    {
      config: { scope: "admin" },
      schema: {
        params: PluginParams,
        querystring: NoQuery,
        ...about({
          id: "removePlugin",
          summary: "Removes every installed version of a plugin; its evidence stays.",
          tag: "plugins",
          answers: RemoveReport,
          refuses: ["unknown-plugin", "dependency"],
        }),
      },
    },
    ({ params, caller }) => view.desk.remove({ pluginId: params.id, by: caller.by }),
  );
}

async function statusOf(id: string, view: CollectorView) {
  const { plugins } = await view.plugins();
  const plugin = plugins.find(({ plugin_id }) => plugin_id === id);
  if (plugin === undefined)
    throw new ProblemError("unknown-plugin", `there is no plugin ${id}`, "GET /plugins lists them");
  const schema = view.plugin.paramsSchema(id);
  const held = view.desk.grants().filter(({ plugin_id }) => plugin_id === id);
  return {
    ...plugin,
    granted: held.map(({ capability }) => capability),
    agents: view.status().agents.filter(({ plugin_id }) => plugin_id === id),
    ...(schema === null ? {} : { params_schema: schema }),
  };
}
