import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BuiltinPlugin } from "@mimolo/protocol";
import { openPackage, packPlugin } from "@mimolo/trust/package";
import { expect, test } from "vitest";
import { shellWord } from "../../src/allow-command.ts";
import { registerHere } from "../../src/index.ts";
import { DeskScene } from "../trust/desk-scene.ts";

/** What `register` would say of everything beside the built-in plugins. */
function register({ directory, folder }: DeskScene) {
  const { plugins, problems } = registerHere({ plans: [], builtins: [], directory, paths: [], cwd: folder });
  return {
    plugins: plugins.map(({ plugin_id: id, version, verdict, state }) => [id, version, verdict, state]),
    problems: problems.map(({ path, code, message }) => ({ path, code, message })),
  };
}

test("what is installed is listed as it would be judged, and what is missing is said", async () => {
  const scene = new DeskScene();
  await scene.trustAuthor();
  await scene.desk(async (desk) => {
    for (const id of ["acme.good", "acme.changed", "acme.gone", "acme.asks"]) {
      const capabilities = id === "acme.asks" ? ["filesystem", "network"] : [];
      const path = await scene.packed({ id, capabilities });
      await desk.install({ path, grants: "all", by: "cli" });
    }
    await desk.revoke({ pluginId: "acme.asks", capabilities: ["filesystem"], by: "cli" });
  });
  const { plugins } = registerHere({
    plans: [],
    builtins: [],
    directory: scene.directory,
    paths: [],
    cwd: scene.folder,
  });
  const pathOf = (id: string) => plugins.find(({ plugin_id }) => plugin_id === id)?.path ?? "";
  const [changed, gone] = [pathOf("acme.changed"), pathOf("acme.gone")];
  for (const path of [changed, gone, join(changed, "main.mjs")]) chmodSync(path, 0o700);
  writeFileSync(join(changed, "main.mjs"), "other");
  rmSync(join(gone, "mimolo-plugin.json"));

  const report = register(scene);
  expect(report.plugins).toEqual([
    ["acme.asks", "1.0.0", "trusted", "discovered"],
    ["acme.changed", "1.0.0", "modified", "discovered"],
    ["acme.gone", "1.0.0", "missing-file", "discovered"],
    ["acme.good", "1.0.0", "trusted", "discovered"],
  ]);
  expect(report.problems.map(({ path, code }) => [path, code])).toEqual([
    [pathOf("acme.asks"), "needs-consent"],
    [changed, "modified"],
    [gone, "missing-file"],
  ]);
  expect(report.problems[0]?.message).toBe(
    `needs consent: filesystem; grant with: mimolo plugin grant acme.asks filesystem --data-dir ${shellWord(scene.root)}`,
  );
});

test("an unpacked package that merely lies there is not trusted, whoever signed it", async () => {
  const scene = new DeskScene();
  await scene.trustAuthor();
  for (const [name, sign] of [
    ["signed", scene.author],
    ["unsigned", null],
  ] as const) {
    const opened = await openPackage(await scene.packed({ id: `acme.${name}` }, sign));
    await opened.stage(join(scene.directory.devPlugins, name));
    opened.close();
  }
  const report = register(scene);
  expect(report.plugins).toEqual([
    ["acme.signed", "1.0.0", "not-allowlisted", "discovered"],
    ["acme.unsigned", "1.0.0", "unsigned", "discovered"],
  ]);
  expect(report.problems).toEqual([]);
});

test("of an installed plugin and one in the dev folder the installed one counts", async () => {
  const scene = new DeskScene();
  await scene.trustAuthor();
  await scene.desk(async (desk) => desk.install({ path: await scene.packed(), grants: "all", by: "cli" }));
  const folder = join(scene.directory.devPlugins, "mine");
  mkdirSync(folder);
  writeFileSync(
    join(folder, "plugin.toml"),
    '[plugin]\nid = "acme.x"\nversion = "9.0.0"\ntype = "agent"\nentry = "main.mjs"\n',
  );
  writeFileSync(join(folder, "main.mjs"), "");
  expect((await packPlugin({ directory: folder })).manifest.version).toBe("9.0.0");
  const report = register(scene);
  expect(report.plugins).toEqual([["acme.x", "1.0.0", "trusted", "discovered"]]);
  expect(report.problems).toMatchObject([{ path: join(folder, "plugin.toml"), code: "duplicate-id" }]);
});

test("a plugin's own words and the folders that it asks for are listed", () => {
  const scene = new DeskScene();
  const folder = join(scene.directory.devPlugins, "mail");
  mkdirSync(folder, { recursive: true });
  const lines = ["[plugin]", 'id = "acme.mail"', 'version = "1.0.0"', 'type = "agent"', 'entry = "main.mjs"'];
  const said = [
    'description = "Counts mails"',
    'capabilities = ["filesystem"]',
    "[plugin.filesystem]",
    'read = ["$HOME/Mail"]',
  ];
  writeFileSync(join(folder, "plugin.toml"), [...lines, ...said].join("\n"));
  writeFileSync(join(folder, "main.mjs"), "");
  const own = {
    plugin_id: "mimolo.folders",
    name: "Folders",
    description: "Watches folders",
    version: "1.0.0",
    type: "agent",
    entry: "/mimolo/folders.js",
    sha256: "0".repeat(64),
    interfaces: [],
    capabilities: ["filesystem"],
    permissions: [],
    filesystem: { read: [], settings_read: ["watch_dirs"], write: [] },
    defaults: {},
    default_label: "folders",
  } satisfies BuiltinPlugin;
  const { plugins } = registerHere({
    plans: [],
    builtins: [own],
    directory: scene.directory,
    paths: [],
    cwd: scene.folder,
  });
  expect(plugins).toMatchObject([
    {
      plugin_id: "mimolo.folders",
      description: "Watches folders",
      filesystem: { settings_read: ["watch_dirs"], write: [] },
    },
    { plugin_id: "acme.mail", description: "Counts mails", filesystem: { read: ["$HOME/Mail"], write: [] } },
  ]);
});

test("a trust file that others may write is told, and what it allowed is trusted no more", async () => {
  if (process.platform === "win32") return;
  const scene = new DeskScene();
  await scene.trustAuthor();
  await scene.desk(async (desk) => desk.install({ path: await scene.packed(), grants: "all", by: "cli" }));
  chmodSync(scene.directory.trustFile, 0o666);
  const report = register(scene);
  expect(report.plugins.filter(([, , verdict]) => verdict === "trusted")).toEqual([]);
  expect(report.problems).toContainEqual(
    expect.objectContaining({ path: scene.directory.trustFile, code: "trust-file-unsafe" }),
  );
});

test("what plugins that lie there would need and could not have is told with the whole path", () => {
  const scene = new DeskScene();
  const lay = (name: string, needs: Record<string, string>) => {
    const folder = join(scene.directory.devPlugins, name);
    mkdirSync(folder, { recursive: true });
    const lines = Object.entries(needs).map(([id, range]) => `"acme.${id}" = "${range}"`);
    const head = `[plugin]\nid = "acme.${name}"\nname = "X"\nversion = "1.4.0"\ntype = "agent"\nentry = "main.mjs"\n`;
    writeFileSync(join(folder, "plugin.toml"), `${head}[plugin.dependencies]\n${lines.join("\n")}\n`);
    writeFileSync(join(folder, "main.mjs"), "");
  };
  lay("low", {});
  lay("mid", { low: "^1" });
  lay("top", { mid: "^1", gone: "^3" });
  lay("over", { top: "*" });
  lay("new", { low: "^2" });
  lay("ring", { turn: "*" });
  lay("turn", { ring: "*" });
  const told = register(scene).problems.map(({ path, code, message }) => [path.split("/").at(-1), code, message]);
  expect(told.map(([name, code]) => [name, code])).toEqual(
    ["new", "over", "ring", "top", "turn"].map((name) => [name, "dependency"]),
  );
  expect(told.map(([, , message]) => message?.split(";")[0])).toEqual([
    "acme.new → acme.low: acme.low ^2 is needed, 1.4.0 is here",
    "acme.over → acme.top → acme.gone: acme.gone ^3 is needed and is not here",
    "acme.ring → acme.turn → acme.ring: they need each other in a circle",
    "acme.top → acme.gone: acme.gone ^3 is needed and is not here",
    "acme.turn → acme.ring → acme.turn: they need each other in a circle",
  ]);
});
