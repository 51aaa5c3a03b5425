// Fixture agents, each bundled into one file as an author would ship it.
import { build } from "tsup";
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";

/** Bundles every fixture from source; gives the folder they are in. */
export async function bundleFixtures(): Promise<string> {
  const fixtures = join(import.meta.dirname, "fixtures");
  const outDir = await mkdtemp(join(tmpdir(), "mimolo-sdk-fixtures-"));
  const names = (await readdir(fixtures)).filter((name) => /\.(mjs|ts)$/.test(name));
  await build({
    entry: Object.fromEntries(names.map((name) => [basename(name, extname(name)), join(fixtures, name)])),
    config: false,
    outDir,
    outExtension: () => ({ js: ".mjs" }),
    format: "esm",
    target: "node20.19",
    platform: "node",
    splitting: false,
    silent: true,
    noExternal: [/./],
    esbuildOptions(options) {
      options.conditions = ["@mimolo/source"];
    },
  });
  return outDir;
}
