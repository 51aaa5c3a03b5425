import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { call, LivePlugins } from "./live-plugins.ts";

let live: LivePlugins;
beforeEach(() => {
  live = new LivePlugins();
});
afterEach(() => live.end());

const beside = '[plugins.beside]\nplugin = "acme.beside"\nheartbeat_interval_s = 0.5\n';
const overrides = () => JSON.parse(readFileSync(join(live.data, "state", "overrides.json"), "utf8")) as object;

test("a plugin that nobody configured is loaded for this run, with a label of its own, and unloaded again", async () => {
  live.write("acme.mine");
  live.write("acme.beside");
  const collector = await live.started(beside);
  const neighbour = collector.status().agents[0]?.pid;
  expect(await call(collector, "POST", "/plugins/acme.mine/load")).toMatchObject({
    status: 200,
    body: { outcome: "loaded", state: "active", agents: ["mine"], version: "1.0.0" },
  });
  expect(await call(collector, "POST", "/plugins/acme.mine/load")).toMatchObject({ body: { outcome: "unchanged" } });
  expect(collector.status().agents.map(({ label, state }) => `${label} ${state}`)).toEqual([
    "beside running",
    "mine running",
  ]);
  expect(await call(collector, "POST", "/plugins/acme.mine/unload")).toMatchObject({
    status: 200,
    body: { outcome: "unloaded", state: "unloaded", agents: ["mine"] },
  });
  expect(collector.status().agents).toMatchObject([{ label: "beside", pid: neighbour }]);
  const status = await call(collector, "GET", "/plugins/acme.mine/status");
  expect(status).toMatchObject({ status: 200, body: { state: "unloaded", agents: [] } });
  await collector.committed();
  expect((await live.told("mine")).slice(-3)).toEqual(["1.0.0 suspend", "1.0.0 flush", "1.0.0 unload"]);
});

test("what is enabled and disabled stays so after a restart, and what was loaded does not", async () => {
  live.write("acme.mine");
  live.write("acme.other");
  live.write("acme.beside");
  const collector = await live.started(beside);
  await call(collector, "POST", "/plugins/acme.other/load");
  expect(await call(collector, "POST", "/plugins/acme.mine/enable")).toMatchObject({
    status: 200,
    body: { outcome: "enabled", state: "active", agents: ["mine"] },
  });
  expect(await call(collector, "POST", "/plugins/acme.beside/disable")).toMatchObject({
    status: 200,
    body: { outcome: "disabled", agents: ["beside"] },
  });
  expect(overrides()).toEqual({
    plugins: { "acme.mine": { enabled: true }, "acme.beside": { enabled: false } },
    agents: { mine: { plugin: "acme.mine" } },
  });
  await collector.stop();
  const again = await live.started(beside);
  expect(again.status().agents.map(({ label }) => label)).toEqual(["mine"]);
  expect(await call(again, "POST", "/plugins/acme.beside/enable")).toMatchObject({
    body: { outcome: "enabled", agents: ["beside"] },
  });
});

test("settings are changed for exactly the agents concerned, kept, and explained", async () => {
  live.write("acme.mine", { more: "[plugin.defaults]\nunit = 5\n" });
  live.write("acme.beside");
  const collector = await live.started(
    `${beside}[plugins.one]\nplugin = "acme.mine"\n[plugins.two]\nplugin = "acme.mine"\n`,
  );
  const pids = () => Object.fromEntries(collector.status().agents.map(({ label, pid }) => [label, pid]));
  const before = pids();
  const both = await call(collector, "PUT", "/plugins/acme.mine/config", { unit: 6 });
  expect(both.status).toBe(200);
  expect(both.body["values"]).toContainEqual({
    key: "unit",
    value: 6,
    source: "runtime",
    from: "state/overrides.json",
  });
  const then = pids();
  expect(then["beside"]).toBe(before["beside"]);
  expect([then["one"] === before["one"], then["two"] === before["two"]]).toEqual([false, false]);
  await call(collector, "PUT", "/plugins/acme.mine/config", { values: { unit: 7 }, label: "two" });
  expect(pids()).toEqual({ ...then, two: expect.any(Number) });
  expect(pids()["two"]).not.toBe(then["two"]);
  expect(overrides()).toEqual({ plugins: { "acme.mine": { unit: 6 } }, agents: { two: { unit: 7 } } });
  await call(collector, "PUT", "/plugins/acme.mine/config", { values: { unit: null }, label: "two" });
  expect(overrides()).toEqual({ plugins: { "acme.mine": { unit: 6 } }, agents: {} });
  await collector.stop();
  const again = await live.started(beside.replaceAll("beside", "mine"));
  const kept = await call(again, "GET", "/plugins/acme.mine/config");
  expect(kept.body["values"]).toContainEqual(expect.objectContaining({ key: "unit", value: 6, source: "runtime" }));
});

test("settings that an agent does not come up with are taken back and not kept", async () => {
  live.write("acme.mine");
  const collector = await live.started(beside.replaceAll("beside", "mine"));
  const answer = await call(collector, "PUT", "/plugins/acme.mine/config", { fails: "activate" });
  expect(answer).toMatchObject({ status: 409, body: { code: "rolled-back" } });
  await live.until(() => collector.status().agents[0]?.state === "running");
  const report = await call(collector, "GET", "/plugins/acme.mine/config");
  expect(JSON.stringify(report.body)).not.toContain("fails");
  expect(() => overrides()).toThrow("ENOENT");
});

test("what others need is not unloaded; what is switched off is named to those who need it", async () => {
  live.write("acme.low");
  live.write("acme.top", { more: '[plugin.dependencies]\n"acme.low" = "^1"\n' });
  const collector = await live.started('[plugins.top]\nplugin = "acme.top"\n');
  expect(
    collector
      .status()
      .agents.map(({ label, state }) => `${label} ${state}`)
      .toSorted(),
  ).toEqual(["low running", "top running"]);
  expect(await call(collector, "POST", "/plugins/acme.low/unload")).toMatchObject({
    status: 409,
    body: { code: "dependency", reason: "needed", detail: "acme.low is needed by acme.top" },
  });
  expect(await call(collector, "POST", "/plugins/acme.top/unload")).toMatchObject({ body: { outcome: "unloaded" } });
  expect(collector.status().agents).toEqual([]);
  expect(await call(collector, "POST", "/plugins/acme.low/disable")).toMatchObject({ body: { outcome: "disabled" } });
  const refused = await call(collector, "POST", "/plugins/acme.top/load");
  expect(refused).toMatchObject({ status: 409, body: { code: "dependency", reason: "disabled" } });
  expect(refused.body["detail"]).toContain("acme.top → acme.low");
  expect(await call(collector, "POST", "/plugins/acme.low/enable")).toMatchObject({ body: { outcome: "enabled" } });
  expect(await call(collector, "POST", "/plugins/acme.top/load")).toMatchObject({ body: { outcome: "loaded" } });
});

test("a plugin that may not run is not loaded", async () => {
  live.write("acme.mine");
  const collector = await live.started("", { dev: false });
  const answer = await call(collector, "POST", "/plugins/acme.mine/load");
  expect(answer).toMatchObject({ status: 409, body: { code: "agent-blocked" } });
  expect(answer.body["detail"]).toContain("nobody installed it");
  expect(answer.body["hint"]).toBe("mend that, then: mimolo plugin load acme.mine");
  expect(collector.status().agents).toEqual([]);
  const held = expect.stringMatching(/; mine is blocked: .*nobody installed it/) as string;
  const enabled = await call(collector, "POST", "/plugins/acme.mine/enable");
  expect(enabled.body).toMatchObject({
    outcome: "enabled",
    message: expect.stringMatching(/: mine is blocked: .*nobody installed it/) as string,
  });
  for (const verb of ["enable", "load"]) {
    const again = await call(collector, "POST", `/plugins/acme.mine/${verb}`);
    expect(again).toMatchObject({ status: 200, body: { outcome: "unchanged", message: held } });
  }
});

test("an agent that waits for a secret says so wherever it is asked after", async () => {
  live.write("acme.mine");
  const collector = await live.started('[plugins.mine]\nplugin = "acme.mine"\ntoken = { env = "NO_SUCH_TOKEN" }\n');
  const { body } = await call(collector, "GET", "/plugins");
  expect(body["problems"]).toMatchObject([
    { code: "missing-secret", message: expect.stringMatching(/^mine: its setting token .*NO_SUCH_TOKEN/) as string },
  ]);
  expect(await call(collector, "POST", "/plugins/acme.mine/load")).toMatchObject({
    body: { outcome: "unchanged", message: expect.stringMatching(/mine is blocked: its setting token/) as string },
  });
  for (const verb of ["start", "restart", "flush"]) {
    const refused = await call(collector, "POST", `/agents/mine/${verb}`);
    expect(refused).toMatchObject({
      body: { code: "agent-blocked", hint: `mend that, then: mimolo agent ${verb} mine` },
    });
    expect(refused.body["detail"]).toContain("NO_SUCH_TOKEN");
  }
});

test("what was kept for a plugin that is gone is forgotten by whoever disables it", async () => {
  const folder = live.write("acme.mine");
  const collector = await live.started("");
  await call(collector, "POST", "/plugins/acme.mine/enable");
  await collector.stop();
  rmSync(folder, { recursive: true });
  const again = await live.started("");
  const told = /agents\.mine is left out: .*to forget it: mimolo plugin disable acme\.mine/;
  expect(live.said.some(({ message }) => told.test(message))).toBe(true);
  const gone = await call(again, "POST", "/plugins/acme.mine/disable");
  expect(gone).toMatchObject({
    status: 200,
    body: { outcome: "disabled", agents: [], message: expect.stringMatching(/is forgotten$/) as string },
  });
  expect(overrides()).toEqual({ plugins: {}, agents: {} });
  expect(await call(again, "POST", "/plugins/acme.mine/disable")).toMatchObject({ status: 404 });
});
