import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { BuiltinPlugin } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { agents } from "../src/index.ts";

test("every plugin is whole, and named as its default label says", () => {
  expect(agents.map((plugin) => plugin.plugin_id)).toEqual([
    "mimolo.folder-activity",
    "mimolo.git-activity",
    "mimolo.system-load",
    "mimolo.active-window",
    "mimolo.idle",
    "mimolo.screen-tracker",
    "mimolo.http-request",
    "mimolo.notify",
    "mimolo.schedule",
    "mimolo.command",
    "mimolo.midi",
  ]);
  for (const plugin of agents) {
    expect(BuiltinPlugin.parse(plugin)).toEqual(plugin);
    expect(plugin.plugin_id).toBe(`mimolo.${plugin.default_label}`);
  }
});

test("the version is the package's own", () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(new Set(agents.map((plugin) => plugin.version))).toEqual(new Set([version]));
});

test("a digest is that of the built file, and all zeros where nothing was built", () => {
  for (const { entry, sha256 } of agents) {
    const digest = existsSync(entry) ? createHash("sha256").update(readFileSync(entry)).digest("hex") : "0".repeat(64);
    expect(sha256).toBe(digest);
  }
});
