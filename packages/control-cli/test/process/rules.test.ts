import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { findRunning } from "@mimolo/operations/reading";
import { expect, onTestFinished, test, vi } from "vitest";
import { clientAt } from "../../src/client/client.ts";
import { fixture, mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

/** A server that is not well at first. */
async function failingServer(failures: number) {
  const received: { body: string; authorization: string | undefined }[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    received.push({ body: await textOf(request), authorization: request.headers.authorization });
    response.writeHead(received.length <= failures ? 503 : 200).end("thanks");
  };
  const server = createServer((request, response) => {
    void take(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { received, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

test("a segment closes, a rule fires, the request arrives at the third try, and the audit links cause and effect", async () => {
  const { received, host } = await failingServer(2);
  const at = place();
  const file = join(at.folder, "mimolo.toml");
  const configured = (limit: number) => `
[monitor]
cooldown_seconds = 1

[plugins.work]
executable = "node"
args = ${JSON.stringify([fixture("filters-as-told.mjs")])}
filter = "counts"

[plugins.http]
plugin = "mimolo.http-request"
allowed_hosts = ["${host}"]
retry_wait_ms = 20
bearer = { env = "TOKEN" }

[[rules]]
name = "tell"
when = { source = "segment", event = "closed", where = "data.labels contains 'work' and data.resets_count >= 0" }
limit = ${limit}

[rules.do]
plugin = "mimolo.http-request"

[rules.do.params]
url = "http://${host}/over?by={{rule}}"
method = "POST"
body = { segment = "{{data.id}}", seconds = "{{data.duration_s}}", what = "{{event}}" }
`;
  writeFileSync(file, configured(5));
  const common = ["--config", file, "--data-dir", at.dataDir];
  const env = { ...at.env, TOKEN: "very-secret-token" };
  const collector = mimolo({ folder: at.folder, env }, "run", "--dev", "--no-dashboard", ...common);
  onTestFinished(() => void collector.child.kill("SIGKILL"));
  await vi.waitFor(() => expect(received, collector.out() + collector.err()).toHaveLength(3), {
    timeout: 40_000,
    interval: 50,
  });
  const client = clientAt((await findRunning(at.dataDir))?.socket ?? "");
  const audit = async () => {
    const { items } = await client.get("/audit", { query: { limit: 1000 } });
    return items.filter(({ action }) => action === "rule");
  };
  await vi.waitFor(async () => expect(await audit()).toHaveLength(1), { timeout: 10_000, interval: 200 });
  const { segments } = await client.get("/timeline");
  const [segment] = segments;
  for (const { body, authorization } of received) {
    expect(JSON.parse(body)).toEqual({ segment: segment?.id, seconds: segment?.duration_s, what: "closed" });
    expect(authorization).toBe("Bearer very-secret-token");
  }
  expect(await audit()).toMatchObject([
    {
      subject: "tell",
      by: "collector",
      detail: {
        plugin: "mimolo.http-request",
        label: "http",
        source: "segment",
        event: "closed",
        segment_id: segment?.id,
        ok: true,
      },
    },
  ]);
  const { out } = await mimolo(at, "rules", "list", "--data-dir", at.dataDir, "--json").ended;
  const rule = { name: "tell", runs: 1, failures: 0, limit: 5, from: { file, line: 16 }, trouble: null };
  expect(JSON.parse(out)).toEqual({ rules: [expect.objectContaining(rule)] });
  const page = await client.get("/rules", { query: { limit: 1 } });
  expect(page).toMatchObject({ items: [rule], next_cursor: null });

  const event = { source: "segment", event: "closed", data: { labels: ["work"], resets_count: 0 } };
  for (const body of [event, { event }])
    expect(await client.post("/rules/test", { body })).toMatchObject({ rules: [{ name: "tell", fires: true }] });
  await expect(client.post("/rules/test", { body: { event: { source: "sement" } } })).rejects.toMatchObject({
    code: "invalid-parameter",
    hint: "write segment",
  });
  expect(received).toHaveLength(3);

  writeFileSync(file, configured(9));
  await vi.waitFor(async () => expect((await client.get("/rules")).rules[0]).toMatchObject({ limit: 9, runs: 1 }), {
    timeout: 15_000,
    interval: 100,
  });
  const { pid } = collector;
  process.kill(pid, "SIGINT");
  const ended = await collector.ended;
  expect(ended.code).toBe(130);
  const logs = (await mimolo(at, "logs", "--data-dir", at.dataDir, "--json").ended).out;
  expect(logs + ended.out + ended.err).not.toContain("very-secret-token");
});
