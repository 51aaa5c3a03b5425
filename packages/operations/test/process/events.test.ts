import { mkdtempSync, rmSync } from "node:fs";
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
