import type { ConfigChange } from "../../edit/config-change.ts";
import { about, type Api } from "../route.ts";
import { AgentKeys, Duplicate, EditedAgent, EditReport, LabelParams, NewAgent, RemovedAgent } from "../shapes/agent.ts";
import { NoQuery } from "../shapes/asked.ts";
import { ConfigPatch, ConfigReport } from "../shapes/collector.ts";
import type { Confirmations } from "../confirmations/confirmations.ts";
import type { CollectorView } from "../view.ts";
import { confirmFirstOfBuiltin } from "./first-of-builtin.ts";
import { asNotRunning, taken, withAgent } from "./edited.ts";
import { holdBackOfAgent, holdBackOfCollector, holdBackOfNewAgent } from "./held-back-keys.ts";

const edits = ["unknown-agent", "conflict", "agent-not-running", "shutting-down"] as const;

/** What is configured, and edits of it: each is written to the file it belongs to and live when it is answered. */
export function configurationRoutes(api: Api, view: CollectorView, confirmations: Confirmations): void {
  const edited = (change: ConfigChange) => view.edit(change).catch(asNotRunning);
  api.get(
    "/config",
    {
      config: { scope: "read" },
      schema: {
        querystring: NoQuery,
        ...about({
          id: "getConfig",
          summary: "Every value in effect, and who said so.",
          tag: "collector",
          answers: ConfigReport,
        }),
      },
    },
    () => view.configuration(),
  );
  api.patch(
    "/config",
    {
      config: { scope: "control" },
      schema: {
        querystring: NoQuery,
        body: ConfigPatch,
        ...about({
          id: "changeConfig",
          summary: "Changes values of the collector, by section.",
          description:
            "Over TCP only `monitor`, and not its folders; with a token of the scope admin `rules` and `privacy`, too.",
          tag: "collector",
          answers: EditReport,
          refuses: ["socket-only", "forbidden", "conflict", "agent-not-running", "shutting-down"],
        }),
      },
    },
    async ({ body, caller }) => {
      holdBackOfCollector(caller, body);
      return taken(await edited({ do: "collector", values: body }));
    },
  );

  api.post(
    "/agents",
    {
      config: { scope: "control" },
      schema: {
        querystring: NoQuery,
        body: NewAgent,
        ...about({
          id: "addAgent",
          summary: "Adds an agent to the configuration and starts it.",
          description:
            "The members beside `label` have the keys of `[plugins.<label>]`. Over TCP: of a plugin only; the first agent of a built-in one that asks for more than low risk is confirmed as in `POST /grants`, with `code`.",
          tag: "agents",
          answers: EditedAgent,
          status: 201,
          refuses: ["socket-only", "needs-confirmation", "too-many-requests", ...edits],
        }),
      },
    },
    async ({ body: { label, ...values }, caller }, reply) => {
      holdBackOfNewAgent(caller, values, label);
      const confirmed = confirmFirstOfBuiltin({ label, values, caller }, view, confirmations);
      const edit = await edited({ do: "add", label, values: confirmed });
      void reply.code(201);
      return withAgent(view, label, edit);
    },
  );
  api.post(
    "/agents/:label/duplicate",
    {
      config: { scope: "control" },
      schema: {
        params: LabelParams,
        querystring: NoQuery,
        body: Duplicate,
        ...about({
          id: "duplicateAgent",
          summary: "Adds an agent with the settings of another.",
          tag: "agents",
          answers: EditedAgent,
          status: 201,
          refuses: edits,
        }),
      },
    },
    async ({ params, body }, reply) => {
      const edit = await edited({ do: "duplicate", label: params.label, as: body.label });
      void reply.code(201);
      return withAgent(view, body.label, edit);
    },
  );
  api.patch(
    "/agents/:label",
    {
      config: { scope: "control" },
      schema: {
        params: LabelParams,
        querystring: NoQuery,
        body: AgentKeys,
        ...about({
          id: "changeAgent",
          summary: "Changes keys of `[plugins.<label>]`; null takes one out.",
          description:
            "Over TCP not what it runs, `executable args as env cwd sandbox runtime plugin`, and no reference to a secret.",
          tag: "agents",
          answers: EditedAgent,
          refuses: ["socket-only", ...edits],
        }),
      },
    },
    async ({ params: { label }, body, caller }) => {
      holdBackOfAgent(caller, body, label);
      return withAgent(view, label, await edited({ do: "set", label, values: body }));
    },
  );
  api.delete(
    "/agents/:label",
    {
      config: { scope: "control" },
      schema: {
        params: LabelParams,
        querystring: NoQuery,
        ...about({
          id: "removeAgent",
          summary: "Takes an agent out of the configuration; its evidence stays.",
          tag: "agents",
          answers: RemovedAgent,
          refuses: edits,
        }),
      },
    },
    async ({ params: { label } }) => ({ label, reload: taken(await edited({ do: "remove", label })) }),
  );
}
