import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { agentPath, clientAt } from "../src/client.ts";
import { notReachable } from "../src/client/refusal.ts";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

function socketPath(): string {
  if (process.platform === "win32") return `\\\\.\\pipe\\mimolo-test-${process.pid}-${closing.length}`;
  return join(mkdtempSync(join(tmpdir(), "mimolo-client-")), "mimolo.sock");
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

test("an answer comes back parsed, and a POST carries JSON", async () => {
  const seen: string[] = [];
  const path = await listening((request, response) => {
    request.on("data", (chunk: Buffer) => seen.push(chunk.toString()));
    request.on("end", () => {
      seen.push(`${request.method} ${request.url} ${request.headers["content-type"]}`);
      response.setHeader("content-type", "application/json").end('{"ok":true}');
    });
  });
  expect(await clientAt(path).get("/health")).toEqual({ ok: true });
  expect(await clientAt(path).post(agentPath("a b/c", "flush"), { x: 1 })).toEqual({ ok: true });
  expect(seen).toEqual([
    "GET /api/v1/health undefined",
    '{"x":1}',
    "POST /api/v1/agents/a%20b%2Fc/flush application/json",
  ]);
});

test("a problem becomes an error with its code, its hint and a fitting exit code", async () => {
  let status = 404;
  const path = await listening((_request, response) => {
    response.statusCode = status;
    response.end(JSON.stringify({ title: "Unknown agent", detail: "no agent x", code: "unknown-agent", hint: "look" }));
  });
  const failure = { code: "unknown-agent", message: "no agent x", hint: "look" };
  await expect(clientAt(path).get("/agents/x")).rejects.toMatchObject({ ...failure, exitCode: 2 });
  status = 403;
  await expect(clientAt(path).get("/agents/x")).rejects.toMatchObject({ exitCode: 4 });
  status = 500;
  await expect(clientAt(path).get("/agents/x")).rejects.toMatchObject({ exitCode: 1 });
});

test("what a plugin calls its own failure is passed on", async () => {
  const path = await listening((_request, response) => {
    response.statusCode = 502;
    response.end(JSON.stringify({ detail: "acme.mail: no post", code: "plugin-failed", reason: "out-of-stamps" }));
  });
  const failure = { code: "plugin-failed", reason: "out-of-stamps", exitCode: 1 };
  await expect(clientAt(path).post("/plugins/acme.mail/invoke")).rejects.toMatchObject(failure);
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
