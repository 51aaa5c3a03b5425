import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { folderActivityAgent } from "../../src/folder-activity/agent.ts";
import { Today } from "../../src/folder-activity/today.ts";
import { folderActivityWidget } from "../../src/folder-activity/widget.ts";
import { shownBy } from "../shown.ts";
import { temporaryFolder } from "./scene.ts";

const NONE = { created: 0, modified: 0, deleted: 0, renamed: 0, total: 0 };
const morning = new Date(2026, 10, 21, 9, 5).getTime();
const later = new Date(2026, 10, 21, 14, 3).getTime();
const created = (...paths: string[]) => paths.map((path) => ({ kind: "created" as const, path }));

function day(startMs: number) {
  const clock = { nowMs: startMs };
  return { clock, today: new Today(() => clock.nowMs) };
}

test("a glance has what summaries took and what still waits, and the last folders first", () => {
  const { clock, today } = day(morning);
  today.changed(created("/home/ada/project/src/a.ts", "/home/ada/project/src/b.ts"));
  today.taken({ ...NONE, created: 2, total: 2 });
  clock.nowMs = later;
  today.changed(created("/home/ada/project/docs/c.md"));
  const glance = today.glance({ ...NONE, created: 1, total: 1 });
  expect(glance.counts).toEqual({ ...NONE, created: 3, total: 3 });
  expect([glance.hours[9], glance.hours[14]]).toEqual([2, 1]);
  expect(shownBy(folderActivityWidget(glance, 12, later))).toBe(
    [
      "3 changes today",
      "3 created",
      "".padStart(23, "\n"),
      "Last folders",
      "project/docs1 · 14:03",
      "project/src2 · 09:05",
      "12 folders watched since 09:05",
    ].join("\n"),
  );
});

test("six folders are remembered, and nothing of yesterday", () => {
  const { clock, today } = day(later);
  for (let folder = 0; folder < 100; folder += 1) today.changed(created(`/w/${folder}/a.txt`));
  today.taken({ ...NONE, created: 100, total: 100 });
  expect(today.glance(NONE).folders.map(({ folder }) => folder)).toEqual(
    [99, 98, 97, 96, 95, 94].map((folder) => `/w/${folder}`),
  );
  clock.nowMs = new Date(2026, 10, 22, 0, 10).getTime();
  const { counts, hours, folders, sinceMs } = today.glance(NONE);
  expect([counts, Math.max(...hours), folders]).toEqual([NONE, 0, []]);
  expect(new Date(sinceMs).getHours()).toBe(0);
  expect(shownBy(folderActivityWidget(today.glance(NONE), 1, clock.nowMs))).toBe(
    "0 changes today\n1 folder watched since 00:00",
  );
});

test("a refresh shows the file that was written a moment ago", async () => {
  const cwd = temporaryFolder();
  const collector = fakeCollector();
  await collector.connect(await folderActivityAgent({}, { cwd }));
  writeFileSync(join(cwd, "a.txt"), "");
  await collector.act("refresh");
  const { data } = collector.all("widget_frame").at(-1) ?? {};
  expect(data?.mode === "tree_v1" && shownBy(data.tree)).toContain("1 change today\n1 created");
  expect(collector.all("summary").at(-1)?.data).toMatchObject({ counts: { created: 1 } });
  expect(await collector.shutdown()).toBe(0);
});
