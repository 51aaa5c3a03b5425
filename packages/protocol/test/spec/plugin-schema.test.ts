import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { pluginSchemaJson } from "../../src/index.ts";

const accepts = new Ajv2020({ strict: false }).compile(pluginSchemaJson());
const plugin = { id: "acme.inbox", version: "1.0.0", type: "agent", entry: "main.py" };

test("spec/plugin.schema.json is what the schemas say", () => {
  const file = fileURLToPath(new URL("../../../../spec/plugin.schema.json", import.meta.url));
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(pluginSchemaJson());
});

test.each([
  { plugin },
  { plugin: { ...plugin, capabilities: { filesystem: true }, filesystem: { read: ["$HOME/inbox"] } } },
  { plugin: { ...plugin, capabilities: ["filesystem"], platforms: ["macos"], defaults: { folder: [1] } } },
  { plugin: { ...plugin, type: "monitor", monitor: { label: "inbox" }, interfaces: ["aggregate"] } },
])("an editor accepts %j", (file) => {
  expect(accepts(file)).toBe(true);
});

test.each([
  { plugin: { ...plugin, entyr: "main.py" } },
  { plugin: { ...plugin, id: "Acme" } },
  { plugin: { ...plugin, version: "1" } },
  { plugin: { ...plugin, capabilities: { filesytem: true } } },
  { plugin: { ...plugin, capabilities: ["all"] } },
  { plugin: { ...plugin, interfaces: ["actoin"] } },
  { plugin: { ...plugin, filesystem: { read: ["/etc"] } } },
  plugin,
])("an editor underlines %j", (file) => {
  expect(accepts(file)).toBe(false);
});
