import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type TestContext, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { call, LivePlugins } from "./live-plugins.ts";

/** Each test has a data directory of its own, so that all can wait for their edits to be seen at once. */
function begin({ onTestFinished }: TestContext): LivePlugins {
  const live = new LivePlugins();
  onTestFinished(() => live.end());
  return live;
}

const mine = '[plugins.mine]\nplugin = "acme.mine"\nheartbeat_interval_s = 0.5\n';
const beside = `${mine}[plugins.beside]\nplugin = "acme.beside"\nheartbeat_interval_s = 0.5\n`;

test.concurrent("a plugin is reloaded: asked to end in order, and begun again with the same settings and identity", async (context) => {
  const live = begin(context);
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

test.concurrent("an edit of a file is taken by itself, and one that does not run is taken back", async (context) => {
  const live = begin(context);
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
  await collector.committed();
  expect(await live.told("mine")).toContain("1.1.0 activate");
  live.write("acme.mine", { version: "1.2.0" });
  await live.until(() => live.said.some(({ message }) => message.includes("started anew in version 1.2.0 (an edit)")));
});

test.concurrent("what comes up and does not begin its work is taken back, over HTTP as a problem", async (context) => {
  const live = begin(context);
  live.write("acme.mine");
  const collector = await live.started(mine);
  live.write("acme.mine", { version: "2.0.0", more: '[plugin.defaults]\nfails = "activate"\n' });
  const answer = await call(collector, "POST", "/plugins/acme.mine/reload");
  expect(answer).toMatchObject({ status: 409, body: { code: "rolled-back" } });
  expect(collector.status().agents[0]).toMatchObject({ state: "running" });
  await collector.committed();
  expect((await live.told("mine")).slice(-2)).toEqual(["1.0.0 initialize", "1.0.0 activate"]);
});

test.concurrent("a description that is broken touches nothing that runs, and says the line", async (context) => {
  const live = begin(context);
  const folder = live.write("acme.mine");
  const collector = await live.started(mine);
  const { pid } = collector.status().agents[0] ?? {};
  writeFileSync(join(folder, "plugin.toml"), '[plugin]\nid = "acme.mine\n');
  const answer = await call(collector, "POST", "/plugins/acme.mine/reload");
  expect(answer).toMatchObject({ status: 409, body: { code: "rolled-back" } });
  expect(answer.body["detail"]).toContain(`${join(folder, "plugin.toml")}:2`);
  // Nobody hears the answer to an edit.
  const said = (by: string) =>
    live.said.some(
      ({ code, message }) => code === "plugin-rolled-back" && message.endsWith(`what ran keeps running (${by})`),
    );
  expect(said("api")).toBe(true);
  await live.until(() => said("an edit"));
  expect(collector.status().agents[0]).toMatchObject({ state: "running", pid });
});

test.concurrent("who asks for a plugin that is not here is told what is", async (context) => {
  const live = begin(context);
  live.write("acme.mine");
  const collector = await live.started(mine);
  expect(await call(collector, "POST", "/plugins/acme.mime/reload")).toMatchObject({
    status: 404,
    body: { code: "unknown-plugin", hint: "did you mean acme.mine?" },
  });
});

test.concurrent("what somebody had stopped stays stopped over a reload", async (context) => {
  const live = begin(context);
  live.write("acme.mine");
  const collector = await live.started(mine);
  await collector.control("mine", "stop");
  expect(await call(collector, "POST", "/plugins/acme.mine/reload")).toMatchObject({ body: { outcome: "reloaded" } });
  expect(collector.status().agents[0]).toMatchObject({ state: "planned", pid: null });
});

async function findsItsModulesAgain(live: LivePlugins, toml: string) {
  const folder = live.write("acme.mine");
  const source = readFileSync(join(folder, "main.mjs"), "utf8");
  mkdirSync(join(folder, "node_modules", "dep"), { recursive: true });
  writeFileSync(
    join(folder, "node_modules", "dep", "package.json"),
    '{"name":"dep","type":"module","exports":"./index.js"}',
  );
  writeFileSync(join(folder, "node_modules", "dep", "index.js"), "export const dep = 1;");
  live.write("acme.mine", { source: `import "dep";\n${source}` });
  const collector = await live.started(toml);
  live.write("acme.mine", { source: "throw new Error('an edit')" });
  expect(await call(collector, "POST", "/plugins/acme.mine/reload")).toMatchObject({ status: 409 });
  expect(collector.status().agents[0]).toMatchObject({ state: "running" });
}

test.concurrent("modules beside a plugin are found by the copy that runs when an edit failed, too", (context) =>
  findsItsModulesAgain(begin(context), mine));

test.runIf(needs("bwrap"))("they are found behind walls as well", { concurrent: true }, (context) =>
  findsItsModulesAgain(begin(context), `${mine}sandbox = "require"\n`),
);

test.concurrent("a plugin that writes into its own folder is not started anew for ever", async (context) => {
  const live = begin(context);
  const folder = live.write("acme.mine");
  const source = readFileSync(join(folder, "main.mjs"), "utf8");
  const writes =
    'import { mkdirSync, readFileSync, writeFileSync } from "node:fs";\nwriteFileSync("state.json", String(Date.now()));\n';
  live.write("acme.mine", { source: `${writes}${source}` });
  await live.started(mine);
  await live.until(() => live.said.some(({ code }) => code === "dev-watch"));
  const told = live.said.find(({ code }) => code === "dev-watch")?.message;
  expect(told).toContain("changes all the time: acme.mine is reloaded no more than 8 times a minute");
  expect(live.said.filter(({ code }) => code === "plugin-reloaded").length).toBeLessThanOrEqual(8);
});
