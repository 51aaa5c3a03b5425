import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PluginReport, PluginStats } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { trustPlace, writePlugin } from "../trust/place.ts";

const ID = "acme.inbox";
const never = { executions: 0, failures: 0, last_execution_at: null, p95_us: null, error_rate: 0, health: "stopped" };

test("a plugin that never ran has done nothing, one that is not known is no plugin: with a collector and without", async () => {
  const { json, error, mimolo, running, dataDir } = trustPlace();
  writePlugin(join(dataDir, "plugins", "dev", "inbox"));
  const folder = join(dataDir, "state", "telemetry");
  mkdirSync(folder, { recursive: true });
  const kept = `{"at":"2026-11-20T09:00:00.000Z","span_s":60,"plugin":"acme.gone","executions":3,"sum_us":30,"times":[10,3]}\n`;
  writeFileSync(join(folder, "2026-11-20.jsonl"), kept);
  for (const begin of [() => Promise.resolve(), running]) {
    await begin();
    expect(PluginStats.parse(await json("plugin", "stats", ID))).toMatchObject({ plugin_id: ID, ...never });
    expect(PluginReport.parse(await json("report", `plugin:${ID}`))).toMatchObject({ rows: [], totals: never });
    expect(await json("plugin", "stats", "acme.gone")).toMatchObject({ executions: 3, p95_us: 10 });
    const range = ["--from", "2026-11-20T09:00Z", "--to", "2026-11-20T10:00Z", "--by", "hour"];
    const { rows } = await json<PluginReport>("report", "plugin:acme.gone", ...range);
    expect(rows).toMatchObject([{ executions: 3, avg_execution_time_us: 10 }]);
    for (const line of [
      ["plugin", "stats", "acme.inbix"],
      ["report", "plugin:acme.inbix"],
    ])
      expect(await error(...line)).toMatchObject({ exit: 2, code: "unknown-plugin" });
  }
  expect((await mimolo("report", `plugin:${ID}`)).out).toContain("neither ran nor was called");
  expect(await error("report", "weather")).toMatchObject({ exit: 2, code: "usage" });
});
