import { execFile } from "node:child_process";
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { checkedPackage, publish, readSources } from "../../src/registry/index.ts";
import { temporaryFolder } from "../package/folders.ts";
import { packageFile, registryOf } from "../registry/registries.ts";

const host = fileURLToPath(new URL("./hosts/publishes.mjs", import.meta.url));
const publishes = (directory: string, step: string, ...packages: readonly string[]) =>
  promisify(execFile)(process.execPath, [host, directory, step, ...packages]);

test("several processes that publish into one registry at once lose nothing of each other", async () => {
  const directory = join(temporaryFolder(), "registry");
  const ids = ["acme.a", "acme.b", "acme.c"];
  const versions = ["1.0.0", "1.1.0", "1.2.0", "2.0.0", "2.1.0", "3.0.0"];
  await Promise.all(
    ids.map(async (id) => {
      const packages = await Promise.all(versions.map((version) => packageFile({ id, version })));
      await publishes(directory, "never", ...packages);
    }),
  );
  const { offers, problems } = readSources([directory]);
  expect(problems).toEqual([]);
  expect(offers.map(({ pluginId, version }) => `${pluginId} ${version}`)).toEqual(
    ids.flatMap((id) => versions.map((version) => `${id} ${version}`)),
  );
  for (const offer of offers) await checkedPackage(offer);
  expect(readdirSync(directory).filter((name) => !name.startsWith("acme."))).toEqual(["index.json"]);
}, 60_000);

test("a publisher killed at any step leaves a sound registry, and the next one gets through", async () => {
  const prepared = await registryOf({});
  const packagePath = await packageFile({ version: "1.1.0" });
  const later = await packageFile({ version: "1.2.0" });
  const seen = new Set<string>();
  for (let step = 0; ; step++) {
    const directory = join(temporaryFolder(), "registry");
    cpSync(prepared, directory, { recursive: true });
    const outcome = await publishes(directory, String(step), packagePath).then(
      ({ stdout }) => stdout.trim(),
      (error: { signal: string }) => error.signal,
    );
    const after = readSources([directory]);
    expect(after.problems).toEqual([]);
    for (const offer of after.offers) await checkedPackage(offer);
    seen.add(`${outcome} with ${after.offers.length}`);
    if (outcome !== "SIGKILL") break;
    for (const each of [later, packagePath]) await publish({ packagePath: each, directory });
    const { offers, problems } = readSources([directory]);
    expect(problems).toEqual([]);
    expect(offers.map(({ version }) => version)).toEqual(["1.0.0", "1.1.0", "1.2.0"]);
    for (const offer of offers) await checkedPackage(offer);
  }
  expect([...seen].toSorted()).toEqual(["SIGKILL with 1", "SIGKILL with 2", "published with 2"]);
}, 90_000);
