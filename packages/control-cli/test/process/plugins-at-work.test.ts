import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PluginChangeReport, PluginConfigReport, type RegisterReport, type StatusReport } from "@mimolo/protocol";
import { expect, test, vi } from "vitest";
import { registryPlace } from "../plugin/place.ts";

vi.setConfig({ testTimeout: 90_000 });

const BROKEN = "throw new Error('broken on purpose');\n";

async function twoInstalled() {
  const place = await registryPlace();
  await place.publish("acme.low");
  await place.publish("acme.top", { needs: { "acme.low": "^1" } });
  await place.json("plugin", "install", "acme.top");
  const change = async (...words: string[]) =>
    PluginChangeReport.parse(await place.json<PluginChangeReport>("plugin", ...words));
  const agents = async () => {
    const { agents: all } = await place.json<StatusReport>("status");
    return Object.fromEntries(all.map(({ label, state, pid }) => [label, { state, pid }]));
  };
  const stateOf = async (id: string) => {
    const { plugins } = await place.json<RegisterReport>("plugin", "list");
    return plugins.find(({ plugin_id }) => plugin_id === id)?.state;
  };
  return { ...place, change, agents, stateOf };
}

test("a plugin is loaded, reloaded, unloaded, disabled and enabled while the collector runs, with what it needs", async () => {
  const { change, agents, stateOf, error, collecting, mimolo } = await twoInstalled();
  for (const verb of ["load", "unload", "reload"]) {
    expect(await error("plugin", verb, "acme.top")).toMatchObject({ exit: 3, code: "collector-not-reachable" });
  }
  await collecting();
  expect(await agents()).toEqual({});
  expect(await change("load", "acme.top")).toMatchObject({ outcome: "loaded", state: "active", agents: ["top"] });
  const before = await agents();
  expect(before).toMatchObject({ top: { state: "running" }, low: { state: "running" } });
  expect(await change("load", "acme.top")).toMatchObject({ outcome: "unchanged" });
  expect(await change("reload", "acme.low")).toMatchObject({ outcome: "reloaded", state: "active" });
  const after = await agents();
  expect(after["top"]).toEqual(before["top"]);
  expect(after["low"]?.pid).not.toBe(before["low"]?.pid);
  expect(await error("plugin", "unload", "acme.low")).toMatchObject({ exit: 1, code: "dependency" });
  expect(await change("unload", "acme.top")).toMatchObject({ outcome: "unloaded", state: "unloaded" });
  expect(await stateOf("acme.top")).toBe("unloaded");
  expect((await mimolo("plugin", "enable", "acme.top")).out).toMatch(/^Enabled: acme\.top 1\.0\.0, active\n/);
  expect(await change("disable", "acme.top")).toMatchObject({ outcome: "disabled" });
  expect(await error("plugin", "load", "acme.top")).toMatchObject({ exit: 1, code: "dependency" });
  expect(await error("plugin", "enable", "acme.topp")).toMatchObject({ exit: 2, hint: "did you mean acme.top?" });
});

test("on and off without a collector is kept for its next start, whatever happens to the plugin meanwhile", async () => {
  const { change, agents, error, collecting, dataDir, json, mimolo } = await twoInstalled();
  expect(await change("enable", "acme.top")).toMatchObject({
    outcome: "enabled",
    agents: ["top"],
    state: "discovered",
  });
  const file = join(dataDir, "state", "overrides.json");
  const kept = { plugins: { "acme.top": { enabled: true } }, agents: { top: { plugin: "acme.top" } } };
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(kept);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await change("enable", "acme.top")).toMatchObject({ outcome: "unchanged" });
  expect(await error("plugin", "disable", "acme.low")).toMatchObject({ exit: 1, code: "dependency" });
  expect((await json<RegisterReport>("plugin", "list")).plugins.map(({ plugin_id }) => plugin_id)).toContain(
    "acme.low",
  );
  expect((await mimolo("agent", "config", "top")).out).toMatch(/\nplugin +acme\.top +state\/overrides\.json\n/);
  const byItsPlugin = (line: string) => ({
    exit: 2,
    message: "top stands in no file: it is run by its plugin, acme.top",
    hint: expect.stringMatching(new RegExp(`^mimolo ${line}\nNothing was written`)),
  });
  const edits = async () => {
    const settings = ["unit=two words", "--unset", "memory_mib"];
    expect(await error("agent", "config", "top", ...settings)).toMatchObject(
      byItsPlugin("plugin config acme.top 'unit=two words' memory_mib=null"),
    );
    expect(await error("agent", "remove", "Top", "--yes")).toMatchObject(byItsPlugin("plugin disable acme.top"));
    const copied = byItsPlugin("agent add other --plugin acme.top");
    expect(await error("agent", "duplicate", "top", "other")).toMatchObject(copied);
    expect(await error("agent", "config", "topp", "unit=1")).toMatchObject({
      exit: 2,
      message: expect.not.stringContaining("its plugin"),
    });
  };
  await edits();
  const collector = await collecting();
  await edits();
  await expect
    .poll(agents, { timeout: 30_000 })
    .toMatchObject({ top: { state: "running" }, low: { state: "running" } });
  await collector.stop();
  expect(await change("disable", "acme.top")).toMatchObject({ outcome: "disabled" });
  await change("enable", "acme.top");
  await json("plugin", "remove", "acme.top", "--yes");
  // Nothing is kept of what is gone.
  const empty = { plugins: {}, agents: {} };
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(empty);
  await collecting();
  expect(Object.keys(await agents())).toEqual([]);
  await change("enable", "acme.low");
  await mimolo("plugin", "config", "acme.low", "depth=5");
  await json("plugin", "remove", "acme.low", "--yes");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(empty);
  expect(Object.keys(await agents())).toEqual([]);
});

for (const door of ["the file", "a collector"]) {
  test(`through ${door}: settings are shown with who set them, changed, held to their schema and taken back`, async () => {
    const { cwd, json, error, mimolo, change, collecting, agents } = await twoInstalled();
    if (door === "a collector") {
      await collecting();
      await change("load", "acme.top");
    }
    const read = async (...more: string[]) =>
      PluginConfigReport.parse(await json<PluginConfigReport>("plugin", "config", "acme.low", ...more));
    const valueOf = async (key: string) => (await read()).values.find((each) => each.key === key);
    expect(await valueOf("depth")).toEqual({ key: "depth", value: 3, source: "plugin", from: "plugin defaults" });
    const before = door === "a collector" ? await agents() : {};
    const set = await read("depth=5", "suffix=.txt");
    expect(set.values).toContainEqual({ key: "depth", value: 5, source: "runtime", from: "state/overrides.json" });
    expect(set.schema).toMatchObject({ type: "object" });
    const wrong = await error("plugin", "config", "acme.low", "depth=many");
    expect(wrong).toMatchObject({ exit: 2, code: "bad-setting" });
    expect(wrong.message).toContain("many");
    expect(await error("plugin", "config", "acme.low", "enabled=false")).toMatchObject({
      exit: 2,
      code: "bad-setting",
    });
    expect(await error("plugin", "config", "acme.low", "depth")).toMatchObject({ exit: 2, code: "usage" });
    expect(await error("plugin", "config", "acme.low", "depth=1", "--label", "nobody")).toMatchObject({
      exit: 2,
      code: "unknown-agent",
    });
    expect(await error("plugin", "config", "acme.lo")).toMatchObject({ exit: 2, hint: "did you mean acme.low?" });
    writeFileSync(join(cwd, "token.txt"), "s3cret\n");
    const secret = await mimolo("plugin", "config", "acme.low", "token={ file = 'token.txt' }");
    expect(secret.out).toContain(`acme.low: token is { file = "${join(cwd, "token.txt")}" }`);
    expect((await mimolo("plugin", "config", "acme.low", "--explain")).out).toMatch(
      /\nsuffix +\.txt +runtime +state\/overrides\.json\n/,
    );
    expect((await mimolo("plugin", "config", "acme.low", "depth=null")).out).toContain(
      "acme.low: depth is 3 again, by plugin defaults",
    );
    expect(await valueOf("depth")).toMatchObject({ value: 3, source: "plugin" });
    if (door !== "a collector") return;
    const after = await agents();
    expect([after["top"], after["low"]?.state]).toEqual([before["top"], "running"]);
    expect(after["low"]?.pid).not.toBe(before["low"]?.pid);
  });
}

test("a version that does not come up is taken back: exit code 1, and the old one runs on", async () => {
  const { change, agents, mimolo, json, publish, collecting, stateOf } = await twoInstalled();
  await collecting();
  await change("load", "acme.top");
  await publish("acme.low", { version: "1.1.0", program: BROKEN });
  const { code, out } = await mimolo("plugin", "upgrade", "acme.low");
  expect([code, out]).toEqual([1, expect.stringMatching(/^acme\.low 1\.0\.0 → 1\.1\.0 {2}rolled-back\n/)]);
  expect(await json("plugin", "info", "acme.low")).toMatchObject({ version: "1.0.0", verdict: "trusted" });
  expect(await stateOf("acme.low")).toBe("active");
  expect(await agents()).toMatchObject({ low: { state: "running" }, top: { state: "running" } });
  await publish("acme.low", { version: "1.2.0" });
  expect(await json("plugin", "upgrade")).toMatchObject({ upgrades: [{ outcome: "upgraded", to: "1.2.0" }] });
  expect(await json("plugin", "info", "acme.low")).toMatchObject({ version: "1.2.0", state: "active" });
});

test("damaged changes are named by doctor, and nothing of them is lost", async () => {
  const { dataDir, json, change } = await twoInstalled();
  await change("enable", "acme.top");
  const file = join(dataDir, "state", "overrides.json");
  writeFileSync(file, '{"plugins": ');
  chmodSync(file, 0o600);
  const { checks } = await json<{ checks: { id: string; state: string; message: string }[] }>("doctor");
  expect(checks.find(({ id }) => id === "overrides")).toMatchObject({ state: "warning" });
  await change("enable", "acme.low");
  expect(readFileSync(file.replace(".json", ".damaged-1.json"), "utf8")).toBe('{"plugins": ');
});
