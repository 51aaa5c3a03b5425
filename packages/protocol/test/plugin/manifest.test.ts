import { expect, test } from "vitest";
import { PluginAuthorFile, PluginManifest, SYMBOLIC_ROOT_PATTERN } from "../../src/index.ts";

const digest = "0".repeat(64);
const manifest = {
  manifest_version: "1.0",
  id: "acme.http-request",
  name: "HTTP request",
  version: "1.0.0",
  type: "action",
  entry: "main.mjs",
  files: [{ path: "main.mjs", size: 1, sha256: digest }],
};
const problemOf = (more: object): string | undefined => {
  const { error } = PluginManifest.safeParse({ ...manifest, ...more });
  return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
};

test("the smallest manifest is read with its defaults", () => {
  expect(PluginManifest.parse(manifest)).toEqual({
    ...manifest,
    runtime: "node",
    interfaces: [],
    permissions: [],
    capabilities: [],
    dependencies: {},
    engines: {},
    limits: {},
    defaults: {},
  });
});

test("capabilities are a table of switches or a list, and come out as a list", () => {
  const table = { subprocess: true, network: true, audio: false };
  expect(PluginManifest.parse({ ...manifest, capabilities: table }).capabilities).toEqual(["network", "subprocess"]);
  const list = ["subprocess", "network"];
  expect(PluginManifest.parse({ ...manifest, capabilities: list }).capabilities).toEqual(["network", "subprocess"]);
});

test("older names of interfaces are read as today's", () => {
  const interfaces = ["IMessageHandler", "ICommandHandler", "IDataProvider", "IAnalyticsProvider", "IConfigProvider"];
  const read = PluginManifest.parse({ ...manifest, interfaces }).interfaces;
  expect(read).toEqual(["message_handler", "command", "data_provider", "analytics", "config"]);
});

test("the runtime is told by the extension, and a binary runs by itself", () => {
  const runtimeOf = (entry: string) => PluginManifest.parse({ ...manifest, entry }).runtime;
  expect(["a.mjs", "a.cjs", "a.js", "a.py", "a.sh", "a.exe"].map(runtimeOf)).toEqual([
    "node",
    "node",
    "node",
    "python",
    "shell",
    "native",
  ]);
  const { entry: _, ...rest } = manifest;
  expect(PluginManifest.parse({ ...rest, binary: "watch" })).toMatchObject({ entry: "watch", runtime: "native" });
  expect(problemOf({ entry: "watch" })).toBe("runtime: is missing, and the extension of entry does not tell it");
  expect(problemOf({ binary: "watch" })).toBe("binary: cannot stand beside entry");
  expect(PluginManifest.safeParse(rest).error?.issues[0]).toMatchObject({ path: ["entry"] });
});

test.each([
  ["an unknown key", { colour: "red" }],
  ["an unknown capability", { capabilities: { telepathy: true } }],
  ["an unknown permission", { permissions: ["fly"] }],
  ["an unknown interface", { interfaces: ["IFlyer"] }],
  ["a version that is none", { version: "1.0" }],
  ["an id in capitals", { id: "Acme" }],
  ["an id longer than 64", { id: `a${".b".repeat(32)}` }],
  ["a digest in capitals", { files: [{ path: "main.mjs", size: 1, sha256: "A".repeat(64) }] }],
  ["another version of the manifest", { manifest_version: "2.0" }],
  ["a key id that is too short", { publisher: { key_id: "ABCDEF012345678" } }],
  ["a default that JSON cannot say", { defaults: { from: new Date(0) } }],
])("%s is refused", (_, more) => {
  expect(problemOf(more)).not.toBeUndefined();
});

test("symbolic roots stay below what they name", () => {
  const good = ["$PLUGIN", "$DATA", "$DATA/cache", "$HOME/notes", "$HOME/.config/x", "$HOME/a..b"];
  const bad = [
    "$HOME",
    "/etc",
    "notes",
    "$HOME/",
    "$HOME/../x",
    "$DATA/./x",
    "$DATA//x",
    "$ETC/x",
    "$HOMER/x",
    "$HOME/a\\b",
    "$HOME/a\u001b[31mb",
    "$HOME/a\nTrusted",
    "$HOME/a\u202eb",
    "$HOME/a\u2028b",
  ];
  expect(good.filter((root) => !SYMBOLIC_ROOT_PATTERN.test(root))).toEqual([]);
  expect(bad.filter((root) => SYMBOLIC_ROOT_PATTERN.test(root))).toEqual([]);
});

test("an author's file is one table, and a plugin without a name is called by its id", () => {
  const plugin = { id: "acme.x", version: "1.0.0", type: "agent", entry: "main.py" };
  expect(PluginAuthorFile.parse({ plugin }).plugin).toMatchObject({ name: "acme.x", runtime: "python" });
  expect(PluginAuthorFile.safeParse({ plugin, more: {} }).success).toBe(false);
});
