import type { FastifyInstance } from "fastify";
import { agentVerbs, type CollectorView } from "../view.ts";

/** Every agent, and the verbs that steer one. */
export function agentRoutes(server: FastifyInstance, view: CollectorView): void {
  server.get("/agents", () => ({ items: view.status().agents, next_cursor: null }));
  server.get<{ Params: { label: string } }>("/agents/:label", ({ params }) => view.agent(params.label));
  for (const verb of agentVerbs) {
    server.post<{ Params: { label: string } }>(`/agents/:label/${verb}`, ({ params }) =>
      view.control(params.label, verb),
    );
  }
}
