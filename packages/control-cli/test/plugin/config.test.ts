import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PluginConfigReport } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { trustPlace } from "../trust/place.ts";

test("a plugin that merely lies in the dev folder is explained as it would be told, and can be configured", async () => {
  const { json, error, dataDir } = trustPlace({ MIMOLO_PLUGINS__NOTE_COUNT__COUNT: "7" });
  const folder = join(dataDir, "plugins", "dev", "notes");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "main.mjs"), "");
  const head =
    '[plugin]\nid = "acme.note-count"\nname = "Notes"\nversion = "1.0.0"\ntype = "agent"\nentry = "main.mjs"\n';
  writeFileSync(join(folder, "plugin.toml"), `${head}[plugin.defaults]\ncount = 1\nsuffix = ".md"\n`);
  const told = async (...args: string[]) => {
    const { values } = await json<PluginConfigReport>("plugin", "config", "acme.note-count", ...args);
    return values
      .filter(({ key }) => key === "count" || key === "suffix")
      .map(({ key, value, source }) => [key, value, source]);
  };
  expect(await told("--explain")).toEqual([
    ["count", 7, "environment"],
    ["suffix", ".md", "plugin"],
  ]);
  expect(await told("suffix=.txt")).toEqual([
    ["count", 7, "environment"],
    ["suffix", ".txt", "runtime"],
  ]);
  expect(await told("--label", "note-count")).toHaveLength(2);
  expect(await error("plugin", "config", "acme.not-count")).toMatchObject({
    exit: 2,
    hint: "did you mean acme.note-count?",
  });
});
