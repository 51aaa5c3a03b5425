import { join } from "node:path";
import { expect, test } from "vitest";
import { type PluginFileProblem, readPluginFile } from "../../src/package/index.ts";
import { tomlLine } from "../../src/package/toml-lines.ts";
import { PLUGIN_TOML, temporaryFolder, writeFiles } from "./folders.ts";

const read = (text: string) =>
  readPluginFile(join(writeFiles(temporaryFolder(), { "plugin.toml": text }), "plugin.toml"));
const firstProblem = (text: string): Pick<PluginFileProblem, "code" | "line" | "message"> => {
  const found = read(text);
  if (found.ok) throw new Error("it is fine");
  const { code, line, message } = found.problems[0];
  return { code, message: message.replace(/^.*plugin\.toml(?::\d+: | )/, ""), ...(line !== undefined && { line }) };
};

test("an author's file is read with its defaults and today's names", () => {
  const found = read(PLUGIN_TOML.replace('"main.mjs"', '"./main.mjs"'));
  expect(found).toMatchObject({
    ok: true,
    warnings: [],
    author: {
      id: "acme.http-request",
      name: "HTTP request",
      entry: "main.mjs",
      runtime: "node",
      interfaces: ["data_provider", "action"],
      capabilities: ["network"],
      limits: { memory_mib: 100 },
    },
  });
});

test("older names of engines are read, and said aloud", () => {
  const text = PLUGIN_TOML.replace('"acme.secrets" = "^1"', 'core = ">=0.3"').replace(
    'entry = "main.mjs"',
    'entry = "main.py"\nmin_python = "3.8"\nmax_python = "3.12"',
  );
  expect(read(text)).toMatchObject({
    ok: true,
    author: { engines: { mimolo: ">=0.4 >=0.3", python: ">=3.8 <3.12" }, dependencies: {} },
    warnings: [
      "dependencies.core is read as engines.mimolo",
      "min_python is read as engines.python",
      "max_python is read as engines.python",
    ],
  });
});

test.each([
  [
    "a misspelt key",
    ["permissions =", "permision ="],
    8,
    'unknown key "permision" in plugin, did you mean "permissions"?',
  ],
  [
    "a misspelt capability",
    ["network = true", "netwrok = true"],
    10,
    'unknown key "netwrok" in plugin.capabilities, did you mean "network"?',
  ],
  [
    "a misspelt limit",
    ["memory_mib", "memory_mb"],
    16,
    'unknown key "memory_mb" in plugin.limits, did you mean "memory_mib"?',
  ],
  [
    "a misspelt type",
    ['"action"\nentry', '"acton"\nentry'],
    5,
    'plugin.type must be one of agent, monitor, action, trigger, reporter, bridge; found "acton", did you mean "action"?',
  ],
  ["a permission nobody knows", ['"write-logs"', '"write-log"'], 8, 'did you mean "write-logs"?'],
  ["a missing version", ['version = "1.0.0"\n', ""], 1, "plugin.version is missing; it must be text"],
  ["a version that is none", ['"1.0.0"', '"1.0"'], 4, 'plugin.version ("1.0") is no semver version'],
  ["a version without quotes", ['"1.0.0"', "1.0"], 4, "plugin.version must be text"],
  [
    "an id in capitals",
    ['"acme.http-request"', '"Acme.HTTP"'],
    2,
    'plugin.id ("Acme.HTTP") is no lower-case dotted slug, such as "acme.inbox"',
  ],
  ["an id too long", ['"acme.http-request"', `"${"a".repeat(65)}"`], 2, "must have at most 64 characters"],
  ["a name that is empty", ['"HTTP request"', '""'], 3, 'plugin.name ("") must not be empty'],
  ["a negative limit", ["memory_mib = 100", "memory_mib = -1"], 16, "plugin.limits.memory_mib must be more than 0"],
  ["a range that is none", ['"^1"', '"one"'], 12, 'plugin.dependencies.acme.secrets ("one") is no range of versions'],
  ["an entry outside", ['"main.mjs"', '"../main.mjs"'], 6, "leads out of the package"],
  [
    "an entry that tells no runtime",
    ['"main.mjs"', '"main.rb"'],
    1,
    "plugin.runtime is missing, and the extension of entry does not tell it",
  ],
])("%s is told by its line and what is right", (_, [from, to], line, message) => {
  const problem = firstProblem(PLUGIN_TOML.replace(from ?? "", to ?? ""));
  expect(problem.line).toBe(line);
  expect(problem.message).toContain(message);
});

test("what is no TOML, and what is not there, is told as well", () => {
  expect(firstProblem("[plugin\n")).toMatchObject({ code: "invalid-toml", line: 1 });
  expect(firstProblem("")).toMatchObject({ code: "missing-key", message: "plugin is missing; it must be a table" });
  expect(firstProblem('[plugn]\nid = "a"')).toMatchObject({ code: "missing-key" });
  expect(readPluginFile("/nowhere/plugin.toml")).toMatchObject({
    ok: false,
    problems: [{ code: "unreadable", message: expect.stringMatching(/^\S+ is not there; .* id, name, version/) }],
  });
});

test("a setting that JSON cannot say is told with what it can", () => {
  const problem = firstProblem(`${PLUGIN_TOML}[plugin.defaults]\nfrom = 2026-11-21\n`);
  expect(problem).toMatchObject({ code: "invalid-value", line: 18 });
  expect(problem.message).toContain("plugin.defaults.from must be text, a finite number");
});

test("folders that are named and not asked for are said aloud", () => {
  const text = `${PLUGIN_TOML}[plugin.filesystem]\nread = ["$HOME/notes"]\n`;
  const asking = text.replace("network = true", "filesystem = true");
  expect(read(asking)).toMatchObject({ ok: true, warnings: [] });
  expect(read(text)).toMatchObject({
    warnings: [expect.stringMatching(/plugin\.toml:17: plugin\.filesystem names folders, but .* does not ask for/)],
  });
});

test("a symbolic root is told by its own line", () => {
  const text = `${PLUGIN_TOML}[plugin.filesystem]\nread = [\n  "$HOME/notes",\n  "/etc",\n]\n`;
  expect(firstProblem(text)).toMatchObject({ code: "invalid-value", line: 18 });
  expect(firstProblem(text).message).toContain("$PLUGIN, $DATA or $HOME/…");
});

test("keys are found in dotted keys, quoted keys, inline tables and behind long texts", () => {
  const text = [
    "plugin.id = 1", // 1
    "[plugin.defaults]", // 2
    'text = """', // 3
    "[plugin.limits]", // 4
    'memory_mib = 3"""', // 5
    "list = [", // 6
    "  { a = 1 }, # ]", // 7
    "]", // 8
    '"a.b".c = { d = 1 }', // 9
    "[plugin.limits]", // 10
    "memory_mib = 3", // 11
  ].join("\n");
  expect(tomlLine(text, ["plugin", "id"])).toBe(1);
  expect(tomlLine(text, ["plugin", "defaults", "text"])).toBe(3);
  expect(tomlLine(text, ["plugin", "defaults", "list", 0, "a"])).toBe(6);
  expect(tomlLine(text, ["plugin", "defaults", "a.b", "c", "d"])).toBe(9);
  expect(tomlLine(text, ["plugin", "limits", "memory_mib"])).toBe(11);
  expect(tomlLine(text, ["plugin", "nowhere"])).toBe(1);
});
