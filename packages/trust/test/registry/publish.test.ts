import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkedPackage, publish, readSources } from "../../src/registry/index.ts";
import { temporaryFolder } from "../package/folders.ts";
import { author, packageFile } from "./registries.ts";

test("what is published is offered as it is", async () => {
  const packagePath = await packageFile({ description: "Watches\\ta \\u001b[31minbox" });
  const directory = join(temporaryFolder(), "new", "registry");
  const report = await publish({ packagePath, directory });
  const sha256 = createHash("sha256").update(readFileSync(packagePath)).digest("hex");
  expect(report).toEqual({
    plugin_id: "acme.inbox",
    version: "1.0.0",
    key_id: author.keyId,
    sha256,
    path: join(directory, "acme.inbox-1.0.0.mmpkg"),
    index: join(directory, "index.json"),
    changed: true,
  });
  const { offers, problems } = readSources([directory]);
  expect(problems).toEqual([]);
  expect(offers).toMatchObject([
    {
      pluginId: "acme.inbox",
      version: "1.0.0",
      description: "Watches a [31minbox",
      capabilities: ["network"],
      keyId: author.keyId,
      sha256,
      source: directory,
    },
  ]);
  expect(readFileSync(await checkedPackage(offers[0]!))).toEqual(readFileSync(packagePath));
  expect(readdirSync(directory).toSorted()).toEqual(["acme.inbox-1.0.0.mmpkg", "index.json"]);
});
