import { AgentStatus } from "@mimolo/protocol";
import { pageOf } from "../asked/page-of.ts";
import { about, type Api, listOf } from "../route.ts";
import { LabelParams } from "../shapes/agent.ts";
import { NoBody, NoQuery, PageQuery } from "../shapes/asked.ts";
import { agentVerbs, type CollectorView } from "../view.ts";

/** Every agent, and the verbs that steer one. */
export function agentRoutes(api: Api, view: CollectorView): void {
  api.get(
    "/agents",
    {
      config: { scope: "read" },
      schema: {
        querystring: PageQuery,
        ...about({
          id: "listAgents",
          summary: "Every agent, configured or running.",
          tag: "agents",
          answers: listOf(AgentStatus),
        }),
      },
    },
    ({ query }) => pageOf(view.status().agents, query, ({ label }) => label),
  );
  api.get(
    "/agents/:label",
    {
      config: { scope: "read" },
      schema: {
        params: LabelParams,
        querystring: NoQuery,
        ...about({
          id: "getAgent",
          summary: "One agent.",
          tag: "agents",
          answers: AgentStatus,
          refuses: ["unknown-agent"],
        }),
      },
    },
    ({ params }) => view.agent(params.label),
  );
  for (const verb of agentVerbs) {
    api.post(
      `/agents/:label/${verb}`,
      {
        config: { scope: "control" },
        schema: {
          params: LabelParams,
          querystring: NoQuery,
          body: NoBody,
          ...about({
            id: `${verb}Agent`,
            summary: summaries[verb],
            tag: "agents",
            answers: AgentStatus,
            refuses: ["unknown-agent", "agent-blocked", "agent-not-running", "command-not-taken", "shutting-down"],
          }),
        },
      },
      ({ params }) => view.control(params.label, verb),
    );
  }
}

const summaries = {
  start: "Starts an agent that is stopped or in quarantine.",
  stop: "Stops an agent; it stays stopped until it is started.",
  restart: "Gives an agent a fresh process.",
  flush: "Asks an agent for a summary now.",
} as const;
