import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { discoverPlugins } from "../../src/plugins/discover.ts";

const root = mkdtempSync(join(tmpdir(), "mimolo-any-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const dev = join(root, "dev");
const npm = join(root, "node_modules", "any");
for (const folder of [join(dev, "any"), npm]) mkdirSync(folder, { recursive: true });

const line = fc.tuple(
  fc.constantFrom(
    "id",
    "name",
    "version",
    "type",
    "entry",
    "defaults.a",
    "capabilities",
    "engines",
    "__proto__",
    "monitor",
  ),
  fc.oneof(
    fc.json(),
    fc.constantFrom('"acme.one"', '"1.0.0"', '"agent"', '"main.mjs"', "1979-05-27", "nan", "{ network = true }"),
  ),
);
const description = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.array(line, { maxLength: 8 }).map((lines) => {
    return Buffer.from(`[plugin]\n${lines.map(([key, value]) => `${key} = ${value}`).join("\n")}\n`);
  }),
);
const says = fc.oneof(
  fc.json().map((value) => `{"mimolo": ${value}}`),
  fc.constantFrom(
    '{"mimolo": true}',
    '{"mimolo": "plugin.toml"}',
    '{"mimolo": "\\u0000"}',
    '{"mimolo": "../.."}',
    '{"mimolo"',
  ),
  fc.string().map((path) => JSON.stringify({ mimolo: path })),
);

test("whatever lies there, looking for plugins ends with a list and never throws", () => {
  fc.assert(
    fc.property(description, says, (bytes, text) => {
      for (const folder of [join(dev, "any"), npm]) writeFileSync(join(folder, "plugin.toml"), bytes);
      writeFileSync(join(npm, "package.json"), text);
      const { found, problems } = discoverPlugins({ directory: { devPlugins: dev }, npmRoot: root });
      expect(found.length + problems.length).toBeGreaterThan(0);
      for (const { message, path } of problems) expect([message, path]).not.toContain("");
    }),
    { numRuns: 150 },
  );
});
