import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LogLine, RulesReport } from "@mimolo/protocol";
import { afterEach, expect, test, vi } from "vitest";
import {
  type Collector,
  createCollector,
  dataDirectory,
  defaultConfig,
  type LoadedConfig,
  type RuleConfig,
} from "../../src/index.ts";
import { readAudit } from "../../src/trust/audit-entries.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const acts = fileURLToPath(new URL("../fixtures/agents/acts.mjs", import.meta.url));

let collector: Collector | undefined;
let dataDir = "";
afterEach(async () => {
  await collector?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const rule = (
  name: string,
  when: RuleConfig["when"],
  plugin: string,
  params: Record<string, unknown> = {},
): RuleConfig => ({
  name,
  when,
  do: { plugin, params },
});

/** A collector of such agents by label, under such rules; what actions were asked is read from their log. */
async function running(rules: LoadedConfig["rules"], labels: Readonly<Record<string, Record<string, unknown>>>) {
  dataDir = mkdtempSync(join(tmpdir(), "mimolo-rules-"));
  const agents = Object.entries(labels).map(([label, settings]) => [
    label,
    { executable: "node", args: [acts], settings },
  ]);
  const made = await createCollector({
    dataDir,
    config: { ...defaultConfig(), rules },
    plugins: Object.fromEntries(agents),
    allow: [acts],
  });
  collector = made;
  const logged: LogLine[] = [];
  made.on("log", (line) => void logged.push(line));
  await made.start();
  const asked = (label: string) =>
    logged.flatMap(({ label: of, type, message }) =>
      of === label && type === "log" ? [JSON.parse(message) as Asked] : [],
    );
  const rulesNow = () => Object.fromEntries(made.rules().rules.map((each) => [each.name, each])) as ByName;
  return { made, logged, asked, rulesNow };
}

interface Asked {
  readonly params: Record<string, unknown>;
  readonly context: Record<string, unknown>;
}
type ByName = Readonly<Record<string, RulesReport["rules"][number]>>;

const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

test("rules run actions at what agents say, are and fire; one that fails, hangs or dies disturbs no other", async () => {
  const rules = [
    rule("count", { source: "summary", agent: "source", where: "data.count > 3" }, "notes"),
    rule("tick", { source: "trigger", event: "tick" }, "notes", { say: "tick" }),
    rule("up", { source: "agent_state", agent: "source", event: "running" }, "notes"),
    rule("fails", { source: "event", event: "go" }, "fails", { do: "fail" }),
    rule("dies", { source: "event", event: "go" }, "dies", { do: "die" }),
    rule("hangs", { source: "event", event: "go" }, "hangs", { do: "hang" }),
    rule("works", { source: "event", event: "go" }, "notes"),
    rule("nobody", { source: "event", event: "go" }, "acme.nobody"),
  ];
  const labels = { source: {}, clock: { fires: "tick" }, notes: {}, fails: {}, dies: {}, hangs: {} };
  const { made, logged, asked, rulesNow } = await running(rules, labels);
  expect(made.testRules({ source: "event", event: "go" }).rules.filter(({ fires }) => fires)).toHaveLength(5);
  expect(rulesNow()["nobody"]?.trouble).toContain("no agent runs acme.nobody");
  await until(() => expect(rulesNow()["up"]?.runs).toBe(1));
  await until(() => expect(rulesNow()["tick"]?.runs).toBe(1));
  const invoke = (params: Record<string, unknown>) =>
    made.plugins.invoke("source", { interface: "action", method: "execute", params });
  await invoke({ do: "sum", count: 4 });
  await invoke({ do: "sum", count: 3 });
  await invoke({ do: "fire", event: "go" });
  await until(() => {
    const { works, fails, dies, nobody } = rulesNow();
    for (const one of [works, fails, dies, nobody]) expect(one?.runs).toBe(1);
    for (const one of [fails, dies, nobody]) expect(one?.failures).toBe(1);
  });
  expect(rulesNow()).toMatchObject({ count: { runs: 1, failures: 0 }, hangs: { runs: 0 } });
  const notes = asked("notes").toSorted((a, b) => String(a.context["rule"]).localeCompare(String(b.context["rule"])));
  expect(notes).toMatchObject([
    { context: { rule: "count", source: "summary", agent: "source", data: { count: 4 } } },
    {
      params: { say: "tick" },
      context: {
        rule: "tick",
        source: "trigger",
        event: "tick",
        velocity: 0.7,
        mode: "turbo",
        data: { payload: { n: 1 } },
      },
    },
    { context: { rule: "up", source: "agent_state", event: "running", data: { previous: "handshaking" } } },
    { context: { rule: "works", source: "event", event: "go", agent: "source" } },
  ]);
  await made.stop();
  const audited = [];
  for await (const entry of readAudit(dataDirectory(dataDir).audit)) if (entry.action === "rule") audited.push(entry);
  const details = Object.fromEntries(audited.map(({ subject, detail }) => [subject, detail]));
  expect(details).toMatchObject({
    count: { plugin: "local.notes", source: "summary", ok: true, seq: expect.any(Number) as number },
    fails: { ok: false, code: "failed", reason: "no-luck" },
    dies: { ok: false, code: "ended" },
    hangs: { ok: false, code: "shutting-down" },
    nobody: { ok: false, code: "unknown-plugin" },
  });
  const failed = logged.filter(({ code }) => code === "rule-failed").map(({ message }) => message.split(":")[0]);
  expect(new Set(failed)).toEqual(new Set(['rule "dies"', 'rule "fails"', 'rule "nobody"']));
});

test("two plain agents that rules have answer each other are cut after eight hops and named", async () => {
  const rules = [
    rule("serve", { source: "event", event: "pong" }, "ping", { do: "fire", event: "ping" }),
    rule("return", { source: "event", event: "ping" }, "pong", { do: "fire", event: "pong" }),
  ];
  const { made, logged, asked, rulesNow } = await running(rules, { ping: {}, pong: {} });
  await until(() => expect(made.status().agents.map(({ state }) => state)).toEqual(["running", "running"]));
  await made.plugins.invoke("ping", { interface: "action", method: "execute", params: { do: "fire", event: "ping" } });
  await until(() => {
    const { serve, return: back } = rulesNow();
    expect((serve?.cut ?? 0) + (back?.cut ?? 0)).toBe(1);
  });
  expect(asked("ping").length + asked("pong").length).toBe(9);
  const loop = logged.find(({ code }) => code === "loop");
  expect(loop?.message).toContain("local.ping → local.pong → local.ping");
});
