import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { call, LivePlugins } from "./live-plugins.ts";
import { LiveTrust, textOf } from "./live-trust.ts";

let live: LivePlugins;
beforeEach(() => {
  live = new LivePlugins();
});
afterEach(() => live.end());

function needs(dependencies: Readonly<Record<string, string>>): string {
  const lines = Object.entries(dependencies).map(([id, range]) => `"${id}" = "${range}"`);
  return `[plugin.dependencies]\n${lines.join("\n")}\n`;
}

test("a plugin pulls in what it needs, which is active before it and ends after it", async () => {
  live.write("acme.top", { more: needs({ "acme.mid": "^1", "acme.low": "*" }) });
  live.write("acme.mid", { more: needs({ "acme.low": ">=1.0 <2" }) });
  live.write("acme.low");
  live.write("acme.idle");
  const collector = await live.collector('[plugins.work]\nplugin = "acme.top"\n');
  const seen: string[] = [];
  collector.on("plugin:activated", ({ plugin_id: id }) => seen.push(`${id} active`));
  collector.on("agent:state", ({ label, state }) => {
    if (state === "starting" || state === "stopped") seen.push(`${label} ${state}`);
  });
  await collector.start();
  await live.until(() => seen.includes("acme.top active"));
  expect(seen).toEqual([
    "low starting",
    "acme.low active",
    "mid starting",
    "acme.mid active",
    "work starting",
    "acme.top active",
  ]);
  const { plugins } = (await call(collector, "GET", "/plugins")).body as {
    plugins: { plugin_id: string; state: string }[];
  };
  expect(plugins.map(({ plugin_id: id, state }) => [id, state])).toEqual([
    ["acme.top", "active"],
    ["acme.low", "active"],
    ["acme.mid", "active"],
    ["acme.idle", "discovered"],
  ]);
  seen.length = 0;
  await collector.stop();
  expect(seen).toEqual(["work stopped", "mid stopped", "low stopped"]);
});

test("who needs what is not here, does not fit or is switched off waits and says why; all others run", async () => {
  live.write("acme.top", { more: needs({ "acme.mid": "^1" }) });
  live.write("acme.mid", { more: needs({ "acme.low": "^2" }) });
  live.write("acme.low", { version: "1.4.0" });
  live.write("acme.off-needs", { more: needs({ "acme.off": "*" }) });
  live.write("acme.off");
  live.write("acme.a", { more: needs({ "acme.b": "*" }) });
  live.write("acme.b", { more: needs({ "acme.a": "*" }) });
  live.write("acme.other");
  const collector = await live.started(
    ["top", "low", "off-needs", "a", "other"].map((name) => `[plugins.${name}]\nplugin = "acme.${name}"\n`).join("") +
      '[plugins.off]\nplugin = "acme.off"\nenabled = false\n',
  );
  const states = collector.status().agents.map(({ label, state }) => [label, state]);
  expect(states).toEqual([
    ["top", "blocked"],
    ["low", "running"],
    ["off-needs", "blocked"],
    ["a", "blocked"],
    ["other", "running"],
  ]);
  const { problems } = (await call(collector, "GET", "/plugins")).body as {
    problems: { code: string; message: string }[];
  };
  expect(problems.map(({ code, message }) => [code, message.replace(/; mimolo [^;]*$/, "")])).toEqual([
    ["dependency", "top: acme.top → acme.mid → acme.low: acme.low ^2 is needed, 1.4.0 is here"],
    ["dependency", "off-needs: acme.off-needs → acme.off: acme.off * is needed and is disabled"],
    [
      "dependency",
      "a: acme.a → acme.b → acme.a: they need each other in a circle; one of them has to do without: tell its author",
    ],
    // Nobody runs these, and nobody could.
    [
      "dependency",
      "acme.b → acme.a → acme.b: they need each other in a circle; one of them has to do without: tell its author",
    ],
    ["dependency", "acme.mid → acme.low: acme.low ^2 is needed, 1.4.0 is here"],
  ]);
  await expect(collector.control("top", "start")).rejects.toThrow("acme.low ^2 is needed, 1.4.0 is here");
});

test("what is installed waits for what it needs, and starts once that is installed too", async () => {
  const trusted = new LiveTrust();
  await trusted.scene.trustAuthor();
  const program = textOf("reports-work");
  const packed = (id: string, lines: object = {}) => trusted.scene.packed({ id, program, ...lines });
  await trusted.scene.install(await packed("acme.top", { needs: { "acme.low": "^2" } }));
  await trusted.scene.install(await packed("acme.low", { version: "1.4.0" }));
  const agents = { top: { plugin: "acme.top", heartbeat_interval_s: 0.5 } };
  await trusted.start(agents);
  const waiting = await trusted.blocked("top");
  expect(waiting.blocked).toMatch(
    /^acme.top → acme.low: acme.low \^2 is needed, 1.4.0 is here; mimolo plugin install 'acme.low@\^2'/,
  );
  const path = await packed("acme.low", { version: "2.1.0" });
  expect(await trusted.ask("POST", "/plugins/acme.low/install", { path })).toMatchObject({ status: 201 });
  expect((await trusted.running("top")).plugin_id).toBe("acme.top");
  expect((await trusted.running("low")).plugin_id).toBe("acme.low");
  expect(await trusted.ask("DELETE", "/plugins/acme.low")).toMatchObject({
    status: 409,
    body: { code: "dependency", reason: "needed" },
  });
});

test("a plugin that is configured and cannot be read is told with its line", async () => {
  const folder = live.write("acme.typo");
  writeFileSync(join(folder, "plugin.toml"), '[plugin]\nid = "acme.typo"\nname = = 1\n');
  const error: unknown = await live
    .collector('[plugins.typo]\nplugin = "acme.typo"\n')
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: "unknown-plugin",
    hint: expect.stringContaining(
      `what lies here and cannot be used: ${folder}/plugin.toml:3: not valid TOML`,
    ) as string,
  });
});

test("a thousand npm packages keep nobody waiting while somebody asks for the plugins", async () => {
  const modules = join(live.root, "project", "node_modules");
  for (let index = 0; index < 1_000; index += 1) {
    const folder = join(modules, index % 10 === 0 ? `@scope-${index % 100}/p${index}` : `p${index}`);
    mkdirSync(folder, { recursive: true });
    const mimolo = index % 20 === 0 ? { mimolo: { id: `acme.p${index}`, type: "agent", entry: "main.mjs" } } : {};
    const more = { scripts: { postinstall: "exit 1" }, description: "x".repeat(1_000) };
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ name: `p${index}`, version: "1.0.0", ...more, ...mimolo }),
    );
    if (index % 20 === 0) writeFileSync(join(folder, "main.mjs"), "throw new Error('it was run')");
  }
  const collector = await live.started("");
  const ask = async () => {
    const { plugins } = (await call(collector, "GET", "/plugins")).body as { plugins: { plugin_id: string }[] };
    return plugins.length;
  };
  const looked = { at: false };
  const asked = Promise.all(Array.from({ length: 10 }, ask)).finally(() => (looked.at = true));
  let answered = 0;
  for (; !looked.at; answered += 1) await call(collector, "GET", "/health");
  expect(new Set(await asked)).toEqual(new Set([50]));
  // One that had to wait for all of it would be the only one.
  expect(answered).toBeGreaterThan(1);
  // What was looked at before is not read again, and what changed is.
  rmSync(join(modules, "p1"), { recursive: true });
  writeFileSync(join(modules, "p3", "main.mjs"), "");
  writeFileSync(
    join(modules, "p3", "package.json"),
    JSON.stringify({ version: "1.0.0", mimolo: { id: "acme.p3", type: "agent", entry: "main.mjs" } }),
  );
  expect(await ask()).toBe(51);
});
