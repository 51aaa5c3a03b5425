import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Artifact, PurgePlan } from "@mimolo/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import { begin, brief, config, content, folderOf, listed, tell } from "./live-artifacts.ts";
import { call, LivePlugins } from "./live-plugins.ts";

let live: LivePlugins;
beforeEach(() => {
  live = new LivePlugins();
});
afterEach(() => live.end());

test("archives, restorations and purges are what people consented to, and tombstones outlive the collector", async () => {
  const collector = await begin(live);
  const days = ["17", "18", "19", "20"];
  await tell(
    collector,
    "acme.shots",
    "keep",
    days.map((day) => ({ id: `day-${day}`, text: `day ${day}`, at: `2026-11-${day}T08:00:00Z` })),
  );
  await tell(collector, "acme.dumb", "keep", [{ id: "log", text: "log" }]);
  const [newest] = (await listed(collector, "?label=shots")).items;
  const file = (id: string) => join(folderOf(live, "acme.shots", newest as Artifact), "artifacts", id);

  // An agent puts away and brings back.
  const archive = (label: string, ...ids: string[]) =>
    call(collector, "POST", "/artifacts/archive", { label, artifact_ids: ids });
  const put = await archive("shots", "day-17");
  expect(put).toMatchObject({
    status: 200,
    body: { archive_id: "archive-day-17", artifact_ids: ["day-17"], bytes: 6 },
  });
  expect(existsSync(file("day-17"))).toBe(false);
  const away = await content(collector, "day-17");
  expect([away.status, JSON.parse(away.text)]).toMatchObject([
    409,
    { code: "archived_data_rehydrate_required", archive_id: "archive-day-17" },
  ]);
  expect(await archive("shots", "day-17")).toMatchObject({ status: 409, body: { code: "conflict" } });
  expect(await archive("dumb", "log")).toMatchObject({ status: 409, body: { code: "no-artifact-interface" } });
  const restore = (id: string) => call(collector, "POST", "/artifacts/restore", { label: "shots", archive_id: id });
  expect(await restore("never-made")).toMatchObject({ status: 404, body: { code: "unknown-archive" } });
  expect(await restore("archive-day-17")).toMatchObject({ status: 200, body: { artifact_ids: ["day-17"] } });
  expect(await content(collector, "day-17")).toMatchObject({ status: 200, text: "day 17" });

  // Nothing is purged without a plan, consent, and an answer to the offer of an archive.
  const plan = async (body: object) =>
    (await call(collector, "POST", "/artifacts/purge/plan", body)).body as unknown as PurgePlan;
  const execute = (body: object) => call(collector, "POST", "/artifacts/purge/execute", body);
  expect(await call(collector, "POST", "/artifacts/purge/plan", {})).toMatchObject({ status: 400 });
  const both = await plan({ before: "2099-01-01T00:00:00Z" });
  expect(both).toMatchObject({ bytes: 27, can_archive: { shots: true, dumb: false } });
  const held = "1 came back from an archive, which may hold them still; only their agent can delete that";
  expect(both.warnings).toEqual([held]);
  expect(both.artifacts.map(({ artifact_id: id }) => id)).toEqual([...days.map((day) => `day-${day}`), "log"]);
  for (const body of [{}, { consent: true }, { consent: false, archive: false }, { archive: true }]) {
    expect(await execute({ plan_id: both.plan_id, ...body })).toMatchObject({ status: 400 });
  }
  const impossible = await execute({ plan_id: both.plan_id, consent: true, archive: true });
  expect(impossible).toMatchObject({ status: 409, body: { code: "no-artifact-interface" } });
  await tell(collector, "acme.shots", "clumsy", true);
  const clumsy = await plan({ label: "shots", artifact_ids: ["day-18"] });
  expect(await execute({ plan_id: clumsy.plan_id, consent: true, archive: true })).toMatchObject({
    status: 502,
    body: { code: "plugin-failed", reason: "full" },
  });
  await tell(collector, "acme.shots", "clumsy", false);
  expect((await listed(collector)).items.every(({ state }) => state === "present")).toBe(true);

  // With an archive, without one, and what changed meanwhile stays.
  const two = await plan({ label: "shots", before: "2026-11-19T00:00:00Z", reason: "over" });
  const purged = await execute({ plan_id: two.plan_id, consent: true, archive: true });
  expect(purged).toMatchObject({
    status: 200,
    body: { purged: ["day-17", "day-18"], bytes: 12, archive_ids: ["archive-day-17-day-18"], kept: [] },
  });
  expect(await execute({ plan_id: two.plan_id, consent: true, archive: false })).toMatchObject({
    status: 404,
    body: { code: "unknown-plan" },
  });
  const bare = await plan({ label: "shots" });
  writeFileSync(file("day-20"), "written since");
  expect((await execute({ plan_id: bare.plan_id, consent: true, archive: false })).body).toMatchObject({
    purged: ["day-19"],
    kept: [{ artifact_id: "day-20", reason: "it is altered since it was planned" }],
  });
  expect([existsSync(file("day-19")), existsSync(file("day-20"))]).toEqual([false, true]);
  expect(await content(collector, "day-19")).toMatchObject({ status: 410, text: expect.stringContaining('"purged"') });

  // All of that is known after the next start, and what was archived before it was purged comes back.
  const before = (await listed(collector)).items;
  const tombstones = join(live.data, "state", "artifacts.jsonl");
  expect(statSync(tombstones).mode & 0o777).toBe(0o600);
  expect(readFileSync(tombstones, "utf8")).toContain('"reason":"over"');
  await collector.stop();
  const again = await live.started(config);
  const after = await listed(again);
  expect(after.items).toEqual(before);
  expect(after.items.map(brief)).toEqual([
    "log present",
    "day-20 altered",
    "day-19 purged",
    "day-18 purged",
    "day-17 purged",
  ]);
  expect(after.items[4]).toMatchObject({
    archive_id: "archive-day-17-day-18",
    purged: { by: "api", reason: "over", archive_id: "archive-day-17-day-18" },
  });
  const back = await call(again, "POST", "/artifacts/restore", { label: "shots", archive_id: "archive-day-17-day-18" });
  expect(back).toMatchObject({ status: 200, body: { artifact_ids: ["day-17", "day-18"] } });
  expect(await content(again, "day-18")).toMatchObject({ status: 200, text: "day 18" });
  const audit = await call(again, "GET", "/audit?limit=1000");
  const entries = (audit.body["items"] as { action: string; detail: { verb: string } }[]).filter(
    ({ action }) => action === "artifacts",
  );
  expect(entries.map(({ detail }) => detail.verb)).toEqual([
    "archive",
    "restore",
    "archive",
    "purge",
    "purge",
    "restore",
  ]);
});
