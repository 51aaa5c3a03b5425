import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { discoverPlugins } from "../../src/plugins/discover.ts";

function scratch(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "mimolo plugins ")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const at = (...parts: string[]) => join(root, ...parts);
  const write = (name: string, text: string | Uint8Array) => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
  };
  for (const [name, text] of Object.entries(files)) {
    write(name, text);
    // What a description speaks of lies beside it.
    if (text.toString().includes("main.mjs")) write(join(dirname(name), "main.mjs"), TRIPWIRE);
  }
  mkdirSync(at("dev"), { recursive: true });
  const discover = (more: Partial<Parameters<typeof discoverPlugins>[0]> = {}) =>
    discoverPlugins({ directory: { devPlugins: at("dev") }, npmRoot: at("project"), ...more });
  return { at, write, discover };
}

/** Whoever runs a plugin while it looks for plugins is found out. */
const TRIPWIRE = `globalThis.aPluginWasRun = true; throw new Error("a plugin was run");`;
afterAll(() => expect(globalThis).not.toHaveProperty("aPluginWasRun"));

function description(id: string, more = ""): string {
  return `[plugin]\nid = "${id}"\nname = "One"\nversion = "1.0.0"\ntype = "agent"\nentry = "main.mjs"\n${more}`;
}

function packageJson(mimolo: unknown): string {
  return JSON.stringify({ name: "x", version: "1.0.0", scripts: { postinstall: "exit 1" }, mimolo });
}

test("plugins are found in the dev folder, below registry paths and among npm packages", () => {
  const { at, discover } = scratch({
    "dev/one/plugin.toml": description("acme.one"),
    "registry/two/plugin.toml": description("acme.two"),
    "registry/notes/readme.md": "nothing to see",
    "alone/plugin.toml": description("acme.alone"),
    "project/node_modules/three/package.json": packageJson(true),
    "project/node_modules/three/plugin.toml": description("acme.three"),
    "project/node_modules/@acme/four/package.json": packageJson("plugin/plugin.toml"),
    "project/node_modules/@acme/four/plugin/plugin.toml": description("acme.four"),
    "project/node_modules/five/package.json": JSON.stringify({ name: "five" }),
    "project/node_modules/five/plugin.toml": description("acme.five"),
    "project/node_modules/six/package.json": packageJson(false),
    "project/node_modules/three/node_modules/nested/package.json": packageJson(true),
    "project/node_modules/three/node_modules/nested/plugin.toml": description("acme.nested"),
  });
  const { found, problems } = discover({ paths: [at("registry"), at("alone")] });
  expect(problems).toEqual([]);
  expect(found.map(({ pluginId, source, folder }) => [pluginId, source, folder])).toEqual([
    ["acme.one", "dev", at("dev/one")],
    ["acme.alone", "registry", at("alone")],
    ["acme.two", "registry", at("registry/two")],
    ["acme.four", "npm", at("project/node_modules/@acme/four/plugin")],
    ["acme.three", "npm", at("project/node_modules/three")],
  ]);
});

test("of equal ids the first counts, and the others say which that is", () => {
  const { at, discover } = scratch({
    "dev/b/plugin.toml": description("acme.one"),
    "dev/a/plugin.toml": description("acme.one"),
    "registry/c/plugin.toml": description("acme.one"),
    "registry/d/plugin.toml": description("acme.stored"),
    "registry/e/plugin.toml": description("mimolo.git-activity"),
    "project/node_modules/f/package.json": packageJson(true),
    "project/node_modules/f/plugin.toml": description("acme.one"),
  });
  const known = [
    { pluginId: "mimolo.git-activity", path: "/mimolo/git-activity.js" },
    { pluginId: "acme.stored", path: "/store/acme.stored" },
  ];
  const { found, problems } = discover({ paths: [at("registry")], known });
  expect(found.map(({ file }) => file)).toEqual([at("dev/a/plugin.toml")]);
  expect(problems.map(({ path, code }) => [path, code])).toEqual([
    [at("dev/b/plugin.toml"), "duplicate-id"],
    [at("registry/c/plugin.toml"), "duplicate-id"],
    [at("registry/d/plugin.toml"), "duplicate-id"],
    [at("registry/e/plugin.toml"), "duplicate-id"],
    [at("project/node_modules/f/plugin.toml"), "duplicate-id"],
  ]);
  expect(problems[0]?.message).toBe(`acme.one is passed over here: the one at ${at("dev/a/plugin.toml")} comes first`);
});

test("fifty broken ones among two hundred stop nothing and are each explained, within a second", () => {
  const files: Record<string, string> = {};
  const folder = (index: number) => `dev/p${String(index).padStart(3, "0")}`;
  for (let index = 0; index < 200; index += 1) {
    const text = description(`acme.p${index}`, "[plugin.defaults]\nevery = 5\n");
    files[`${folder(index)}/plugin.toml`] = index % 4 === 3 ? broken(text, (index - 3) / 4) : text;
  }
  const { at, discover } = scratch(files);
  for (let index = 0; index < 50; index += 1)
    if (index % KINDS.length === 1) rmSync(at(folder(4 * index + 3), "main.mjs"));
  const began = performance.now();
  const { found, problems } = discover();
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(found).toHaveLength(150);
  const told = problems.map(({ path, code, line }) => [path.split("/").at(-2) ?? "", code, line] as const);
  expect(told.toSorted(([one], [other]) => (one < other ? -1 : 1))).toEqual(
    Array.from({ length: 50 }, (_, index) => {
      const [code, line] = KINDS[index % KINDS.length] ?? [];
      return [folder(4 * index + 3).slice(4), code, line];
    }),
  );
  for (const { message } of problems) expect(message.length).toBeGreaterThan(10);

  function broken(text: string, index: number): string {
    const kinds = [
      text.replace('name = "One"', "name = One"),
      text,
      text.replace('type = "agent"', "type = 5"),
      text.replace(/id = ".*"/, `id = "acme.p${index * 4}"`),
      `${text}[plugin.protocol]\nmin = "9.0"\n`,
      text.replace('version = "1.0.0"', 'version = "one"'),
      text.replace('type = "agent"', 'type = "robot"'),
    ];
    return kinds[index % kinds.length] ?? "";
  }
});

/** What is told of each kind of broken plugin, and for which line. */
const KINDS = [
  ["invalid-toml", 3],
  ["missing-file", 6],
  ["invalid-value", 5],
  ["duplicate-id", undefined],
  ["incompatible", 9],
  ["invalid-value", 4],
  ["invalid-value", 5],
] as const;

test("what was made for something else, or is not whole, is told with its line and is not usable", () => {
  const { at, discover } = scratch({
    "dev/future/plugin.toml": description("acme.future", '[plugin.engines]\nmimolo = ">=99"\n'),
    "dev/modern/plugin.toml": description("acme.modern", 'engines = { node = ">=99" }\n'),
    "dev/native/plugin.toml": description("acme.native", '[plugin.engines]\nnode = ">=99"\n').replace(
      "main.mjs",
      "main.sh",
    ),
    "dev/foreign/plugin.toml": description("acme.foreign", '[plugin.protocol]\nmin = "9.1"\nmax = "9.2"\n'),
    "dev/elsewhere/plugin.toml": description(
      "acme.elsewhere",
      `platforms = ["${process.platform === "linux" ? "win32" : "linux"}"]\n`,
    ),
    "dev/gone/plugin.toml": description("acme.gone").replace("main.mjs", "dist/gone.mjs"),
    "dev/table/plugin.toml": description("acme.table").replace("main.mjs", "../main.js"),
    "dev/fits/plugin.toml": description(
      "acme.fits",
      'platforms = ["linux", "macos", "windows"]\n[plugin.engines]\nmimolo = ">=0.3"\n[plugin.protocol]\nmin = "0.1"\nmax = "0.9"\n',
    ),
    "project/node_modules/one/package.json": packageJson({ id: "acme.one", type: "agent", entry: "./gone.mjs" }),
    "project/node_modules/two/package.json": packageJson({ id: "acme.two", type: "agent", entry: "../up.mjs" }),
    "project/node_modules/three/package.json": packageJson({
      id: "acme.three",
      type: "agent",
      entry: "x.js",
      engines: { mimolo: "often" },
    }),
    "project/node_modules/four/package.json": '{"name": "four", "mimolo": tru',
  });
  mkdirSync(at("dev/native/main.sh"), { recursive: true });
  const { found, unfit, problems } = discover();
  expect(found.map(({ pluginId }) => pluginId)).toEqual(["acme.fits"]);
  expect(unfit.map(({ pluginId }) => pluginId)).toEqual([
    "acme.elsewhere",
    "acme.foreign",
    "acme.future",
    "acme.gone",
    "acme.modern",
    "acme.native",
    "acme.one",
  ]);
  const told = Object.fromEntries(
    problems.map(({ path, code, line, message }) => [path.split("/").at(-2) ?? "", [code, line, message]]),
  );
  expect(told).toEqual({
    future: ["incompatible", 8, expect.stringMatching(/^acme.future wants MiMoLo >=99, and this is /)],
    modern: ["incompatible", 7, expect.stringMatching(/^acme.modern wants Node >=99, and this is 2/)],
    native: ["missing-file", 6, "its program main.sh is no file; correct entry in plugin.toml"],
    foreign: [
      "incompatible",
      7,
      expect.stringMatching(/^acme.foreign speaks protocol 9.1 to 9.2, and this is 0.4; install another version/),
    ],
    elsewhere: ["incompatible", 7, expect.stringMatching(/^acme.elsewhere runs on .* only, and this is /)],
    gone: ["missing-file", 6, `its program dist/gone.mjs is not in ${at("dev/gone")}; correct entry in plugin.toml`],
    table: ["invalid-value", 6, expect.stringMatching(/^plugin.entry: /)],
    one: [
      "missing-file",
      undefined,
      `its program gone.mjs is not in ${at("project/node_modules/one")}; correct entry in package.json`,
    ],
    two: ["invalid-value", undefined, expect.stringMatching(/^mimolo.entry: /)],
    three: [
      "invalid-value",
      undefined,
      'mimolo.engines.mimolo ("often") is no range of versions, such as "^1" or ">=1.2 <3"',
    ],
    four: ["invalid-json", undefined, 'it speaks of "mimolo", but is not valid JSON'],
  });
});

test("an unfit plugin holds its id: another one of that id is not taken in its place unseen", () => {
  const { at, discover } = scratch({
    "dev/one/plugin.toml": description("acme.one", '[plugin.engines]\nmimolo = ">=99"\n'),
    "registry/one/plugin.toml": description("acme.one"),
  });
  const { found, problems } = discover({ paths: [at("registry")] });
  expect(found).toEqual([]);
  expect(problems.map(({ code }) => code)).toEqual(["incompatible", "duplicate-id"]);
});

test("a broken description is told with its line", () => {
  const { at, discover } = scratch({
    "dev/wrong/plugin.toml": description("acme.wrong").replace('"agent"', '"robot"'),
    "dev/syntax/plugin.toml": '[plugin]\nid = "acme.x"\nname = = 1\n',
  });
  const { problems } = discover();
  expect(problems).toMatchObject([
    { path: at("dev/syntax/plugin.toml"), line: 3 },
    { path: at("dev/wrong/plugin.toml"), line: 5 },
  ]);
});

test("what no description can be is not even opened", () => {
  const { at, discover } = scratch({
    "dev/huge/plugin.toml": `#${"x".repeat(300_000)}`,
    "dev/binary/plugin.toml": new Uint8Array(4_096).map((_, index) => (index * 7) % 256),
    "dev/empty/plugin.toml": "",
    "dev/folder/plugin.toml/inside": "",
    "dev/none/readme.md": "",
    "dev/a-file": "",
    "dev/.hidden/plugin.toml": "broken",
  });
  const { found, problems } = discover();
  expect(found).toEqual([]);
  expect(problems.map(({ path }) => path).toSorted()).toEqual([
    at("dev/binary/plugin.toml"),
    at("dev/empty/plugin.toml"),
    at("dev/folder/plugin.toml"),
    at("dev/huge/plugin.toml"),
    at("dev/none"),
  ]);
  expect(problems.find(({ path }) => path === at("dev/huge/plugin.toml"))?.message).toMatch(/larger than 256 KiB/);
});

test.skipIf(process.platform === "win32")("links are followed once, and loops lead nowhere", () => {
  const { at, discover } = scratch({ "elsewhere/one/plugin.toml": description("acme.one") });
  symlinkSync(at("elsewhere/one"), at("dev/linked"));
  symlinkSync(at("elsewhere/one"), at("dev/linked-again"));
  symlinkSync(at("dev/loop"), at("dev/loop"));
  symlinkSync(at("dev"), at("dev/up"));
  symlinkSync(at("gone"), at("dev/dangling"));
  mkdirSync(at("dev/endless"));
  symlinkSync("/dev/zero", at("dev/endless/plugin.toml"));
  const { found, problems } = discover({ paths: [at("elsewhere")] });
  expect(found.map(({ pluginId, source, folder }) => [pluginId, source, folder])).toEqual([
    ["acme.one", "dev", at("elsewhere/one")],
  ]);
  expect(problems.map(({ path, code }) => [path, code])).toEqual([
    [at("dev/dangling"), "not-found"],
    [at("dev/loop"), "unreadable"],
    [at("dev/up"), "no-plugin-file"],
    [at("dev/endless/plugin.toml"), "not-a-file"],
  ]);
});

test("a registry path that is not there is told, a data directory that was not made is not", () => {
  const { at, discover } = scratch();
  rmSync(at("dev"), { recursive: true });
  expect(discover({ paths: [at("gone")] }).problems).toMatchObject([{ path: at("gone"), code: "not-found" }]);
});

test.skipIf(process.platform === "win32")("unreadable folders are told", () => {
  const { at, discover } = scratch({
    "dev/closed/plugin.toml": description("acme.closed"),
    "dev/half/plugin.toml": description("acme.half"),
    "dev/open/plugin.toml": description("acme.open"),
    "project/node_modules/mine/package.json": packageJson(true),
  });
  for (const [name, mode] of Object.entries({ "": 0o755, "dev/closed": 0o000, "dev/half/plugin.toml": 0o000 })) {
    chmodSync(at(name), mode);
  }
  chmodSync(at("project/node_modules"), 0o000);
  // Nobody is kept from anything as root.
  const asNobody = process.getuid?.() === 0;
  if (asNobody) process.seteuid?.(65_534);
  onTestFinished(() => {
    if (asNobody) process.seteuid?.(0);
    for (const name of ["dev/closed", "project/node_modules"]) chmodSync(at(name), 0o700);
  });
  const { found, problems } = discover();
  expect(found.map(({ pluginId }) => pluginId)).toEqual(["acme.open"]);
  expect(problems).toEqual([
    { path: at("dev/closed/plugin.toml"), code: "unreadable", message: "you may not read it" },
    {
      path: at("dev/half/plugin.toml"),
      code: "unreadable",
      message: expect.stringMatching(/EACCES|may not read/) as string,
    },
  ]);
});

test("an npm package names its plugin.toml, the folder of it, or says everything itself", () => {
  const table = { id: "acme.inside", type: "agent", entry: "main.mjs", capabilities: { network: true } };
  const { at, discover } = scratch({
    "project/node_modules/empty/package.json": packageJson({}),
    "project/node_modules/empty/plugin.toml": description("acme.empty"),
    "project/node_modules/folder/package.json": packageJson("./sub"),
    "project/node_modules/folder/sub/plugin.toml": description("acme.folder"),
    "project/node_modules/inside/package.json": JSON.stringify({ name: "inside", version: "2.1.0", mimolo: table }),
    "project/node_modules/below/package.json": JSON.stringify({
      name: "below",
      version: "2.2.0",
      mimolo: { plugin: { ...table, id: "acme.below" } },
    }),
    "project/node_modules/below/main.mjs": "",
    "project/node_modules/named/package.json": packageJson({ plugin: "./plugin.toml" }),
    "project/node_modules/named/plugin.toml": description("acme.named"),
    "project/node_modules/wrong/package.json": JSON.stringify({
      version: "1.0.0",
      mimolo: { id: "acme.w", type: "x" },
    }),
    "project/node_modules/list/package.json": packageJson(["plugin.toml"]),
  });
  const { found, problems } = discover();
  const ids = found.map(({ pluginId }) => pluginId);
  expect(ids).toEqual(["acme.below", "acme.empty", "acme.folder", "acme.inside", "acme.named"]);
  expect(found[0]).toMatchObject({ manifest: { name: "below", version: "2.2.0", capabilities: ["network"] } });
  expect(found[3]).toMatchObject({
    folder: at("project/node_modules/inside"),
    manifest: { name: "inside", version: "2.1.0", capabilities: ["network"] },
  });
  expect(problems.map(({ path, code }) => [path.split("/").at(-2), code])).toEqual([
    ["list", "no-plugin-file"],
    ["wrong", "invalid-value"],
  ]);
});

test.skipIf(process.platform === "win32")("an npm package may not point out of itself", () => {
  const { at, write, discover } = scratch({
    "outside/plugin.toml": description("acme.outside"),
    "project/node_modules/up/package.json": packageJson("../../../outside/plugin.toml"),
    "project/node_modules/sly/package.json": packageJson("way/plugin.toml"),
    "project/node_modules/gone/package.json": packageJson("gone.toml"),
    "project/node_modules/odd/package.json": packageJson({ plugin: "x" }),
    "project/node_modules/bare/package.json": packageJson(true),
    "project/node_modules/torn/package.json": '{"mimolo": ',
    ".pnpm/good@1/node_modules/good/package.json": packageJson(true),
    ".pnpm/good@1/node_modules/good/plugin.toml": description("acme.good"),
  });
  symlinkSync(at("outside"), at("project/node_modules/sly/way"));
  symlinkSync(at(".pnpm/good@1/node_modules/good"), at("project/node_modules/good"));
  write("project/node_modules/.bin/x", "");
  const { found, problems } = discover();
  expect(found.map(({ pluginId, folder }) => [pluginId, folder])).toEqual([
    ["acme.good", at(".pnpm/good@1/node_modules/good")],
  ]);
  expect(problems.map(({ path, code }) => [path.split("/").at(-2), code])).toEqual([
    ["bare", "no-plugin-file"],
    ["gone", "no-plugin-file"],
    ["odd", "no-plugin-file"],
    ["sly", "outside"],
    ["torn", "invalid-json"],
    ["up", "outside"],
  ]);
});
