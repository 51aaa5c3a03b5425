import type { ConfigValue, RegistryOffer } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { plain } from "../../src/present/colour.ts";
import { offerLines } from "../../src/present/offers.ts";
import { changedLines } from "../../src/present/plugin-change.ts";
import { changedSettings, settingLines } from "../../src/present/plugin-config.ts";
import { oneUpgrade, upgradeLines } from "../../src/present/upgrades.ts";
import { widthOf } from "../../src/present/width.ts";

const offer = (more: Partial<RegistryOffer>): RegistryOffer => ({
  plugin_id: "acme.inbox",
  version: "1.2.0",
  description: "Watches an inbox and counts what is unread, without ever opening a single one of them",
  capabilities: ["network", "filesystem"],
  key_id: "1F2E3D4C5B6A7988",
  sha256: "0".repeat(64),
  source: "/srv/registry",
  path: "/srv/registry/acme.inbox-1.2.0.mmpkg",
  installed: null,
  ...more,
});

test("an offer keeps to one line of the terminal, and is whole where there is none", () => {
  const plugins = [offer({}), offer({ plugin_id: "acme.outbox", installed: "1.0.0", capabilities: [] })];
  const lines = offerLines({ plugins, problems: [] }, 80, plain);
  expect(lines).toHaveLength(3);
  expect(Math.max(...lines.map(widthOf))).toBe(80);
  expect(lines[1]).toMatch(/^acme\.inbox {3}1\.2\.0 {4}– {10}network filesystem {2}Watches an inbox.*…$/);
  expect(lines[2]).toMatch(/^acme\.outbox {2}1\.2\.0 {4}1\.0\.0 {6}– /);
  expect(offerLines({ plugins, problems: [] }, undefined, plain)[1]).toContain("a single one of them");
});

test("several registries are told apart, and what is wrong with one is told with its place", () => {
  const plugins = [offer({}), offer({ source: "/srv/other" })];
  const problems = [{ path: "/srv/other/index.json", code: "not-json", message: "is not JSON", line: 3 }];
  const lines = offerLines({ plugins, problems }, undefined, plain);
  expect(lines[0]).toContain("REGISTRY");
  expect(lines[2]).toContain("/srv/other");
  expect(lines.slice(-2)).toEqual(["Problems:", "  /srv/other/index.json:3  is not JSON"]);
});

test("what a stranger writes into an index does nothing to the terminal", () => {
  const hostile = offer({ description: "\u001b[2Jgone\u202e", source: "a\nb" });
  const lines = offerLines({ plugins: [hostile, offer({})], problems: [] }, 100, plain);
  expect(lines).toHaveLength(3);
  expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

const value = (more: Partial<ConfigValue>): ConfigValue => ({
  key: "suffix",
  value: ".md",
  source: "plugin",
  from: "plugin defaults",
  ...more,
});

test("a setting is shown as it would be typed; who set it is said when asked, and long ones are cut at a terminal only", () => {
  const values = [
    value({}),
    value({ key: "pepper", value: { file: "pepper.txt" }, source: "user", from: "/w/mimolo.toml", line: 7 }),
    value({ key: "folders", value: ["a".repeat(40), "b".repeat(40)], source: "runtime", from: "state/overrides.json" }),
  ];
  const how = { cwd: "/w", columns: 80 };
  expect(settingLines(values, { ...how, explain: false }, plain).slice(0, 3)).toEqual([
    "KEY      VALUE",
    "suffix   .md",
    'pepper   { file = "pepper.txt" }',
  ]);
  const explained = settingLines(values, { ...how, explain: true }, plain);
  expect(explained[0]).toMatch(/^KEY +VALUE +SOURCE +FROM$/);
  expect(explained[2]).toMatch(/ user {5}mimolo\.toml:7$/);
  expect(Math.max(...explained.map(widthOf))).toBe(80);
  expect(settingLines(values, { cwd: "/w", columns: undefined, explain: true }, plain)[3]).toContain("b".repeat(40));
});

test("a value of one agent names it, and a change says what holds now", () => {
  const values = [value({ label: "notes" }), value({ label: "texts", value: ".txt", source: "runtime", from: "f" })];
  expect(settingLines(values, { explain: false, cwd: "/w", columns: 80 }, plain)).toEqual([
    "KEY     VALUE  AGENT",
    "suffix  .md    notes",
    "suffix  .txt   texts",
  ]);
  expect(changedSettings({ plugin_id: "a.b", values }, ["suffix", "gone"], "/w")).toEqual([
    "a.b: suffix is .md for notes again, by plugin defaults",
    "a.b: suffix is .txt for texts",
    "a.b: gone is not set any more",
  ]);
});

test("what became of a plugin stands in its first line", () => {
  const report = { plugin_id: "a.b", version: "1.0.0", state: "active", agents: ["b"], message: "It runs." } as const;
  expect(changedLines({ ...report, agents: ["b"], outcome: "reloaded" }, plain, 80)[0]).toBe(
    "Reloaded: a.b 1.0.0, active",
  );
  expect(changedLines({ ...report, agents: [], outcome: "unchanged" }, plain, 80)).toEqual([
    "a.b 1.0.0 was so already: active",
    "  It runs.",
  ]);
});

test("an upgrade says where from, where to and why; none is an answer, too", () => {
  const message = `it asks ${"for more ".repeat(20)}\nmimolo ${"x ".repeat(60)}`;
  const waiting = { plugin_id: "a.b", from: "1.0.0", to: "2.0.0", outcome: "waiting", message } as const;
  const lines = oneUpgrade(waiting, 80, plain);
  expect(lines[0]).toBe("a.b 1.0.0 → 2.0.0  waiting");
  expect(Math.max(...lines.slice(0, -1).map(widthOf))).toBeLessThanOrEqual(80);
  expect(lines.at(-1)).toBe(`  mimolo ${"x ".repeat(60)}`);
  expect(upgradeLines({ upgrades: [], problems: [] }, plain)).toEqual(["Nothing newer is offered."]);
  expect(upgradeLines({ upgrades: [waiting], problems: [] }, plain)).toEqual([]);
});
