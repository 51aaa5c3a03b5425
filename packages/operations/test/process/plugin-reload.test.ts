import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { call, LivePlugins } from "./live-plugins.ts";

let live: LivePlugins;
beforeEach(() => {
  live = new LivePlugins();
});
afterEach(() => live.end());

const mine = '[plugins.mine]\nplugin = "acme.mine"\nheartbeat_interval_s = 0.5\n';
const beside = `${mine}[plugins.beside]\nplugin = "acme.beside"\nheartbeat_interval_s = 0.5\n`;

test("a plugin is reloaded: asked to end in order, and begun again with the same settings and identity", async () => {
  live.write("acme.mine", { more: "[plugin.defaults]\nunit = 5\n" });
  live.write("acme.beside");
  const collector = await live.started(beside);
  const [before] = collector.status().agents;
  const neighbour = collector.status().agents[1]?.pid;
  const answer = await call(collector, "POST", "/plugins/acme.mine/reload");
  expect(answer).toMatchObject({
    status: 200,
    body: { plugin_id: "acme.mine", version: "1.0.0", state: "active", outcome: "reloaded", agents: ["mine"] },
  });
  const [after] = collector.status().agents;
  expect(after).toMatchObject({ label: "mine", state: "running", instance_id: before?.instance_id });
  expect(after?.pid).not.toBe(before?.pid);
  expect(collector.status().agents[1]?.pid).toBe(neighbour);
  await collector.committed();
  const life = ["initialize", "activate"];
  const told = [...life, "suspend", "flush", "unload", ...life].map((what) => `1.0.0 ${what}`);
  expect(await live.told("mine")).toEqual(told);
});

test("an edit of a file is taken by itself, and one that does not run is taken back", async () => {
  const folder = live.write("acme.mine");
  const collector = await live.started(mine);
  live.write("acme.mine", { version: "1.1.0" });
  await live.until(() => live.said.some(({ message }) => message.includes("started anew in version 1.1.0 (an edit)")));
  const { pid } = collector.status().agents[0] ?? {};
  writeFileSync(join(folder, "main.mjs"), "this is no program");
  await live.until(() => live.said.some(({ code }) => code === "plugin-rolled-back"));
  const rolledBack = live.said.find(({ code }) => code === "plugin-rolled-back")?.message;
  expect(rolledBack).toContain("acme.mine was not reloaded: mine did not come up");
  expect(rolledBack).toContain("what ran before runs again");
  const [agent] = collector.status().agents;
  expect(agent).toMatchObject({ label: "mine", state: "running" });
  expect(agent?.pid).not.toBe(pid);
  expect(await live.told("mine")).toContain("1.1.0 activate");
  live.write("acme.mine", { version: "1.2.0" });
  await live.until(() => live.said.some(({ message }) => message.includes("started anew in version 1.2.0 (an edit)")));
});

test("what comes up and does not begin its work is taken back, over HTTP as a problem", async () => {
  live.write("acme.mine");
  const collector = await live.started(mine);
  live.write("acme.mine", { version: "2.0.0", more: '[plugin.defaults]\nfails = "activate"\n' });
  const answer = await call(collector, "POST", "/plugins/acme.mine/reload");
  expect(answer).toMatchObject({ status: 409, body: { code: "rolled-back" } });
  expect(collector.status().agents[0]).toMatchObject({ state: "running" });
  await collector.committed();
  expect((await live.told("mine")).slice(-2)).toEqual(["1.0.0 initialize", "1.0.0 activate"]);
});

test("a description that is broken touches nothing that runs, and says the line", async () => {
  const folder = live.write("acme.mine");
  const collector = await live.started(mine);
  const { pid } = collector.status().agents[0] ?? {};
  writeFileSync(join(folder, "plugin.toml"), '[plugin]\nid = "acme.mine\n');
  const answer = await call(collector, "POST", "/plugins/acme.mine/reload");
  expect(answer).toMatchObject({ status: 409, body: { code: "rolled-back" } });
  expect(answer.body["detail"]).toContain(`${join(folder, "plugin.toml")}:2`);
  expect(collector.status().agents[0]).toMatchObject({ state: "running", pid });
});

test("who asks for a plugin that is not here is told what is", async () => {
  live.write("acme.mine");
  const collector = await live.started(mine);
  expect(await call(collector, "POST", "/plugins/acme.mime/reload")).toMatchObject({
    status: 404,
    body: { code: "unknown-plugin", hint: "did you mean acme.mine?" },
  });
});
