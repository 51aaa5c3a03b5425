import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PluginChangeReport, RegisterReport, StatusReport } from "@mimolo/protocol";
import { afterEach, expect, test, vi } from "vitest";
import { mimolo, place, type Spawned } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const LOAD = "mimolo.system-load";
const collectors: Spawned[] = [];
afterEach(async () => {
  for (const { child } of collectors) child.kill("SIGTERM");
  await Promise.all(collectors.splice(0).map(({ ended }) => ended));
});

/** A folder whose mimolo.toml runs the built-in `system-load` under two labels. */
function placeOfTwo() {
  const at = place();
  const file = join(at.folder, "mimolo.toml");
  writeFileSync(file, `[plugins.one]\nplugin = "${LOAD}"\n[plugins.two]\nplugin = "${LOAD}"\n`);
  const common = ["--config", file, "--data-dir", at.dataDir];
  const json = async <Report>(...words: string[]): Promise<Report> => {
    const { code, out, err } = await mimolo(at, ...words, ...common, "--json").ended;
    if (code !== 0) throw new Error(`${words.join(" ")}: ${err}`);
    return JSON.parse(out) as Report;
  };
  const states = async () => {
    const { plugins } = await json<RegisterReport>("plugin", "list");
    return plugins.filter(({ plugin_id: id }) => id === LOAD).map(({ state }) => state);
  };
  return { at, common, json, states };
}

test("plugin list shows how far a plugin has come: found, at work, unloaded, at work again", async () => {
  const { at, common, json, states } = placeOfTwo();
  expect(new Set(await states())).toEqual(new Set(["discovered"]));
  const collector = mimolo(at, "run", ...common);
  collectors.push(collector);
  await vi.waitFor(async () => expect(await states()).toEqual(["active", "active"]), 30_000);

  const unloaded = await json<PluginChangeReport>("plugin", "unload", LOAD);
  expect(unloaded).toMatchObject({ state: "unloaded", outcome: "unloaded", agents: ["one", "two"] });
  expect(new Set(await states())).toEqual(new Set(["unloaded"]));
  expect((await json<StatusReport>("status")).agents).toEqual([]);

  expect(await json<PluginChangeReport>("plugin", "load", LOAD)).toMatchObject({ state: "active", outcome: "loaded" });
  expect(await states()).toEqual(["active", "active"]);
  // What its process does is told elsewhere, in words of its own.
  const { agents } = await json<StatusReport>("status");
  expect(agents.map(({ label, state }) => `${label} ${state}`)).toEqual(["one running", "two running"]);
});
