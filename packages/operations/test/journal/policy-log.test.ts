import { expect, test } from "vitest";
import type { AgentPlan } from "../../src/agents/plan/agent-plan.ts";
import type { MonitorConfig } from "../../src/config/index.ts";
import type { Journal } from "../../src/journal/journal.ts";
import { PolicyLog } from "../../src/journal/policy-log.ts";

const monitor = { cooldown_seconds: 600, minimum_segment_s: 0, day_start: "00:00", time_zone: "UTC" } as MonitorConfig;
const plan = (label: string) =>
  ({
    label,
    pluginId: `local.${label}`,
    config: {},
    builtin: null,
    program: { manifest: null },
  }) as unknown as AgentPlan;
const said = (label: string, header: string, startedAtMs: number | null) => ({
  plan: plan(label),
  monitor: { data_header: header },
  snapshot: { startedAtMs },
});

function logOf(labels: string[]) {
  const written: [number, string[]][] = [];
  const journal = {
    policy({ at, agents }: { at: string; agents: Record<string, { data_header?: string }> }) {
      written.push([Date.parse(at), Object.values(agents).map(({ data_header: header = "" }) => header)]);
    },
  } as unknown as Journal;
  const log = new PolicyLog(journal);
  log.planned(labels.map(plan), monitor, 1_000);
  return { log, written };
}

test("what a process says of itself first holds since its start, a later word from then on", () => {
  const { log, written } = logOf(["a"]);
  log.announced(said("a", "files", 1_500), monitor, 2_000);
  log.announced(said("a", "other", 1_500), monitor, 3_000);
  log.announced(said("a", "files", 4_000), monitor, 4_500);
  expect(written).toEqual([
    [1_000, [""]],
    [1_500, ["files"]],
    [3_000, ["other"]],
    [4_000, ["files"]],
  ]);
});

test("no policy is put before another one, which would hide it again", () => {
  const { log, written } = logOf(["a", "b"]);
  log.announced(said("a", "files", 1_600), monitor, 2_000);
  log.announced(said("b", "items", 1_500), monitor, 2_100);
  expect(written.slice(1)).toEqual([
    [1_600, ["files", ""]],
    [1_600, ["files", "items"]],
  ]);
});
