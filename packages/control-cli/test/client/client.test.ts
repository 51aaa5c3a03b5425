import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { clientAt } from "../../src/client/client.ts";
import { notReachable } from "../../src/client/refusal.ts";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

function socketPath(): string {
  if (process.platform === "win32") return `\\\\.\\pipe\\mimolo-test-${process.pid}-${closing.length}`;
  const folder = mkdtempSync(join(tmpdir(), "mimolo-client-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "mimolo.sock");
}

async function listening(answer: RequestListener): Promise<string> {
  const path = socketPath();
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  );
  return path;
}

test("what is asked goes into path, query and body, and the answer comes back parsed", async () => {
  const seen: string[] = [];
  const path = await listening((request, response) => {
    request.on("data", (chunk: Buffer) => seen.push(chunk.toString()));
    request.on("end", () => {
      const { "content-type": type, "x-mimolo-by": by } = request.headers;
      seen.push(`${request.method} ${request.url} ${type} ${String(by)}`);
      response.setHeader("content-type", "application/json").end('{"ok":true}');
    });
  });
  const client = clientAt(path);
  expect(await client.get("/health")).toEqual({ ok: true });
  const label = "a b/c?d#e";
  await client.post("/agents/{label}/flush", { path: { label } });
  await client.patch("/agents/{label}", { path: { label }, body: { enabled: false } });
  await client.get("/evidence", { query: { agent: "a&b", limit: 5, cursor: undefined } });
  await client.delete("/agents/{label}", { path: { label: ".." } });
  expect(seen).toEqual([
    "GET /api/v1/health undefined cli",
    "{}",
    "POST /api/v1/agents/a%20b%2Fc%3Fd%23e/flush application/json cli",
    '{"enabled":false}',
    "PATCH /api/v1/agents/a%20b%2Fc%3Fd%23e application/json cli",
    "GET /api/v1/evidence?agent=a%26b&limit=5 undefined cli",
    "DELETE /api/v1/agents/.. undefined cli",
  ]);
});

test("a problem becomes an error with its code, its hint and a fitting exit code", async () => {
  let status = 404;
  const path = await listening((_request, response) => {
    response.statusCode = status;
    response.end(JSON.stringify({ title: "Unknown agent", detail: "no agent x", code: "unknown-agent", hint: "look" }));
  });
  const asked = () => clientAt(path).get("/agents/{label}", { path: { label: "x" } });
  const failure = { code: "unknown-agent", message: "no agent x", hint: "look" };
  await expect(asked()).rejects.toMatchObject({ ...failure, exitCode: 2 });
  status = 403;
  await expect(asked()).rejects.toMatchObject({ exitCode: 4 });
  status = 500;
  await expect(asked()).rejects.toMatchObject({ exitCode: 1 });
});

test("where one code stands for many rules, the rule is told, as it is without a collector", async () => {
  let problem = {};
  const path = await listening((_request, response) => {
    response.statusCode = 409;
    response.end(JSON.stringify(problem));
  });
  const asked = () => clientAt(path).post("/agents", { body: { label: "mine" } });
  problem = { detail: "there is one", code: "conflict", reason: "label-taken" };
  await expect(asked()).rejects.toMatchObject({ code: "label-taken", exitCode: 2, reason: undefined });
  problem = { detail: "a plugin's own", code: "plugin-failed", reason: "out-of-stamps" };
  await expect(asked()).rejects.toMatchObject({ code: "plugin-failed", reason: "out-of-stamps", exitCode: 1 });
});

test("a path that the collector does not know means another version of it", async () => {
  const unknown = { detail: "there is no GET /api/v1/rules", code: "not-found" };
  const told = { ...unknown, hint: "GET /api/v1/openapi.json lists every path", reason: "path" };
  const answers = [unknown, told, { detail: "it does not answer GET", code: "method-not-allowed", hint: "use POST" }];
  const path = await listening((_request, response) => {
    response.statusCode = 404;
    response.end(JSON.stringify(answers[0]));
  });
  const hint = expect.stringContaining("another version") as string;
  for (; answers.length > 0; answers.shift()) {
    await expect(clientAt(path).get("/rules")).rejects.toMatchObject({ code: answers[0]?.code, hint });
  }
});

test("an answer that is no problem document is still told", async () => {
  const path = await listening((_request, response) => {
    response.statusCode = 502;
    response.end("<html>");
  });
  await expect(clientAt(path).get("/status")).rejects.toMatchObject({
    code: "collector-refused",
    message: "the collector answered 502",
  });
});

test("nobody at the socket, or a stale file in its place, is exit code 3", async () => {
  const path = socketPath();
  await expect(clientAt(path).get("/status")).rejects.toMatchObject({ code: "collector-not-reachable", exitCode: 3 });
  if (process.platform === "win32") return;
  writeFileSync(path, "");
  await expect(clientAt(path).get("/status")).rejects.toMatchObject({ exitCode: 3 });
  expect(notReachable("/d")).toMatchObject({ exitCode: 3, message: "no collector runs on /d" });
});
