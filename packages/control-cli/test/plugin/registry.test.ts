import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PublishReport, SearchReport, UpgradeReport } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { registryPlace } from "./place.ts";

interface Installed {
  readonly plugin_id: string;
  readonly version: string;
  readonly granted: readonly string[];
  readonly replaced: string | null;
  readonly changed: boolean;
  readonly manifest_sha256: string;
  readonly dependencies: readonly Installed[];
}

test("from an author's folder to an installed plugin with what it needs, without a file named", async () => {
  const { cwd, json, error, mimolo, publish } = await registryPlace();
  const published = await publish("acme.low");
  expect(PublishReport.parse(published)).toMatchObject({ changed: true, index: join(cwd, "registry", "index.json") });
  expect(await publish("acme.low")).toMatchObject({ changed: false });
  await publish("acme.top", { needs: { "acme.low": "^1" }, touches: ["filesystem"] });

  const all = SearchReport.parse(await json("plugin", "search"));
  expect(all.plugins.map(({ plugin_id, installed }) => [plugin_id, installed])).toEqual([
    ["acme.low", null],
    ["acme.top", null],
  ]);
  expect((await json<SearchReport>("plugin", "search", "top", "PLUGIN")).plugins).toHaveLength(1);
  expect((await mimolo("plugin", "search", "nothing-like-it")).out).toContain("Nothing is offered");
  expect(await json("plugin", "info", "acme.top")).toMatchObject({
    plugin_id: "acme.top",
    verdict: "trusted",
    dependencies: { "acme.low": "^1" },
    offers: [{ version: "1.0.0", installed: null }],
  });

  const asked = await error("plugin", "install", "acme.top");
  expect(asked).toMatchObject({ exit: 4, code: "needs-consent" });
  expect(asked.hint).toContain("mimolo plugin install acme.top --grant filesystem");
  expect((await mimolo("plugin", "list")).out).not.toContain("acme.");
  const installed = await json<Installed>("plugin", "install", "acme.top@^1", "--grant", "filesystem");
  expect(installed).toMatchObject({ plugin_id: "acme.top", granted: ["filesystem"], replaced: null, changed: true });
  expect(installed.dependencies.map(({ plugin_id }) => plugin_id)).toEqual(["acme.low"]);
  expect(await json("plugin", "install", "acme.top")).toMatchObject({ changed: false, dependencies: [] });
  const about = (await mimolo("plugin", "info", "acme.low")).out;
  expect(about).toMatch(/needed by {2}acme\.top/);
});

test("what was packed is named while it is little, and who publishes hears what others type", async () => {
  const { cwd, mimolo, write } = await registryPlace();
  const folder = write("acme.low");
  writeFileSync(join(cwd, "acme.low", "stray letter.txt"), "");
  const packed = await mimolo("plugin", "pack", folder);
  expect(packed.out).toContain("  acme.low 1.0.0, 3 files, ");
  expect(packed.out).toContain("\n  main.mjs  schema.json  stray letter.txt\n");
  for (let index = 0; index < 18; index += 1) writeFileSync(join(cwd, "acme.low", `${index}.txt`), "");
  const many = (await mimolo("plugin", "pack", folder)).out;
  expect(many).toContain(", 21 files, ");
  expect(many).not.toContain("main.mjs");

  const published = await mimolo("plugin", "publish", folder, "--to", "registry");
  expect(published.out).toContain(`  [registry]\n  sources = ["${join(cwd, "registry")}"]\n`);
  expect(published.out).toMatch(
    / {2}mimolo key trust [0-9A-F]{16}\.pub --scope acme\.low\n {2}mimolo plugin install acme\.low\n/,
  );
});

test("whoever raises the version in one place only hears of both before it is published", async () => {
  const { cwd, mimolo, publish, write } = await registryPlace();
  await publish("acme.low");
  const folder = write("acme.low", { version: "1.0.1" });
  writeFileSync(join(cwd, "acme.low", "main.mjs"), 'say({ type: "handshake", agent_version: "1.0.0" });');
  const told = "plugin.toml says version 1.0.1, and main.mjs still says 1.0.0";
  const packed = await mimolo("plugin", "pack", folder);
  expect([packed.code, packed.err]).toEqual([0, expect.stringContaining(told)]);
  // Where nobody can be asked, what a script wants is done.
  const published = await mimolo("plugin", "publish", folder, "--to", "registry");
  expect([published.code, published.err]).toEqual([0, expect.stringContaining(told)]);
  expect((await mimolo("plugin", "pack", write("acme.low", { version: "1.0.1" }))).err).toBe("");
});

test.runIf(existsSync("/proc/self"))("a registry where no folder can be made is refused at once", async () => {
  const { error, write } = await registryPlace();
  expect(await error("plugin", "publish", write("acme.low"), "--to", "/proc/x")).toMatchObject({
    exit: 1,
    code: "registry-unwritable",
    message: expect.stringContaining("/proc/x cannot be made"),
  });
});

test("a program of one's own under a plugin's label stands in its place, which whoever enables it is told", async () => {
  const { cwd, error, json, publish } = await registryPlace();
  await json("key", "new", "--scope", "local.*");
  await publish("acme.inbox");
  await publish("local.seen");
  for (const id of ["acme.inbox", "local.seen"]) await json("plugin", "install", id, "--yes");
  const file = join(cwd, "mimolo.toml");
  appendFileSync(file, '[plugins.seen]\nexecutable = "./main.py"\n[plugins.inbox]\nexecutable = "./other.py"\n');
  expect(await error("plugin", "enable", "local.seen")).toMatchObject({
    exit: 1,
    code: "blocked",
    message: `seen is another program here: [plugins.seen] of ${file}:3 runs ./main.py, and local.seen 1.0.0 stays unused`,
    hint: `do that in a folder without such a section, or take [plugins.seen] out of ${file}`,
  });
  // Its id is another one, so it gets a label beside the one that is taken.
  expect(await json("plugin", "enable", "acme.inbox")).toMatchObject({ outcome: "enabled", agents: ["inbox-2"] });
});

test.runIf(needs("bwrap"))("a setting that leads to what a plugin will not see is kept with a warning", async () => {
  const { cwd, json, mimolo, publish } = await registryPlace();
  await publish("acme.asks", { touches: ["filesystem"] });
  await publish("acme.none");
  for (const id of ["acme.asks", "acme.none"]) {
    await json("plugin", "install", id, "--yes");
    await json("plugin", "enable", id);
  }
  await json("plugin", "revoke", "acme.asks", "filesystem");
  const outside = `${cwd}/registry lies outside what`;
  const asks = await mimolo("plugin", "config", "acme.asks", `folder=${cwd}/registry`, `other=${cwd}/not-there`);
  expect(asks.err).toMatch(
    /^warning: [^\n]*; it has no filesystem grant: mimolo plugin grant acme\.asks filesystem[^\n]*\n$/,
  );
  expect([asks.code, asks.err]).toEqual([0, expect.stringContaining(`${outside} asks may see`)]);
  const none = await mimolo("plugin", "config", "acme.none", `folder=${cwd}/registry`);
  expect(none.err).toContain(
    `${outside} none may see; it asks for no files, so none can be granted: its author has to`,
  );
  await json("plugin", "grant", "acme.asks", "filesystem");
  expect((await mimolo("plugin", "config", "acme.asks", `folder=${cwd}/registry/.`)).err).toBe("");
});

test("a package at hand brings what it needs from the registries, and says what they do not offer", async () => {
  const { cwd, json, mimolo, publish, write } = await registryPlace();
  await publish("acme.low", { version: "1.4.0" });
  await json("plugin", "pack", write("acme.top", { needs: { "acme.low": "^1", "acme.gone": "^2" } }), "--sign");
  const { code, out, err } = await mimolo("plugin", "install", join(cwd, "acme.top-1.0.0.mmpkg"));
  expect([code, err]).toEqual([0, expect.stringContaining("acme.gone ^2 is needed")]);
  expect(out).toMatch(/Installed: acme\.low 1\.4\.0[^]*Installed: acme\.top 1\.0\.0/);
});

test("what cannot be had is told in its own words, and nothing comes in", async () => {
  const { cwd, error, mimolo, publish } = await registryPlace();
  expect(await error("plugin", "install", "acme.low")).toMatchObject({ exit: 2, code: "not-offered" });
  await publish("acme.low");
  await publish("acme.top", { needs: { "acme.low": "^2" } });
  expect(await error("plugin", "install", "low")).toMatchObject({ exit: 2, code: "not-offered" });
  expect((await error("plugin", "install", "low")).message).toContain("did you mean acme.low?");
  expect((await error("plugin", "install", "acme.low@^3")).message).toContain("there is 1.0.0 only");
  expect(await error("plugin", "install", "acme.low@")).toMatchObject({ exit: 2, code: "usage" });
  const conflict = await error("plugin", "install", "acme.top");
  expect(conflict).toMatchObject({ exit: 1, code: "dependency" });
  expect(conflict.message).toContain("acme.top → acme.low: acme.low ^2 is needed");
  appendFileSync(join(cwd, "registry", "acme.low-1.0.0.mmpkg"), "damage");
  expect(await error("plugin", "install", "acme.low")).toMatchObject({ exit: 4, code: "registry-mismatch" });
  expect(await error("plugin", "info", "acme.gone")).toMatchObject({ exit: 2, code: "unknown-plugin" });
  expect((await mimolo("plugin", "info", "acme.low")).out).toContain("its package cannot be read");
  writeFileSync(join(cwd, "mimolo.toml"), "");
  expect((await mimolo("plugin", "search")).out).toContain("No registry is named here");
  expect((await mimolo("plugin", "upgrade")).out).toContain("No registry is named here");
  expect((await error("plugin", "install", "acme.low")).hint).toContain("[registry] sources");
});

test("only what is signed is published, a version never changes, and where to has to be said", async () => {
  const { cwd, error, json, write } = await registryPlace();
  const folder = write("acme.low");
  expect(await error("plugin", "publish", folder)).toMatchObject({ exit: 2, code: "usage" });
  await json("plugin", "pack", folder);
  expect(await error("plugin", "publish", "acme.low-1.0.0.mmpkg", "--to", "r")).toMatchObject({
    exit: 4,
    code: "unsigned",
  });
  expect(await error("plugin", "publish", write("other.one"), "--to", "r")).toMatchObject({ exit: 4, code: "no-key" });
  await json("plugin", "publish", folder, "--to", "r");
  write("acme.low", { program: "// another one\n" });
  expect(await error("plugin", "publish", folder, "--to", "r")).toMatchObject({ exit: 2, code: "version-taken" });
  expect(readFileSync(join(cwd, "r", "index.json"), "utf8").match(/acme\.low-1\.0\.0/g)).toHaveLength(1);
});

test("a setting that its plugin's schema does not allow fails the doctor, as it would a start", async () => {
  const { cwd, json, mimolo, publish } = await registryPlace();
  await publish("acme.low");
  await json("plugin", "install", "acme.low");
  const wrong = '[plugins.low]\nplugin = "acme.low"\ndepth = "deep"\n';
  writeFileSync(join(cwd, "mimolo.toml"), wrong);
  const { code, out } = await mimolo("doctor", "--config", "mimolo.toml");
  expect([code, out]).toEqual([1, expect.stringMatching(/failed\s+config .*mimolo\.toml:3.*"depth"/)]);
});

test("an upgrade goes as far as everybody here allows, asks for what is new, and is offered by doctor", async () => {
  const { json, mimolo, error, publish } = await registryPlace();
  await publish("acme.low");
  await publish("acme.top", { needs: { "acme.low": "^1" } });
  await json("plugin", "install", "acme.top");
  expect((await mimolo("plugin", "upgrade")).out).toContain("Nothing newer is offered");
  await publish("acme.low", { version: "1.1.0" });
  await publish("acme.low", { version: "2.0.0" });
  await publish("acme.top", { version: "1.1.0", needs: { "acme.low": "^1" }, touches: ["subprocess"] });
  const dry = UpgradeReport.parse(await json("plugin", "upgrade", "--dry-run"));
  expect(dry.upgrades).toMatchObject([
    { plugin_id: "acme.low", from: "1.0.0", to: "1.1.0", outcome: "available" },
    { plugin_id: "acme.top", from: "1.0.0", to: "1.1.0", outcome: "available" },
  ]);
  expect(dry.upgrades[0]?.message).toContain("2.0.0 is held back: acme.top → acme.low");
  const { checks } = await json<{ checks: { id: string; message: string; fix?: string }[] }>("doctor");
  expect(checks.find(({ id }) => id === "updates")).toMatchObject({
    message: "offered: acme.low 1.0.0 → 1.1.0, acme.top 1.0.0 → 1.1.0",
    fix: "mimolo plugin upgrade --dry-run",
  });
  const { code, out } = await mimolo("plugin", "upgrade", "--json");
  expect(code).toBe(4);
  expect((JSON.parse(out) as UpgradeReport).upgrades.map(({ outcome }) => outcome)).toEqual(["upgraded", "waiting"]);
  // The option that takes many gives back the id behind its values.
  expect(await json("plugin", "upgrade", "--grant", "subprocess", "acme.top")).toMatchObject({
    upgrades: [{ outcome: "upgraded" }],
  });
  const held = await mimolo("plugin", "upgrade", "acme.low");
  expect([held.code, held.out]).toEqual([1, expect.stringContaining("2.0.0 is held back")]);
  expect((await mimolo("plugin", "upgrade")).code).toBe(0);
  expect(await error("plugin", "upgrade", "acme.gone")).toMatchObject({ exit: 2, code: "unknown-plugin" });
});
