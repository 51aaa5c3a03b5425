import { build } from "tsup";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const out = await mkdtemp(join(tmpdir(), "mimolo-sdk-layers-"));
afterAll(() => rm(out, { recursive: true }));

test("an agent loads the wire and nothing else: no zod, no module of Node's at its start", async () => {
  await build({
    entry: { agent: join(import.meta.dirname, "../src/index.ts") },
    config: false,
    outDir: out,
    format: "esm",
    platform: "node",
    silent: true,
    metafile: true,
    noExternal: [/./],
    esbuildOptions(options) {
      options.conditions = ["@mimolo/source"];
    },
  });
  const metafile = (await readdir(out)).find((file) => file.startsWith("metafile")) ?? "";
  const { inputs, outputs } = JSON.parse(await readFile(join(out, metafile), "utf8")) as {
    inputs: Record<string, unknown>;
    outputs: Record<string, { inputs: object; imports: { path: string; kind: string }[] }>;
  };
  const sources = Object.keys(inputs);
  expect(sources.some((path) => path.includes("agent-sdk/src/agent-run.ts"))).toBe(true);
  const foreign = sources.filter((path) => !/packages\/(agent-sdk\/src|protocol\/src\/wire)\//.test(path));
  // Loaded by agents that privacy rules with a regular expression cover, and only then.
  expect(foreign).toEqual([expect.stringContaining("/re2js/")]);
  const holder = Object.entries(outputs).find(([, { inputs: parts }]) => Object.keys(parts).includes(foreign[0] ?? ""));
  expect(Object.values(outputs).flatMap(({ imports }) => imports)).toEqual([
    { path: holder?.[0], kind: "dynamic-import" },
  ]);
});
