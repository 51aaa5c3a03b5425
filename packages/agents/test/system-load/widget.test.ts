import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { systemLoadAgent } from "../../src/system-load/agent.ts";
import { systemLoadWidget } from "../../src/system-load/widget.ts";
import { shownBy } from "../shown.ts";

test("processor, memory and disk stand as bars whose tone says how much that is", () => {
  const glance = { recent: [10, 20, 40], load1m: 1.234, memoryPercent: 80.4, diskPercent: 95 };
  const widget = systemLoadWidget({ ...glance, cpuPercent: 40 });
  expect(shownBy(widget).replaceAll(/\n+/g, "\n")).toBe(
    "Processor40 %\nMemory80 %\nDisk95 %\nload 1.23 over the last minute",
  );
  const html = JSON.stringify(widget);
  for (const classes of ["mml-bar-8 mml-ok", "mml-bar-16 mml-warn", "mml-bar-19 mml-bad", "mml-sparkline-4"]) {
    expect(html).toContain(classes);
  }
});

test("what is not known is not shown", () => {
  const glance = { recent: [], load1m: 0, memoryPercent: 5, diskPercent: null, cpuPercent: null };
  const shown = shownBy(systemLoadWidget(glance));
  expect(shown).toContain("Memory5 %");
  expect(shown).not.toMatch(/Processor|Disk/);
});

test("the agent remembers its last forty looks, over summaries too", async () => {
  let ticks = 0;
  const readings = {
    cpuTime: () => ({ busy: (ticks += 50), total: ticks * 2 }),
    memoryPercent: () => 50,
    load1m: () => 0.5,
    diskPercent: async () => 10,
  };
  const collector = fakeCollector();
  await collector.connect(systemLoadAgent({ cwd: "/", readings }));
  await collector.advance(60 * 5_000);
  await collector.flush();
  const { data } = await collector.render();
  expect(data.ttl_ms).toBe(10_000);
  expect(JSON.stringify(data).match(/mml-sparkline-5/g)).toHaveLength(40);
  expect(await collector.shutdown()).toBe(0);
});
