import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Problem } from "@mimolo/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { createCollector } from "../../src/index.ts";
import { Neighbour } from "../api/guard/neighbour.ts";
import { EXPIRED, fronts, json, others, type Probe, type Right, textOf, upgrade } from "../api/guard/probes.ts";
import { once, RawConnection } from "../api/raw-connection.ts";

const fixture = fileURLToPath(new URL("../fixtures/agents/reports-work.mjs", import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), "mimolo-guard-"));
let collector: Collector;
let right: Right;
let before: unknown;
let neighbour: Neighbour;

beforeAll(async () => {
  mkdirSync(join(dataDir, "control"), { mode: 0o700 });
  const digest = createHash("sha256").update(EXPIRED).digest("hex");
  const session = { digest, scope: "admin", expires_at: "2026-01-01T00:00:00.000Z" };
  writeFileSync(join(dataDir, "control", "sessions.json"), JSON.stringify({ sessions: [session] }), { mode: 0o600 });
  const work = { executable: process.execPath, args: [fixture], agent_flush_interval_s: 3600 };
  collector = await createCollector({ dataDir, allow: [fixture], plugins: { work }, control: { port: 0 } });
  const running = new Promise<void>((resolve) => {
    collector.on("agent:state", ({ state }) => state === "running" && resolve());
  });
  await collector.start();
  await running;
  const port = Number(new URL(collector.http ?? "").port);
  right = { port, token: readFileSync(join(dataDir, "control", "token"), "utf8").trimEnd() };
  before = standing();
  neighbour = new Neighbour(right);
});

afterAll(async () => {
  await collector.stop({ hurry: true });
  rmSync(dataDir, { recursive: true, force: true });
});

/** What no refused request may have changed. */
function standing(): unknown {
  const files = ["trust", "control", "plugins", "state"].flatMap((folder) =>
    readdirSync(join(dataDir, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/^alive$|\.tmp$|\.jsonl$|head\./u.test(entry.name))
      .map(({ parentPath, name }) => [parentPath, name, readFileSync(join(parentPath, name), "latin1")].join(" ")),
  );
  const [agent] = collector.status().agents;
  return { pid: agent?.pid, state: agent?.state, restarts: agent?.restarts, files: files.toSorted() };
}

const text = (probe: Probe) => textOf(probe, right);
const ask = (sent: string) => once(right.port, sent);

async function refusal(sent: string) {
  const answer = await ask(sent);
  expect(answer?.headers["content-type"]).toBe("application/problem+json");
  expect(Object.keys(answer?.headers ?? {}).filter((name) => name.startsWith("access-control"))).toEqual([]);
  const { code, reason } = Problem.parse(JSON.parse(answer?.body ?? "null"));
  return { status: answer?.status, code, ...(reason === undefined ? {} : { reason }) };
}

test.each(fronts)("a request with %s is refused with %4$s", async (_what, probe, status, code, reason) => {
  const sent = text({ ...probe, path: `/api/v1/status${probe.path ?? ""}` });
  expect(await refusal(sent)).toEqual({ status, code, reason });
});

test.each(fronts)("an upgrade with %s is refused with %4$s", async (_what, probe, status, code, reason) => {
  const more = [...upgrade, ...(probe.more ?? [])];
  const sent = text({ ...probe, path: `/api/v1/events${probe.path ?? ""}`, more });
  expect(await refusal(sent)).toEqual({ status, code, reason });
});

test.each(others)("%s is refused with %4$s", async (_what, probe, status, code, reason) => {
  expect(await refusal(text(probe))).toEqual({ status, code, ...(reason === undefined ? {} : { reason }) });
});

test("what is right passes: by either name, with our Origin, typed or from our page", async () => {
  const allowed: Probe[] = [
    {},
    { hosts: ["localhost:PORT"] },
    { more: ["Origin: http://127.0.0.1:PORT", "Sec-Fetch-Site: same-origin"] },
    { more: ["Origin: http://localhost:PORT"] },
    { more: ["Sec-Fetch-Site: none"] },
    { path: "/api/v1/health", bearer: null },
    { method: "POST", path: "/api/v1/verify", more: ["Content-Type: application/json; charset=utf-8"], body: "{}" },
  ];
  for (const probe of allowed) expect((await ask(text(probe)))?.status).toBe(200);
  const answer = await ask(text({}));
  expect(answer?.headers).toMatchObject({
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
  });
  expect(answer?.headers["set-cookie"]).toBeUndefined();
});

test("forty that are slow, forty half-open and forty full of garbage are refused, and cut off", async () => {
  const started = performance.now();
  const slow = Array.from({ length: 40 }, () =>
    new RawConnection(right.port).send("GET /api/v1/status HTTP/1.1\r\nHost: "),
  );
  const drip = setInterval(() => slow.forEach((each) => each.send("a")), 500);
  const halfOpen = Array.from({ length: 40 }, () => {
    const connection = new RawConnection(right.port).send(
      text({ method: "POST", more: json, body: "{}" }).slice(0, -1),
    );
    connection.socket.end();
    return connection;
  });
  const garbage = Array.from({ length: 40 }, () =>
    new RawConnection(right.port).send(`${text({})}\u0000\u0001\r\n\r\n`),
  );
  for (const each of garbage) {
    expect((await each.answer(0))?.status).toBe(200);
    expect((await each.answer(1))?.status).toBe(400);
  }
  for (const each of slow) expect((await each.answer())?.status).toBe(408);
  clearInterval(drip);
  await Promise.all([...slow, ...halfOpen, ...garbage].map(({ closed }) => closed));
  expect(halfOpen.every(({ answers }) => answers.every(({ status }) => status >= 400))).toBe(true);
  expect(performance.now() - started).toBeGreaterThan(4_900);
});

test("guesses are slowed down, and a right token passes all the same", async () => {
  const guess = () => ask(text({ bearer: "g".repeat(43) }));
  let last = await guess();
  for (let tries = 0; tries < 20 && last?.status === 401; tries += 1) last = await guess();
  expect(last).toMatchObject({ status: 429, headers: { "retry-after": "6" } });
  expect(JSON.parse(last?.body ?? "")).toMatchObject({ code: "too-many-requests", reason: "failed-logins" });
  const code = text({ method: "POST", path: "/api/v1/login", bearer: null, more: json, body: '{"code":"nothing"}' });
  expect((await ask(code))?.status).toBe(429);
  expect((await ask(text({})))?.status).toBe(200);
});

test("after all that the collector stands as it stood, and its neighbour noticed nothing", async () => {
  const { asked, right: answered, usualMs, hears } = await neighbour.done();
  expect(asked).toBeGreaterThan(20);
  expect({ answered, hears }).toEqual({ answered: asked, hears: true });
  expect(usualMs).toBeLessThan(1_000);
  expect(standing()).toEqual(before);
  expect(statSync(join(dataDir, "control", "token")).mode & 0o077).toBe(0);
});
