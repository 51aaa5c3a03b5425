import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { stringify } from "smol-toml";
import { expect, test } from "vitest";
import { ConfigError, describeKeys, loadConfig } from "../../src/config/index.ts";
import { scratch } from "./scratch.ts";

const names = describeKeys().map(({ key }) => key.slice(key.lastIndexOf(".") + 1));
const name = fc.oneof(
  { arbitrary: fc.constantFrom(...names), weight: 5 },
  fc.constantFrom("my-agent", "My_Agent", "constructor", "toString", "hasOwnProperty", "", "a b", "__proto__"),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);
const { value } = fc.letrec<{ value: unknown; table: Record<string, unknown> }>((tie) => ({
  table: fc.dictionary(name, tie("value"), { maxKeys: 4, depthIdentifier: "table" }),
  value: fc.oneof(
    { depthSize: "small", depthIdentifier: "table" },
    fc.integer({ min: -10, max: 100_000 }),
    fc.double(),
    fc.boolean(),
    fc.string({ maxLength: 10 }),
    fc.constantFrom("jsonl", "off", "../up", "/etc", "~", "Europe/Berlin", "04:00", "10m", new Date(0)),
    fc.array(tie("value"), { maxLength: 3, depthIdentifier: "table" }),
    tie("table"),
  ),
}));
const sections = fc.dictionary(
  fc.oneof(fc.constantFrom("monitor", "control", "trust", "plugins", "rules", "privacy", "registry", "fleet"), name),
  fc.oneof(fc.dictionary(name, value, { maxKeys: 4 }), fc.array(fc.dictionary(name, value, { maxKeys: 3 })), value),
  { maxKeys: 5 },
);
const toml = fc.oneof(
  sections.map((tree) => stringify(tree)),
  // A valid text with a piece of another put somewhere into it.
  fc.tuple(sections, fc.nat(), fc.string({ unit: "binary", maxLength: 6 })).map(([tree, at, piece]) => {
    const text = stringify(tree);
    const place = at % (text.length + 1);
    return text.slice(0, place) + piece + text.slice(place);
  }),
  fc.string({ unit: "binary", maxLength: 60 }),
);

function expectConfigError(load: () => unknown): void {
  try {
    load();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    if (!(error instanceof ConfigError)) return;
    expect(error.problems.length).toBeGreaterThan(0);
    for (const { message } of error.problems)
      expect(message).toMatch(/^(mimolo\.(toml|yaml)|environment|state\/overrides\.json)/);
  }
}

test("whatever a TOML file holds, loading it gives a configuration or a ConfigError", () => {
  const { project, load } = scratch();
  fc.assert(
    fc.property(toml, fc.constantFrom(true, false, "notice" as const), (text, consent) => {
      writeFileSync(join(project, "mimolo.toml"), text);
      expectConfigError(() => load({ consent, builtins: [] }));
    }),
    { numRuns: 300 },
  );
});

test("whatever a YAML file holds, loading it gives a configuration or a ConfigError", () => {
  const { project, load } = scratch();
  const yaml = fc.oneof(
    sections.map((tree) => JSON.stringify(tree)),
    fc
      .array(
        fc.constantFrom(
          "monitor:",
          "\n",
          "  ",
          "- ",
          "&a ",
          "*a",
          "[",
          "]",
          "{",
          "}",
          "!!set ",
          "? ",
          "port: 1",
          "|",
          "%YAML 1.1\n---\n",
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 40 }),
  );
  fc.assert(
    fc.property(yaml, (text) => {
      writeFileSync(join(project, "mimolo.yaml"), text);
      expectConfigError(() => load());
    }),
    { numRuns: 200 },
  );
});

test("whatever the environment and the overrides hold, loading gives a configuration or a ConfigError", () => {
  const { project } = scratch();
  const variable = fc
    .tuple(fc.constantFrom("MONITOR", "PLUGINS", "CONTROL", "X"), fc.array(name, { maxLength: 3 }))
    .map(([section, words]) => ["MIMOLO", [section, ...words].join("__").toUpperCase()].join("_"));
  const env = fc.dictionary(variable, fc.string({ unit: "binary", maxLength: 12 }), { maxKeys: 5 });
  const overrides = fc.record({ plugins: value, agents: value });
  fc.assert(
    fc.property(fc.record({ env, overrides }), (given) => {
      expectConfigError(() =>
        loadConfig({
          cwd: project,
          env: given.env,
          userConfigDir: join(project, "none"),
          globalFile: join(project, "none.toml"),
          overrides: JSON.parse(JSON.stringify(given.overrides)),
          builtins: [],
        }),
      );
    }),
    { numRuns: 300 },
  );
});

test("nothing in a file changes what objects are", () => {
  const { write, refused } = scratch();
  write("project/mimolo.toml", "[monitor.__proto__]\npolluted = true\n[plugins.__proto__]\npolluted = true\n");
  expect(refused().problems.map(({ message }) => message)).toEqual([
    'mimolo.toml:1:10: "monitor.__proto__" cannot be a key',
    'mimolo.toml:3:10: "plugins.__proto__" cannot be a key',
  ]);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

test("YAML aliases that multiply or bite their own tail are refused", () => {
  const doubling = Array.from({ length: 30 }, (_, level) => `a${level}: &l${level} [*l${level - 1}, *l${level - 1}]`);
  const bomb = ["x:", "  a0: &l0 [1, 1]", ...doubling.slice(1).map((line) => `  ${line}`)].join("\n");
  expect(scratch({ "project/mimolo.yaml": bomb }).refused().code).toBe("invalid-yaml");
  expect(scratch({ "project/mimolo.yaml": "x: &a [*a, *a]\n" }).refused().problems.length).toBeGreaterThan(0);
});

test("a file that is too large, not text, or a folder is refused", () => {
  const reasons = [new Uint8Array([0x61, 0x20, 0x3d, 0x20, 0x22, 0xff, 0x22]), `# ${"x".repeat(1_100_000)}`].map(
    (content) => scratch({ "project/mimolo.toml": content }).refused().message,
  );
  expect(reasons).toEqual(["mimolo.toml: not UTF-8 text", "mimolo.toml: larger than 1 MiB"]);
  expect(scratch({ "project/mimolo.toml/file": "" }).refused().message).toBe("mimolo.toml: a folder, not a file");
});
