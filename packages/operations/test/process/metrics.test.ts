import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Collector } from "../../src/collector.ts";
import { createCollector } from "../../src/index.ts";

const fixture = fileURLToPath(new URL("../fixtures/agents/reports-work.mjs", import.meta.url));
const page = fileURLToPath(new URL("../../../../docs/metrics.md", import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), "mimolo-metrics-"));
let collector: Collector;

beforeAll(async () => {
  const work = { executable: process.execPath, args: [fixture], agent_flush_interval_s: 0.3 };
  collector = await createCollector({
    dataDir,
    allow: [fixture],
    control: { dashboard: false },
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

function get(path: string): Promise<{ status: number; type: string; text: string }> {
  return new Promise((resolve, reject) => {
    request({ socketPath: collector.address ?? "", path: `/api/v1${path}` }, (reply) => {
      let text = "";
      reply.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      reply.on("end", () =>
        resolve({ status: reply.statusCode ?? 0, type: reply.headers["content-type"] ?? "", text }),
      );
    })
      .on("error", reject)
      .end();
  });
}

interface Told {
  readonly kind: string;
  readonly help: string;
  readonly samples: { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

/** What was told, by name. Throws on a line that no reader would take. */
async function scrape(): Promise<Map<string, Told>> {
  const { status, type, text } = await get("/metrics");
  expect({ status, type }).toEqual({ status: 200, type: "text/plain; version=0.0.4; charset=utf-8" });
  const told = new Map<string, Told>();
  let help = "";
  for (const line of text.split("\n").filter((each) => each !== "")) {
    const [, said, , rest = ""] = /^# (HELP|TYPE) (\w+) (.+)$/.exec(line) ?? [];
    if (said === "HELP") help = rest;
    else if (said === "TYPE") told.set(line.split(" ")[2] ?? "", { kind: rest, help, samples: [] });
    else {
      const [, name = "", labels, value] = /^(\w+)(?:\{(.+)\})? (-?[\d.e+-]+)$/.exec(line) ?? [];
      const metric = told.get(name);
      if (metric === undefined) throw new Error(`no metric: ${line}`);
      metric.samples.push({ labels: labelsOf(labels ?? ""), value: Number(value) });
    }
  }
  return told;
}

function labelsOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"(?:,|$)/g)];
  expect(pairs.map(([whole]) => whole).join("")).toBe(text);
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, value.replaceAll(/\\(.)/g, "$1")]));
}

test("every metric is in the docs as it is told, and none is told that is not there", async () => {
  const told = await scrape();
  const rows = readFileSync(page, "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, name, kind, labels = "", help] = /^\| `(\w+)` \| (\w+) \| (.*?) \| (.+) \|$/.exec(line) ?? [];
      return name === undefined ? [] : [{ name, kind, help, labels: labels.match(/\w+/g) ?? [] }];
    });
  expect(rows.map(({ name, kind, help }) => ({ name, kind, help }))).toEqual(
    [...told].map(([name, { kind, help }]) => ({ name, kind, help })),
  );
  for (const { name, labels } of rows) {
    for (const sample of told.get(name)?.samples ?? []) expect(Object.keys(sample.labels), name).toEqual(labels);
  }
});

test("figures are those of the status, and every sample stands there once", async () => {
  const { agents, collector: itself } = collector.status();
  const told = await scrape();
  const of = (name: string) => told.get(name)?.samples ?? [];
  expect(of("mimolo_collector_info")[0]).toEqual({
    labels: { version: itself.version, mode: "release" },
    value: 1,
  });
  const states = Object.fromEntries(of("mimolo_agents").map(({ labels, value }) => [labels["state"], value]));
  expect(states).toMatchObject({ running: 1, blocked: 1, stopped: 0 });
  expect(of("mimolo_agent_up")).toEqual([
    { labels: { agent: "work" }, value: 1 },
    { labels: { agent: "blocked" }, value: 0 },
  ]);
  expect(of("mimolo_agent_lines_total")[0]?.value).toBeGreaterThanOrEqual(agents[0]?.counters.lines ?? 0);
  expect(of("mimolo_evidence_records_total")[0]?.value).toBeGreaterThanOrEqual(1);
  expect(of("mimolo_segments_open")).toEqual([{ labels: {}, value: 1 }]);
  expect(of("mimolo_worked_today_seconds").map(({ labels }) => labels["confidence"])).toEqual([
    "observed",
    "reconstructed",
  ]);
  for (const { samples } of told.values()) {
    const ids = samples.map(({ labels }) => JSON.stringify(labels));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { value } of samples) expect(Number.isFinite(value)).toBe(true);
  }
});

test("requests are counted by route, whatever a path says", async () => {
  const counted = async () => {
    const samples = (await scrape()).get("mimolo_api_requests_total")?.samples ?? [];
    return new Map(samples.map(({ labels, value }) => [Object.values(labels).join(" "), value]));
  };
  const before = await counted();
  await Promise.all(["/agents/work", "/agents/none", "/nowhere/1", "/nowhere/2"].map((path) => get(path)));
  const after = await counted();
  const grown = (key: string) => (after.get(key) ?? 0) - (before.get(key) ?? 0);
  expect(grown("GET /api/v1/agents/{label} 200")).toBe(1);
  expect(grown("GET /api/v1/agents/{label} 404")).toBe(1);
  expect(grown("any unknown 404")).toBe(2);
  expect(grown("GET /api/v1/metrics 200")).toBe(1);
});
