import { CAPABILITIES, Capability, GrantReport, HeldGrants } from "@mimolo/protocol";
import type { ConfirmedRequest, Confirmations } from "../confirmations/confirmations.ts";
import { checkAskedFor, requestedBy } from "../../trust/consent.ts";
import { pageOf } from "../asked/page-of.ts";
import { ProblemError } from "../problems/problem.ts";
import { about, type Api, listOf } from "../route.ts";
import { NoQuery, PageQuery } from "../shapes/asked.ts";
import { CapabilityReport } from "../shapes/collector.ts";
import { GrantBody, GrantParams, RevokeBody } from "../shapes/trust.ts";
import type { CollectorView } from "../view.ts";

/** What plugins may be given, and who holds what. */
export function grantRoutes(api: Api, view: CollectorView, confirmations: Confirmations): void {
  api.get(
    "/capabilities",
    {
      config: { scope: "read" },
      schema: {
        querystring: PageQuery,
        ...about({
          id: "listCapabilities",
          summary: "What a plugin can be given, and how risky that is.",
          tag: "trust",
          answers: listOf(CapabilityReport),
        }),
      },
    },
    ({ query }) => {
      const all = Capability.options.map((capability) => ({ capability, ...CAPABILITIES[capability] }));
      return pageOf(all, query, ({ capability }) => capability);
    },
  );
  api.get(
    "/grants",
    {
      config: { scope: "read" },
      schema: {
        querystring: PageQuery,
        ...about({ id: "listGrants", summary: "Who holds what.", tag: "trust", answers: listOf(GrantReport) }),
      },
    },
    ({ query }) => pageOf(view.desk.grants(), query, ({ id }) => id),
  );
  api.post(
    "/grants",
    {
      config: { scope: "admin" },
      schema: {
        querystring: NoQuery,
        body: GrantBody,
        ...about({
          id: "grant",
          summary: "Gives a plugin or an allowed script capabilities.",
          description:
            "Over TCP only to plugins whose verdict is `trusted`, and only with the code that the collector's terminal " +
            "shows upon the first try: send the same again with it as `code`.",
          tag: "trust",
          answers: HeldGrants,
          status: 201,
          refuses: ["needs-confirmation", "refused-by-trust", "bad-grant", "unknown-plugin", "too-many-requests"],
        }),
      },
    },
    async ({ body, caller }, reply) => {
      const { code, ...request } = body;
      if (caller.transport === "tcp") await holdToTrusted(request, view);
      confirmations.confirm(caller, request, code);
      const { plugin_id: pluginId, capabilities } = request;
      const report = await view.desk.grant({ pluginId, capabilities, by: caller.by });
      void reply.code(201);
      return report;
    },
  );
  api.post(
    "/grants/revoke",
    {
      config: { scope: "admin" },
      schema: {
        querystring: NoQuery,
        body: RevokeBody,
        ...about({
          id: "revokeGrants",
          summary: "Takes capabilities back, all of them when none is named.",
          tag: "trust",
          answers: HeldGrants,
          refuses: ["bad-grant", "unknown-plugin"],
        }),
      },
    },
    ({ body: { plugin_id: pluginId, capabilities = [] }, caller }) =>
      view.desk.revoke({ pluginId, capabilities, by: caller.by }),
  );
  api.delete(
    "/grants/:id",
    {
      config: { scope: "admin" },
      schema: {
        params: GrantParams,
        querystring: NoQuery,
        ...about({
          id: "revokeGrant",
          summary: "Takes one capability back.",
          tag: "trust",
          answers: HeldGrants,
          refuses: ["not-found", "bad-grant"],
        }),
      },
    },
    async ({ params: { id }, caller }) => {
      const grant = view.desk.grants().find((each) => each.id === id);
      if (grant === undefined) throw new ProblemError("not-found", `there is no grant ${id}`, "GET /grants lists them");
      const { plugin_id: pluginId, capability } = grant;
      return await view.desk.revoke({ pluginId, capabilities: [capability], by: caller.by });
    },
  );
}

/** A page gives nothing to what is not trusted, even if somebody at the terminal says yes, and nobody there is shown what could
 *  not be given. */
async function holdToTrusted({ plugin_id: id, capabilities }: ConfirmedRequest, view: CollectorView): Promise<void> {
  const { plugins } = await view.plugins();
  const plugin = plugins.find((each) => each.plugin_id === id);
  if (plugin === undefined)
    throw new ProblemError("unknown-plugin", `there is no plugin ${id}`, "GET /plugins lists them");
  if (plugin.verdict === "trusted") {
    checkAskedFor(id, requestedBy(plugin), capabilities);
    return;
  }
  const detail = `${id} is ${plugin.verdict}, and over TCP only what is trusted is given something`;
  throw new ProblemError("refused-by-trust", detail, `\`mimolo plugin grant ${id} …\` does it`, plugin.verdict);
}
