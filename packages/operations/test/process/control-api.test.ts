import { mkdtempSync, rmSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  AgentStatus,
  LogLine,
  Problem,
  RegisterReport,
  StatusReport,
  TimelineReport,
  VerifyReport,
} from "@mimolo/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCollector } from "../../src/index.ts";
import { type Collector } from "../../src/collector.ts";

const fixture = fileURLToPath(new URL("../fixtures/agents/reports-work.mjs", import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), "mimolo-api-"));
let collector: Collector;

beforeAll(async () => {
  const work = { executable: process.execPath, args: [fixture], agent_flush_interval_s: 0.3 };
  collector = await createCollector({
    dataDir,
    allow: [fixture],
    plugins: { work, blocked: { executable: "/bin/sh" } },
  });
  const opened = new Promise((resolve) => collector.on("segment:opened", resolve));
  await collector.start();
  await opened;
});
afterAll(async () => {
  await collector.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** One request over the control socket. */
function raw(method: string, path: string, body?: string, type = "application/json") {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
    const headers = body === undefined ? {} : { "content-type": type, "content-length": Buffer.byteLength(body) };
    const sent = request({ socketPath: collector.address ?? "", method, path: `/api/v1${path}`, headers }, (reply) => {
      let text = "";
      reply.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }));
    });
    sent.on("error", reject).end(body);
  });
}

async function call(method: string, path: string, body?: string, type?: string) {
  const { status, headers, text } = await raw(method, path, body, type);
  return { status, type: headers["content-type"] ?? "", body: JSON.parse(text) as unknown };
}

test("status, agents, plugins, timeline and verify have the shapes of the contract", async () => {
  const status = StatusReport.parse((await call("GET", "/status")).body);
  expect(status.collector).toMatchObject({ pid: process.pid, data_dir: dataDir, mode: "release" });
  expect(status.agents.map(({ label, state }) => [label, state])).toEqual([
    ["work", "running"],
    ["blocked", "blocked"],
  ]);
  AgentStatus.parse((await call("GET", "/agents/work")).body);
  expect(RegisterReport.parse((await call("GET", "/plugins")).body).problems).toHaveLength(1);
  const { open } = TimelineReport.parse((await call("GET", "/timeline")).body);
  expect(open?.labels).toEqual(["work"]);
  expect(VerifyReport.parse((await call("POST", "/verify", "{}")).body).ok).toBe(true);
  expect((await call("GET", "/health")).body).toEqual({ ok: true });
});

test("a flush asked for becomes one more record of evidence", async () => {
  const later = new Promise<void>((resolve) => {
    const before = collector.records;
    const off = collector.on("evidence:committed", () => {
      if (collector.records === before) return;
      off();
      resolve();
    });
  });
  expect((await call("POST", "/agents/work/flush")).status).toBe(200);
  await later;
  const page = (await call("GET", "/evidence?agent=work&kind=message&limit=1")).body as {
    items: unknown[];
    next_cursor: string;
  };
  expect(page.items).toHaveLength(1);
  const next = (await call("GET", `/evidence?agent=work&kind=message&limit=1&cursor=${page.next_cursor}`)).body;
  expect(next).not.toEqual(page);
});

test("diagnostics come in pages, each line as `mimolo logs` shows it", async () => {
  const first = (await call("GET", "/diagnostics?limit=1")).body as { items: unknown[]; next_cursor: string };
  LogLine.parse(first.items[0]);
  const rest = (await call("GET", `/diagnostics?limit=1&cursor=${encodeURIComponent(first.next_cursor)}`)).body;
  expect(rest).not.toEqual(first);
});

const refusals = [
  ["GET", "/nowhere", 404, "not-found"],
  ["GET", "/agents/nobody", 404, "unknown-agent"],
  ["POST", "/agents/nobody/stop", 404, "unknown-agent"],
  ["POST", "/agents/blocked/start", 409, "agent-blocked"],
  ["GET", "/timeline?from=yesterday", 400, "invalid-parameter"],
  ["GET", "/evidence?limit=0", 400, "invalid-parameter"],
  ["GET", "/evidence?limit=1&limit=2", 400, "invalid-parameter"],
  ["GET", "/evidence?kind=rumour", 400, "invalid-parameter"],
  ["GET", "/diagnostics?cursor=..%2F..%2Fetc", 400, "invalid-parameter"],
  ["POST", "/status", 405, "method-not-allowed"],
  ["OPTIONS", "/evidence", 405, "method-not-allowed"],
  ["GET", "/agents/work/flush", 405, "method-not-allowed"],
  ["PUT", "/agents/work", 405, "method-not-allowed"],
  ["DELETE", "/agents/work", 409, "conflict"],
  ["POST", "/agents", 400, "invalid-parameter"],
  ["PATCH", "/config", 400, "invalid-parameter"],
] as const;

test.each(refusals)("%s %s is a problem document with status %i and code %s", async (method, path, status, code) => {
  const answer = await call(method, path);
  expect(answer).toMatchObject({ status, body: { code } });
  expect(answer.type).toContain("application/problem+json");
  Problem.parse(answer.body);
});

test("a body that is not JSON, of another type or too large is refused with its own code", async () => {
  expect((await call("POST", "/verify", "{")).body).toMatchObject({ status: 400, code: "invalid-json" });
  expect((await call("POST", "/verify", "x", "text/plain")).body).toMatchObject({ code: "unsupported-media-type" });
  expect((await call("POST", "/verify", `"${"x".repeat(70_000)}"`)).body).toMatchObject({ code: "body-too-large" });
  expect((await call("POST", "/verify", '{"date":"today"}')).body).toMatchObject({ code: "invalid-parameter" });
});

test("stop and start act on one agent, and a stopped one cannot flush", async () => {
  expect((await call("POST", "/agents/work/stop")).body).toMatchObject({ state: "stopped", pid: null });
  expect((await call("POST", "/agents/work/flush")).body).toMatchObject({ status: 409, code: "agent-not-running" });
  const running = new Promise<void>((resolve) => {
    collector.on("agent:state", (change) => change.label === "work" && change.state === "running" && resolve());
  });
  await call("POST", "/agents/work/start");
  await running;
  expect((await call("GET", "/agents/work")).body).toMatchObject({ state: "running" });
});

test("pages hold every item once, and the last one says that it is the last", async () => {
  for (const list of ["/evidence?kind=agent_state&agent=blocked", "/diagnostics?label=blocked"]) {
    const whole = (await call("GET", `${list}&limit=1000`)).body as { items: unknown[]; next_cursor: null };
    expect(whole.items.length).toBeGreaterThan(0);
    expect(whole.next_cursor).toBeNull();
    const exact = await call("GET", `${list}&limit=${whole.items.length}`);
    expect(exact.body).toEqual(whole);
    const pages: unknown[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const from: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const page = (await call("GET", `${list}&limit=1${from}`)).body as {
        items: unknown[];
        next_cursor: string | null;
      };
      pages.push(...page.items);
      cursor = page.next_cursor;
    }
    expect(pages).toEqual(whole.items);
  }
});

test("a wrong method is told the right ones, and HEAD is a GET without its body", async () => {
  const { headers } = await raw("PUT", "/agents/work");
  expect(headers["allow"]).toBe("DELETE, GET, HEAD, PATCH");
  expect(await raw("HEAD", "/status")).toMatchObject({ status: 200, text: "" });
});

test("a path that hides a folder above is no way out", async () => {
  expect((await call("GET", "/agents/..%2F..%2Fstatus")).body).toMatchObject({ code: "unknown-agent" });
});

test("while it stops, an agent cannot be started again", async () => {
  const stopped = collector.stop();
  await expect(collector.control("work", "start")).rejects.toMatchObject({ code: "shutting-down" });
  await stopped;
  expect(collector.status().agents[0]).toMatchObject({ state: "stopped", pid: null });
});
