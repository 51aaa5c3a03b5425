import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AggregateRecord, Segment, TimelineReport } from "@mimolo/protocol";
import { expect, test, vi } from "vitest";
import { fixture, mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const WHOLE = ["item 1", "both", "item 2"];

/** A folder whose mimolo.toml runs a monitor for each label, with the filter of that name. */
function placeWith(filters: Record<string, string>) {
  const at = place();
  const file = join(at.folder, "mimolo.toml");
  const args = JSON.stringify([fixture("filters-as-told.mjs")]);
  const sections = Object.entries(filters).map(
    ([label, filter]) => `[plugins.${label}]\nexecutable = "node"\nargs = ${args}\nfilter = "${filter}"\n`,
  );
  writeFileSync(file, sections.join(""));
  const common = ["--config", file, "--data-dir", at.dataDir];
  const run = (...argv: string[]) => mimolo(at, "run", "--dev", ...common, ...argv);
  const timeline = async () =>
    JSON.parse((await mimolo(at, "timeline", ...common, "--json").ended).out) as TimelineReport;
  const aggregates = async () => {
    const { out } = await mimolo(at, "evidence", ...common, "--kind", "aggregate", "--json").ended;
    const lines = out.split("\n").filter((line) => line !== "");
    return lines.map((line) => (JSON.parse(line) as AggregateRecord).data);
  };
  return { at, common, run, timeline, aggregates };
}

/** What the files of segments hold, by the text of each. */
function files(dataDir: string): string[] {
  const folder = join(dataDir, "segments");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).toSorted();
  return names.map((name) => readFileSync(join(folder, name), "utf8"));
}

function linesOf(dataDir: string): Segment[] {
  return files(dataDir).flatMap((text) =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Segment),
  );
}

test.concurrent.each(["jsonl", "yaml", "md"])(
  "--once waits for the filter's word: timeline and file have it, as %s",
  async (format) => {
    const { at, run, timeline } = placeWith({ good: "counts" });
    expect((await run("--once", "--cooldown", "1s", "--log-format", format).ended).code).toBe(0);
    const { segments } = await timeline();
    expect(segments).toMatchObject([{ aggregated: { good: { items: { count: 2 } } } }]);
    const [text = "", ...more] = files(at.dataDir);
    expect(more).toEqual([]);
    expect(text).toContain(segments[0]?.id);
    expect(text).toMatch(format === "jsonl" ? /"count":2/ : /count: 2|"count":2/);
    expect(existsSync(join(at.dataDir, "state", "current_segment.json"))).toBe(false);
  },
);

test("filters that throw, hang, answer too much, end their process or do not run cost the segment nothing but themselves", async () => {
  const labels = { good: "counts", bad: "throws", stuck: "hangs", large: "floods", dead: "exits", away: "counts" };
  const { at, common, run, timeline, aggregates } = placeWith(labels);
  const collector = run("--cooldown", "4s");
  await collector.says("work began");
  const current = join(at.dataDir, "state", "current_segment.json");
  await vi.waitFor(() => expect(readFileSync(current, "utf8")).toContain('"reasons"'), { timeout: 3_000 });
  await mimolo(at, "agent", "stop", "away", ...common).ended;
  // The one whose filter ends it starts again, and works again: only the first segment is looked at.
  const first = async () => {
    const all = await aggregates();
    return all.filter(({ segment_id: id }) => id === all[0]?.segment_id);
  };
  await vi.waitFor(async () => expect(await first()).toHaveLength(6), { timeout: 40_000, interval: 500 });
  const answers = Object.fromEntries(
    (await first()).map(({ agent_label: label, value, fallback }) => [label, value ?? fallback]),
  );
  expect(answers).toEqual({
    good: { count: 2 },
    bad: "failed",
    stuck: "timed-out",
    large: "too-large",
    dead: "failed",
    away: "not-running",
  });
  const { segments } = await timeline();
  expect(segments[0]?.aggregated).toEqual({
    good: { items: { count: 2 } },
    bad: { items: WHOLE },
    stuck: { items: WHOLE },
    large: { items: WHOLE },
    dead: { items: WHOLE },
    away: { items: WHOLE },
  });
  collector.child.kill("SIGTERM");
  expect((await collector.ended).code).toBe(0);
  expect(linesOf(at.dataDir).filter(({ id }) => id === segments[0]?.id)).toEqual([{ type: "segment", ...segments[0] }]);
});

test("kill -9 while a segment is open: it is asked for and written after the next start, once", async () => {
  const { at, run, timeline } = placeWith({ good: "counts" });
  const killed = run("--cooldown", "2s");
  await killed.says("work began");
  await vi.waitFor(async () => expect((await timeline()).open?.resets_count).toBe(1), { timeout: 20_000 });
  killed.child.kill("SIGKILL");
  await killed.ended;
  for (const round of [1, 2]) {
    const next = run("--once", "--cooldown", "2s");
    expect((await next.ended).code, `round ${round}`).toBe(0);
  }
  const { segments } = await timeline();
  expect(segments.length).toBeGreaterThanOrEqual(2);
  expect(linesOf(at.dataDir)).toEqual(segments.map((segment) => ({ type: "segment", ...segment })));
  for (const { aggregated, resets_count: resets } of segments) {
    expect(aggregated).toEqual({ good: { items: { count: resets + 1 } } });
  }
});
