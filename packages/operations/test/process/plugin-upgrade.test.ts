import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UpgradeReport } from "@mimolo/protocol";
import { readTrust } from "@mimolo/trust";
import { publish } from "@mimolo/trust/registry";
import { expect, onTestFinished, test } from "vitest";
import { type Collector, createCollector, loadConfig, openArchive } from "../../src/index.ts";
import { type DeskScene, deskScene } from "../trust/desk-scene.ts";
import { call } from "./live-plugins.ts";

const fixture = readFileSync(fileURLToPath(new URL("../fixtures/plugins/tells-its-life.mjs", import.meta.url)), "utf8");

/** A registry with versions of a plugin; 1.2.0 dies when it is to begin. */
async function registryOf(scene: DeskScene, versions: readonly string[]): Promise<string> {
  const registry = join(scene.folder, "registry");
  for (const version of versions) {
    const program = fixture.replaceAll("VERSION", version);
    const own = version === "1.2.0" ? program.replace("settings.fails === phase", 'phase === "activate"') : program;
    await publish({ packagePath: await scene.packed({ version, program: own }), directory: registry });
  }
  return registry;
}

async function running(scene: DeskScene, registry: string): Promise<Collector> {
  const file = join(scene.folder, "mimolo.toml");
  const agents = '[plugins.x]\nplugin = "acme.x"\nheartbeat_interval_s = 0.5\n';
  writeFileSync(file, `${agents}[registry]\nsources = [${JSON.stringify(registry)}]\n`);
  const config = loadConfig({
    cwd: scene.folder,
    env: {},
    configFile: file,
    userConfigDir: join(scene.folder, "none"),
    globalFile: join(scene.folder, "none.toml"),
  });
  const collector = await createCollector({ dataDir: scene.root, config, cwd: scene.folder });
  onTestFinished(() => collector.stop({ hurry: true }));
  const active = new Promise((resolve) => collector.on("plugin:activated", resolve));
  await collector.start();
  await active;
  return collector;
}

const installedVersion = (scene: DeskScene) => readTrust(scene.directory.trustFile).allow.map(({ version }) => version);

test("an upgrade takes the place of what runs once it is healthy; one that is not is taken back", async () => {
  const scene = deskScene();
  const registry = await registryOf(scene, ["1.0.0", "1.1.0"]);
  await scene.trustAuthor();
  await scene.install(join(registry, readdirSync(registry).find((name) => name.includes("1.0.0")) ?? ""));
  const collector = await running(scene, registry);
  const events: unknown[] = [];
  collector.on("plugin:installed", (event) => events.push(event));

  const upgraded = await call(collector, "POST", "/plugins/acme.x/upgrade", {});
  expect(upgraded.status).toBe(200);
  expect(UpgradeReport.parse(upgraded.body).upgrades).toMatchObject([
    { plugin_id: "acme.x", from: "1.0.0", to: "1.1.0", outcome: "upgraded" },
  ]);
  expect(events).toEqual([{ plugin_id: "acme.x", version: "1.1.0", status: "replaced" }]);
  expect(installedVersion(scene)).toEqual(["1.1.0"]);
  expect(await call(collector, "POST", "/plugins/acme.x/upgrade")).toMatchObject({
    status: 200,
    body: { upgrades: [] },
  });

  await registryOf(scene, ["1.2.0"]);
  const before = collector.status().agents[0];
  const refused = await call(collector, "POST", "/plugins/acme.x/upgrade", {});
  expect(refused).toMatchObject({ status: 409, body: { code: "rolled-back" } });
  expect(refused.body["detail"]).toContain("acme.x 1.2.0 was taken back: x did not come up");
  expect(installedVersion(scene)).toEqual(["1.1.0"]);
  expect(collector.status().agents).toMatchObject([
    { label: "x", state: "running", instance_id: before?.instance_id, verdict: "trusted" },
  ]);
  expect(await call(collector, "GET", "/plugins/acme.x/status")).toMatchObject({
    body: { version: "1.1.0", state: "active" },
  });

  await collector.committed();
  const told: string[] = [];
  for await (const { record } of openArchive(scene.root).evidence({ kind: "message" })) {
    if (record.kind !== "message") continue;
    const { data } = record.message as { data?: { version?: string; what?: string } };
    told.push(`${data?.version} ${data?.what}`);
  }
  const lived = (version: string, ...more: string[]) =>
    ["initialize", "activate", ...more].map((what) => `${version} ${what}`);
  const ended = ["suspend", "flush", "unload"];
  expect(told).toEqual([
    ...lived("1.0.0", ...ended),
    ...lived("1.1.0", ...ended),
    "1.2.0 initialize",
    ...lived("1.1.0"),
  ]);
});

test("a version that is not offered, and a plugin that is not installed, are told", async () => {
  const scene = deskScene();
  const registry = await registryOf(scene, ["1.0.0"]);
  await scene.trustAuthor();
  await scene.install(join(registry, readdirSync(registry).find((name) => name.includes("1.0.0")) ?? ""));
  const collector = await running(scene, registry);
  expect(await call(collector, "POST", "/plugins/acme.x/upgrade", { version: "9.9.9" })).toMatchObject({
    status: 404,
    body: { code: "not-offered" },
  });
  expect(await call(collector, "POST", "/plugins/acme.y/upgrade", {})).toMatchObject({
    status: 404,
    body: { code: "unknown-plugin", hint: "mimolo plugin install acme.y" },
  });
});
