import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AgentStatus, ControlEvent, WidgetActionReport, WidgetReport } from "@mimolo/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { createCollector, openArchive } from "../../src/index.ts";

import { EventClient, type Heard } from "./event-client.ts";
import { call } from "./live-plugins.ts";

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/agents/${name}.mjs`, import.meta.url));
const labels = ["well", "floods", "never", "broken", "too-deep", "too-large"] as const;
const dataDir = mkdtempSync(join(tmpdir(), "mimolo-widgets-"));
let collector: Collector;

beforeAll(async () => {
  const drawing = (manner: string) => ({ executable: process.execPath, args: [fixture("draws-as-told"), manner] });
  const plain = { executable: process.execPath, args: [fixture("reports-work")], agent_flush_interval_s: 3_600 };
  collector = await createCollector({
    dataDir,
    allow: [fixture("draws-as-told"), fixture("reports-work")],
    plugins: {
      ...Object.fromEntries(labels.map((label) => [label, { ...drawing(label), agent_flush_interval_s: 3_600 }])),
      plain,
    },
  });
  const running = new Set<string>();
  const all = new Promise<void>((resolve) => {
    collector.on("agent:state", ({ label, state }) => {
      if (state === "running" && running.add(label).size > labels.length) resolve();
    });
  });
  await collector.start();
  await all;
});
afterAll(async () => {
  await collector.stop({ hurry: true });
  rmSync(dataDir, { recursive: true, force: true });
});

const ask = (method: string, path: string, body?: object) => call(collector, method, path, body);

test("agents say whether they draw", async () => {
  const { body } = await ask("GET", "/agents");
  const agents = body["items"] as AgentStatus[];
  expect(agents.map(({ label, widget }) => [label, widget])).toEqual([
    ...labels.map((label) => [label, true]),
    ["plain", false],
  ]);
  expect(await ask("GET", "/widgets/plain")).toMatchObject({ status: 404, body: { code: "no-widget" } });
  expect(await ask("GET", "/widgets/nobody")).toMatchObject({ status: 404, body: { code: "unknown-agent" } });
});

test("a picture is drawn when somebody looks, and rebuilt before anybody sees it", async () => {
  const { status, body } = await ask("GET", "/widgets/well");
  const report = WidgetReport.parse(body);
  expect(status).toBe(200);
  expect(report).toMatchObject({ mode: "html_fragment_v1", is_stale: false, ttl_ms: 1000, problem: null });
  expect(report.html).toMatch(/^<p class="mml-number">\d+ looks<\/p>$/);
  const drawn = await ask("POST", "/widgets/well/render", { mode: "tree_v1", canvas: { width: 320, theme: "dark" } });
  expect(drawn).toMatchObject({ status: 200, body: { label: "well", problem: null } });
  const wrong = await ask("POST", "/widgets/well/render", { canvas: { depth: 3 } });
  expect(wrong).toMatchObject({ status: 400, body: { code: "invalid-parameter" } });
});

test("a refresh is a flush: its summary is evidence before it is answered, and the picture shows it", async () => {
  const { status, body } = await ask("POST", "/widgets/well/action", { action: "refresh", payload: [1, { two: 2 }] });
  const report = WidgetActionReport.parse(body);
  expect([status, report.message]).toEqual([200, 'refresh [1,{"two":2}]']);
  const kept: { seq: number; looks: unknown }[] = [];
  for await (const { record } of openArchive(dataDir).evidence({ agent: "well", kind: "message" })) {
    if (record.kind === "message") kept.push({ seq: record.seq, looks: Object(record.message["data"]).looks });
  }
  const last = kept.at(-1);
  expect(report.through).toBeGreaterThanOrEqual(last?.seq ?? Number.POSITIVE_INFINITY);
  expect(report.widget?.html).toContain(`${String(last?.looks)} looks`);
});

test("three hundred frames a second are told of twice a second, and hold up nobody", async () => {
  const client = EventClient.overSocket(collector.address ?? "");
  await client.say({ subscribe: ["widget:frame"] });
  const ofFloods = ({ type, ...event }: Heard) => type === "widget:frame" && event["label"] === "floods";
  const first = await client.until(ofFloods);
  const next = await client.until(ofFloods, client.heard.indexOf(first) + 1);
  client.close();
  expect(ControlEvent.parse(next)).toMatchObject({ type: "widget:frame", label: "floods" });
  expect(Date.parse(String(next["at"])) - Date.parse(String(first["at"]))).toBeGreaterThan(400);
  const { body } = await ask("GET", "/widgets/floods");
  expect(body).toMatchObject({ problem: null, html: expect.stringMatching(/^<p>\d+<\/p><img>$/) as string });
  const floods = collector.status().agents.find(({ label }) => label === "floods");
  expect(floods?.counters.dropped["frame"]).toBeGreaterThan(10);
  expect(await ask("POST", "/widgets/well/render")).toMatchObject({ status: 200 });
});

test("one that never answers costs two seconds and says so; a render is told that its time was up", async () => {
  const looked = await ask("GET", "/widgets/never");
  expect(looked).toMatchObject({ status: 200, body: { html: null, is_stale: true, problem: { code: "timed-out" } } });
  const [drawn, acted] = await Promise.all([
    ask("POST", "/widgets/never/render"),
    ask("GET", "/widgets/well").then(() => "meanwhile"),
  ]);
  expect(drawn).toMatchObject({ status: 504, body: { code: "timed-out" } });
  expect(acted).toBe("meanwhile");
});

test("broken pictures are shown as what is wrong with them", async () => {
  expect((await ask("GET", "/widgets/broken")).body).toMatchObject({
    html: null,
    problem: { code: "invalid-tree", message: expect.stringContaining("tree[0].tag") as string },
  });
  // Too deep for a line, too long for one: neither gets as far as a picture, and whoever asked hears why at once.
  for (const label of ["too-deep", "too-large"]) {
    expect(await ask("POST", `/widgets/${label}/render`)).toMatchObject({
      status: 502,
      body: { code: "plugin-failed" },
    });
  }
  expect(collector.status().agents.every(({ state, restarts }) => state === "running" && restarts === 0)).toBe(true);
});

test("a stopped agent's last picture stays to be seen, as an old one", async () => {
  await ask("POST", "/agents/well/stop", {});
  expect(await ask("GET", "/widgets/well")).toMatchObject({ status: 200, body: { is_stale: true } });
  expect(await ask("POST", "/widgets/well/action", { action: "refresh" })).toMatchObject({
    status: 409,
    body: { code: "agent-not-running", hint: "mimolo agent start well" },
  });
  expect(collector.status().agents.find(({ label }) => label === "well")?.widget).toBe(true);
});
