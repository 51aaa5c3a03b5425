import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ControlEvent } from "@mimolo/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { createCollector } from "../../src/index.ts";
import { EventClient } from "./event-client.ts";

const fixture = fileURLToPath(new URL("../fixtures/agents/reports-work.mjs", import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), "mimolo-events-"));
let collector: Collector;
const clients: EventClient[] = [];

beforeAll(async () => {
  const work = { executable: process.execPath, args: [fixture], agent_flush_interval_s: 0.3 };
  collector = await createCollector({ dataDir, allow: [fixture], control: { port: 0 }, plugins: { work } });
  const opened = new Promise((resolve) => collector.on("segment:opened", resolve));
  await collector.start();
  await opened;
});
afterAll(async () => {
  for (const client of clients) client.close();
  await collector.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function overSocket(): EventClient {
  const client = EventClient.overSocket(collector.address ?? "");
  clients.push(client);
  return client;
}

function overTcp(http: string, headers: Readonly<Record<string, string>> = {}): EventClient {
  const client = EventClient.overTcp(http, { headers });
  clients.push(client);
  return client;
}

test("the first message subscribes, and what was subscribed comes as it happens", async () => {
  const client = overSocket();
  await client.say({ subscribe: ["evidence:*", "segment:*", "agent:state"] });
  expect(await client.until(({ type }) => type === "subscribed")).toMatchObject({
    subscribe: [
      "agent:state",
      "evidence:committed",
      "segment:opened",
      "segment:extended",
      "segment:closed",
      "segment:revised",
    ],
  });
  await client.until(({ type }) => type === "segment:extended");
  await client.until(({ type }) => type === "evidence:committed");
  for (const event of client.heard.slice(1)) ControlEvent.parse(event);
});

test("over TCP the first message brings the token, or the upgrade does; without a right one nothing is told", async () => {
  const http = collector.http ?? "";
  const token = readFileSync(join(dataDir, "control", "token"), "utf8").trim();
  const subscribe = ["evidence:*"];
  const client = overTcp(http);
  await client.say({ token, subscribe });
  await client.until(({ type }) => type === "evidence:committed");
  const carried = overTcp(http, { authorization: `Bearer ${token}` });
  await carried.say({ subscribe });
  await carried.until(({ type }) => type === "evidence:committed");
  for (const [message, reason] of [
    [{ subscribe }, "unauthorized: there is no token"],
    [{ token: "x".repeat(43), subscribe }, "unauthorized: the token is not a valid one"],
    [
      { token, subscribe: ["evidence:committted"] },
      'invalid-parameter: subscribe: there are no events called "evidence:committted"',
    ],
    [{ token, subscribe, resume: 1e9 }, "invalid-parameter: resume: there is no record 1000000000"],
    [{ token, subscribe, more: 1 }, 'invalid-parameter: "more" is nothing that is known here'],
    [{ token, subscribe: "*" }, "invalid-parameter: subscribe must be a list"],
  ] as const) {
    const refused = overTcp(http);
    await refused.say(message);
    const { code, reason: why } = await refused.ended;
    expect([code, why]).toEqual([1008, expect.stringContaining(reason)]);
    expect(refused.heard).toMatchObject([{ type: "error", code: reason.split(":")[0] }]);
  }
});
