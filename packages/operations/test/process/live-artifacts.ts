// Agents that keep files, and what people ask about those.
import { request } from "node:http";
import { join } from "node:path";
import type { Artifact, ArtifactList } from "@mimolo/protocol";
import { expect } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { call, type LivePlugins } from "./live-plugins.ts";

/** `shots` archives what it keeps, `dumb` cannot. */
export const config = `[plugins.shots]\nplugin = "acme.shots"\n[plugins.dumb]\nplugin = "acme.dumb"\n`;

export async function begin(live: LivePlugins): Promise<Collector> {
  live.write("acme.shots", { source: "keeps-files.mjs", more: `interfaces = ["artifact", "command"]\n` });
  live.write("acme.dumb", { source: "keeps-files.mjs", more: `interfaces = ["command"]\n` });
  return await live.started(config);
}

/** One command of the agent; resolves once what it told of it is durable. */
export async function tell(collector: Collector, plugin: string, name: string, ...args: unknown[]): Promise<unknown> {
  const params = { name, args: args.map((each) => JSON.stringify(each)) };
  const body = { interface: "command", method: "execute", params };
  const answer = await call(collector, "POST", `/plugins/${plugin}/invoke`, body);
  expect(answer.status).toBe(200);
  await collector.committed();
  return answer.body["data"];
}

export async function listed(collector: Collector, query = ""): Promise<ArtifactList> {
  return (await call(collector, "GET", `/artifacts${query}`)).body as unknown as ArtifactList;
}

export const brief = ({ artifact_id, state }: Artifact) => `${artifact_id} ${state}`;

/** The bytes of an artifact by a fresh token, or the refusal. */
export async function content(collector: Collector, id: string) {
  const { body } = await call(collector, "POST", "/artifacts/token", { artifact_id: id });
  return await raw(collector, String(body["token"]));
}

/** What a token shows to whoever has it. */
export function raw(
  collector: Collector,
  token: string,
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  return new Promise((resolve, reject) => {
    const place = { socketPath: collector.address ?? "", path: `/api/v1/artifacts/content/${token}` };
    request(place, (reply) => {
      let text = "";
      reply.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }));
    })
      .on("error", reject)
      .end();
  });
}

/** The data folder of the agent that keeps this. */
export function folderOf(live: LivePlugins, plugin: string, { instance_id }: Artifact): string {
  return join(live.data, "data", "agents", plugin, instance_id);
}
