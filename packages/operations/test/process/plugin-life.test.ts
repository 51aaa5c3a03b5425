import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LogLine } from "@mimolo/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import {
  type AgentConfig,
  createCollector,
  defaultConfig,
  type HookedPlugin,
  type LoadedConfig,
  openArchive,
  type PluginHooks,
} from "../../src/index.ts";
import { configuredAgent } from "../../src/config/loaded-config.ts";
import type { CollectorEvents } from "../../src/events.ts";

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/agents/${name}.mjs`, import.meta.url));
const PROGRAMS = { plain: fixture("notes-its-commands"), sdk: fixture("hooks-of-the-sdk") };

let dataDir = "";
let collector: Collector;
const said: LogLine[] = [];
const told: string[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "mimolo-life-"));
  said.length = 0;
  told.length = 0;
});
afterEach(async () => {
  await collector.stop({ hurry: true });
  rmSync(dataDir, { recursive: true, force: true });
});

function agentOf(program: keyof typeof PROGRAMS, words: readonly string[] = [], more: object = {}): AgentConfig {
  const own = { executable: process.execPath, args: [PROGRAMS[program], join(dataDir, "noted"), ...words], ...more };
  return configuredAgent(own, { file: join(dataDir, "mimolo.toml"), folder: dataDir });
}

function configOf(plugins: Record<string, AgentConfig>): LoadedConfig {
  return { ...defaultConfig(), plugins };
}

/** A collector of those agents that runs, and everything it says. */
async function collect(plugins: Record<string, AgentConfig>, hooks: PluginHooks = {}): Promise<void> {
  const config = configOf(plugins);
  collector = await createCollector({ dataDir, control: false, config, hooks, allow: Object.values(PROGRAMS) });
  collector.on("log", (line) => said.push(line));
  for (const name of ["plugin:activated", "plugin:deactivated", "plugin:unloaded"] as const)
    collector.on(name, (payload) => told.push(`${name} ${JSON.stringify(payload)}`));
  await collector.start();
}

function once<Name extends keyof CollectorEvents>(name: Name): Promise<CollectorEvents[Name]> {
  return new Promise((resolve) => {
    const off = collector.on(name, (payload) => {
      off();
      resolve(payload);
    });
  });
}

const noted = () => readFileSync(join(dataDir, "noted"), "utf8").trim().split("\n");

test("an agent of the SDK: its hooks and the embedder's, once each and in their order, and nothing it saw is lost", async () => {
  const heard: string[] = [];
  const hear =
    (name: string) =>
    ({ pluginId, version, label }: HookedPlugin) =>
      void heard.push(`${name} ${pluginId} ${version} ${label}`);
  const activated = new Promise<void>((resolve) => {
    void collect(
      { x: agentOf("sdk") },
      {
        onDiscover: hear("discover"),
        onLoad: hear("load"),
        onInitialize: hear("initialize"),
        onActivate: (plugin) => {
          hear("activate")(plugin);
          resolve();
        },
        onSuspend: hear("suspend"),
        onUnload: hear("unload"),
      },
    );
  });
  await activated;
  const report = await collector.reload(configOf({}));
  expect(report.outcome).toBe("reloaded");
  expect(noted()).toEqual(["initialize", "activate", "suspend", "unload"]);
  expect(heard).toEqual([
    "discover local.x  undefined",
    ...["load", "initialize", "activate", "suspend", "unload"].map((name) => `${name} local.x  x`),
  ]);
  expect(told).toEqual([
    'plugin:activated {"plugin_id":"local.x","capabilities":[]}',
    'plugin:deactivated {"plugin_id":"local.x","reason":"suspended"}',
    'plugin:unloaded {"plugin_id":"local.x"}',
  ]);
  await collector.stop();
  const kinds: string[] = [];
  for await (const { record } of openArchive(dataDir).evidence({ agent: "x" }))
    kinds.push(record.kind === "message" ? String(record.message["type"]) : record.kind);
  expect(kinds.lastIndexOf("summary")).toBeGreaterThan(kinds.indexOf("agent_state"));
  expect(said.filter(({ level }) => level !== "debug" && level !== "info")).toEqual([]);
});

test("an agent that knows lifecycle is told phase by phase, with its settings, and only to end after that", async () => {
  const activated = collect({ x: agentOf("plain", ["lifecycle"], { depth: 3 }) }).then(() => once("plugin:activated"));
  await activated;
  await collector.reload(configOf({}));
  expect(noted()).toEqual(["ack", 'initialize {"depth":3}', "activate", "suspend", "flush", "unload", "shutdown"]);
});

test("an agent that does not know it gets stop, flush and shutdown", async () => {
  const activated = collect({ x: agentOf("plain") }).then(() => once("plugin:activated"));
  await activated;
  await collector.reload(configOf({}));
  expect(noted()).toEqual(["ack", "stop", "flush", "shutdown"]);
});

test("an agent that leaves everything unanswered leaves all the same, in two seconds", async () => {
  await collect({ x: agentOf("plain", ["not=stop,flush"]) }).then(() => once("plugin:activated"));
  const beganMs = performance.now();
  await collector.reload(configOf({}));
  expect(performance.now() - beganMs).toBeLessThan(4_000);
  expect(noted()).toEqual(["ack", "stop", "flush", "shutdown"]);
});

test("an agent that never says that it is active did not come up: the change is taken back", async () => {
  await collect({});
  const report = await collector.reload(configOf({ x: agentOf("plain", ["lifecycle", "not=activate"]) }));
  expect(report).toMatchObject({
    outcome: "rolled-back",
    reasons: ["x has not acknowledged lifecycle activate within 5 s"],
  });
  expect(collector.status().agents).toEqual([]);
  expect(noted()).not.toContain("suspend");
  expect(said.filter(({ code }) => code === "lifecycle-unanswered")).toHaveLength(1);
});

test("a hook of the SDK that throws keeps an agent from coming up, and from nothing on its way out", async () => {
  await collect({});
  for (const bad of ["initialize", "activate"]) {
    const report = await collector.reload(configOf({ x: agentOf("sdk", [bad]) }));
    expect(report).toMatchObject({ outcome: "rolled-back" });
    expect(report.reasons[0]).toContain(`no ${bad} here`);
    expect(noted().filter((name) => name === bad)).toHaveLength(1);
    rmSync(join(dataDir, "noted"));
  }
  for (const bad of ["suspend", "unload"]) {
    expect(await collector.reload(configOf({ x: agentOf("sdk", [bad]) }))).toMatchObject({ outcome: "reloaded" });
    const beganMs = performance.now();
    expect(await collector.reload(configOf({}))).toMatchObject({ outcome: "reloaded" });
    expect(performance.now() - beganMs).toBeLessThan(4_000);
    expect(noted()).toEqual(["initialize", "activate", "suspend", "unload"]);
    expect(said.filter(({ code }) => code === "hook-failed")).toMatchObject([
      { message: expect.stringContaining(bad) },
    ]);
    said.length = 0;
    rmSync(join(dataDir, "noted"));
  }
});

test("a plugin that dies is deactivated, comes again by itself and is never called unloaded", async () => {
  await collect({ x: agentOf("sdk") }).then(() => once("plugin:activated"));
  const [first] = collector.status().agents;
  const again = once("plugin:activated");
  process.kill(first?.pid ?? 0, "SIGKILL");
  await again;
  expect(told.slice(1)).toEqual([
    'plugin:deactivated {"plugin_id":"local.x","reason":"exited"}',
    'plugin:activated {"plugin_id":"local.x","capabilities":[]}',
  ]);
  expect(noted()).toEqual(["initialize", "activate", "initialize", "activate"]);
});

test("the collector's own end is the ladder, which says as much; hooks of both sides still come", async () => {
  const heard: string[] = [];
  await collect({ x: agentOf("sdk"), y: agentOf("plain") }, { onUnload: ({ label }) => void heard.push(`${label}`) });
  const active = new Set<string>();
  await new Promise<void>((resolve) =>
    collector.on("plugin:activated", ({ plugin_id: id }) => active.add(id).size === 2 && resolve()),
  );
  await collector.stop();
  expect(heard.toSorted()).toEqual(["x", "y"]);
  expect(noted().filter((name) => name === "suspend" || name === "unload")).toEqual(["suspend", "unload"]);
  expect(noted().filter((name) => name === "stop" || name === "flush")).toEqual(["stop", "flush"]);
});
