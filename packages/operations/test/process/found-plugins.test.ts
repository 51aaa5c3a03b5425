import { copyFileSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RegisterReport } from "@mimolo/protocol";
import { newestSecretKey, readTrust } from "@mimolo/trust";
import { packPlugin } from "@mimolo/trust/package";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import {
  type CollectorOptions,
  createCollector,
  dataDirectory,
  loadConfig,
  openArchive,
  registerHere,
} from "../../src/index.ts";
import { withTrustDesk } from "../../src/trust/index.ts";

const fixture = fileURLToPath(new URL("../fixtures/agents/reports-work.mjs", import.meta.url));

let root = "";
const running: Collector[] = [];
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "mimolo found ")));
  mkdirSync(join(root, "project"));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((collector) => collector.stop({ hurry: true })));
  rmSync(root, { recursive: true, force: true });
});

const data = () => join(root, "data");

/** A plugin that somebody is writing. */
function plugin(folder: string, id: string, more = ""): string {
  const at = join(root, folder);
  mkdirSync(at, { recursive: true });
  const head = `[plugin]\nid = "${id}"\nname = "Found"\nversion = "1.2.3"\ntype = "agent"\nentry = "main.mjs"\n`;
  writeFileSync(join(at, "plugin.toml"), `${head}interfaces = ["command"]\n${more}`);
  copyFileSync(fixture, join(at, "main.mjs"));
  return at;
}

async function collectorOf(toml: string, more: Partial<CollectorOptions> = {}): Promise<Collector> {
  const file = join(root, "project", "mimolo.toml");
  writeFileSync(file, toml);
  const config = loadConfig({
    cwd: join(root, "project"),
    env: {},
    configFile: file,
    userConfigDir: join(root, "none"),
    globalFile: join(root, "none.toml"),
    builtins: [],
  });
  const collector = await createCollector({ dataDir: data(), cwd: join(root, "project"), config, env: {}, ...more });
  running.push(collector);
  return collector;
}

const wanted = '[plugins.mine]\nplugin = "acme.mine"\nheartbeat_interval_s = 0.5\nagent_flush_interval_s = 0.5\n';

test("a plugin in the dev folder runs in developer mode, and each of its records says so", async () => {
  plugin(
    "data/plugins/dev/mine",
    "acme.mine",
    "[plugin.capabilities]\nfilesystem = true\n[plugin.defaults]\nunit = 5\n",
  );
  const collector = await collectorOf(wanted, { dev: true });
  expect(collector.plans[0]).toMatchObject({ pluginId: "acme.mine", verdict: "dev", blocked: null, version: "1.2.3" });
  expect(collector.plans[0]?.settings).toEqual({ unit: 5 });
  const opened = new Promise((resolve) => collector.on("segment:opened", resolve));
  await collector.start();
  await opened;
  await collector.stop();
  const origins = new Set<string>();
  for await (const { record } of openArchive(data()).evidence({ kind: "message" })) {
    origins.add(`${"plugin_id" in record && record.plugin_id} ${"trust" in record && record.trust}`);
  }
  expect([...origins]).toEqual(["acme.mine dev"]);
});

test("the same plugin is blocked in release mode, with the commands that help", async () => {
  const folder = plugin("data/plugins/dev/mine", "acme.mine");
  const collector = await collectorOf(wanted);
  const [plan] = collector.plans;
  expect(plan).toMatchObject({ verdict: "unsigned", pluginId: "acme.mine" });
  expect(plan?.blocked).toBe(
    `it was found in ${folder} and nobody installed it; mimolo plugin pack '${folder}' --sign --data-dir '${data()}', then: ` +
      `mimolo plugin install acme.mine-1.2.3.mmpkg --data-dir '${data()}'; while you write it: mimolo run --dev`,
  );
  await collector.start();
  expect(collector.status().agents).toMatchObject([
    { label: "mine", state: "blocked", verdict: "unsigned", pid: null },
  ]);
});

test("[registry] paths and npm packages are looked through, and nothing found is run by being found", async () => {
  const proof = join(root, "proof");
  const spy = `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(proof)}, "ran");\n`;
  const registry = plugin("registry/one", "acme.mine");
  const npm = plugin("project/node_modules/@acme/two", "acme.two");
  for (const folder of [registry, npm]) writeFileSync(join(folder, "main.mjs"), spy);
  const scripts = { preinstall: "node main.mjs", install: "node main.mjs", postinstall: "node main.mjs" };
  writeFileSync(
    join(npm, "package.json"),
    JSON.stringify({ name: "@acme/two", main: "main.mjs", scripts, mimolo: true }),
  );
  plugin("data/plugins/dev/again", "acme.two");
  mkdirSync(join(root, "data/plugins/dev/broken"));
  writeFileSync(join(root, "data/plugins/dev/broken/plugin.toml"), '[plugin]\nid = "acme.broken"\nname = 5\n');
  const collector = await collectorOf(`[registry]\npaths = ["${join(root, "registry")}"]\n${wanted}`);
  await collector.start();
  const report = registerHere({
    plans: collector.plans,
    builtins: [],
    directory: dataDirectory(data()),
    paths: collector.config.registry.paths,
    cwd: join(root, "project"),
  });
  expect(RegisterReport.parse(report)).toEqual(report);
  const one = { name: "Found", version: "1.2.3", type: "agent", verdict: "unsigned", interfaces: ["command"] };
  const none = { capabilities: [], permissions: [] };
  expect(report.plugins).toEqual([
    { ...one, ...none, plugin_id: "acme.mine", state: "discovered", path: registry },
    { ...one, ...none, plugin_id: "acme.two", state: "discovered", path: join(root, "data/plugins/dev/again") },
  ]);
  expect(report.problems).toMatchObject([
    { code: "unsigned", message: /^mine: it was found in / },
    { path: join(root, "data/plugins/dev/broken/plugin.toml"), message: /\(and 1 more\)$/ },
    { code: "duplicate-id", path: join(npm, "plugin.toml") },
  ]);
  await collector.stop();
  expect(existsSync(proof)).toBe(false);
});

test("a blocked plugin that is packed and installed meanwhile starts by itself", async () => {
  const folder = plugin("data/plugins/dev/mine", "acme.mine");
  const collector = await collectorOf(wanted);
  await withTrustDesk(data(), (desk) => desk.newKey({ scope: ["acme.*"], by: "cli" }));
  await collector.start();
  expect(collector.status().agents).toMatchObject([{ label: "mine", state: "blocked", verdict: "unsigned" }]);
  const { trustFile, keys } = dataDirectory(data());
  const sign = newestSecretKey(keys, readTrust(trustFile), "acme.mine");
  if (sign === null) throw new Error("there is no key to sign with");
  const { bytes, fileName } = await packPlugin({ directory: folder, sign });
  const path = join(root, fileName);
  writeFileSync(path, bytes);
  const answer = await post(collector, "/plugins/acme.mine/install", { path });
  expect(answer).toBeLessThan(300);
  await expect
    .poll(() => collector.status().agents, { timeout: 10_000 })
    .toMatchObject([{ label: "mine", state: "running", verdict: "trusted" }]);
});

/** The status of one request over the control socket. */
function post(collector: Collector, path: string, body: object): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json" };
    const at = { socketPath: collector.address ?? "", method: "POST", path: `/api/v1${path}`, headers };
    const sent = request(at, (reply) => {
      reply.resume().on("end", () => resolve(reply.statusCode ?? 0));
    });
    sent.on("error", reject).end(JSON.stringify(body));
  });
}
