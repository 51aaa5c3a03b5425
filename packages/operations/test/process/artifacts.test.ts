import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import type { Artifact, ArtifactList, PurgePlan } from "@mimolo/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Collector } from "../../src/collector.ts";
import { call, LivePlugins } from "./live-plugins.ts";

let live: LivePlugins;
beforeEach(() => {
  live = new LivePlugins();
});
afterEach(() => live.end());

const config = `[plugins.shots]\nplugin = "acme.shots"\n[plugins.dumb]\nplugin = "acme.dumb"\n`;

async function begin(): Promise<Collector> {
  live.write("acme.shots", { source: "keeps-files.mjs", more: `interfaces = ["artifact", "command"]\n` });
  live.write("acme.dumb", { source: "keeps-files.mjs", more: `interfaces = ["command"]\n` });
  return await live.started(config);
}

async function tell(collector: Collector, plugin: string, name: string, ...args: unknown[]): Promise<unknown> {
  const params = { name, args: args.map((each) => JSON.stringify(each)) };
  const body = { interface: "command", method: "execute", params };
  const answer = await call(collector, "POST", `/plugins/${plugin}/invoke`, body);
  expect(answer.status).toBe(200);
  await collector.committed();
  return answer.body["data"];
}

async function listed(collector: Collector, query = ""): Promise<ArtifactList> {
  return (await call(collector, "GET", `/artifacts${query}`)).body as unknown as ArtifactList;
}

const brief = ({ artifact_id, state }: Artifact) => `${artifact_id} ${state}`;

/** The bytes of an artifact by a fresh token, or the refusal. */
async function content(collector: Collector, id: string) {
  const { body } = await call(collector, "POST", "/artifacts/token", { artifact_id: id });
  return await raw(collector, String(body["token"]));
}

function raw(
  collector: Collector,
  token: string,
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  return new Promise((resolve, reject) => {
    const place = { socketPath: collector.address ?? "", path: `/api/v1/artifacts/content/${token}` };
    request(place, (reply) => {
      let text = "";
      reply.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      reply.on("end", () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }));
    })
      .on("error", reject)
      .end();
  });
}

function folderOf(plugin: string, { instance_id }: Artifact): string {
  return join(live.data, "data", "agents", plugin, instance_id);
}

test("what an agent keeps is listed and shown, byte by byte as evidence names it, and through no link", async () => {
  const collector = await begin();
  await tell(collector, "acme.shots", "keep", [
    { id: "one", text: "first", mime: "image/png", at: "2026-11-20T08:00:00Z" },
    { id: "two", text: "second", mime: "text/html", at: "2026-11-20T09:00:00Z", keeps: "ephemeral" },
  ]);
  await tell(collector, "acme.dumb", "keep", [{ id: "one", text: "another's", at: "2026-11-20T10:00:00Z" }]);
  const all = await listed(collector);
  expect(all.items.map(({ label, artifact_id: id, state }) => `${label} ${id} ${state}`)).toEqual([
    "dumb one present",
    "shots two present",
    "shots one present",
  ]);
  expect(all.totals).toMatchObject({
    artifacts: 3,
    bytes: 20,
    agents: [
      { label: "dumb", plugin_id: "acme.dumb", artifacts: 1, bytes: 9, warning: null },
      { label: "shots", artifacts: 2, bytes: 11, limit_bytes: 1024 * 1024 * 1024 },
    ],
  });
  expect(JSON.stringify(all)).not.toContain(live.root);
  expect((await listed(collector, "?plugin=acme.shots&from=2026-11-20T08:30:00Z")).items.map(brief)).toEqual([
    "two present",
  ]);
  const first = await listed(collector, "?limit=2");
  const rest = await listed(collector, `?limit=2&cursor=${first.next_cursor}`);
  expect([first.items.length, rest.items.map(brief), rest.next_cursor]).toEqual([2, ["one present"], null]);

  // A token is for one artifact of one agent; people say which.
  expect(await call(collector, "POST", "/artifacts/token", { artifact_id: "one" })).toMatchObject({ status: 400 });
  expect(await call(collector, "POST", "/artifacts/token", { artifact_id: "none" })).toMatchObject({
    status: 404,
    body: { code: "unknown-artifact" },
  });
  const own = (await tell(collector, "acme.shots", "token", "one")) as { ok: true; data: { token: string } };
  const shown = await raw(collector, own.data.token);
  expect([shown.status, shown.text, shown.headers["content-type"]]).toEqual([200, "first", "image/png"]);
  expect(shown.headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
  });
  expect(await tell(collector, "acme.dumb", "token", "two")).toMatchObject({
    ok: false,
    error: { code: "unknown-artifact" },
  });
  // What a browser might run is a file to be kept.
  expect((await content(collector, "two")).headers).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": "attachment",
  });
  expect(await raw(collector, "made-up")).toMatchObject({ status: 404 });

  // Other bytes, a link, a link on the way, nothing at all.
  const shots = folderOf("acme.shots", all.items[1] as Artifact);
  writeFileSync(join(shots, "artifacts", "two"), "sEcond");
  expect(await content(collector, "two")).toMatchObject({ status: 409, text: expect.stringContaining('"altered"') });
  const outside = join(live.root, "outside");
  mkdirSync(outside);
  for (const name of ["link", "x"]) writeFileSync(join(outside, name), "secret");
  symlinkSync(join(outside, "link"), join(shots, "artifacts", "link"));
  symlinkSync(outside, join(shots, "artifacts", "linked"));
  await tell(collector, "acme.shots", "keep", [
    { id: "link", text: "secret" },
    { id: "through", text: "secret", rel: "artifacts/linked/x" },
    { id: "gone", text: "gone" },
  ]);
  rmSync(join(shots, "artifacts", "gone"));
  for (const id of ["link", "through", "gone"]) {
    expect(await content(collector, id)).toMatchObject({
      status: 404,
      text: expect.stringContaining("artifact-missing"),
    });
  }
  const states = await listed(collector, "?label=shots&state=missing");
  expect(states.items.map(brief)).toEqual(["gone missing", "through missing", "link missing"]);
  expect(states.totals.agents[1]).toMatchObject({ label: "shots", artifacts: 2, bytes: 11 });

  // What evidence was emptied of is referred to no more.
  const { seq } = all.items[0] as Artifact;
  expect(await call(collector, "POST", "/evidence/erase", { seq, why: "test" })).toMatchObject({ status: 200 });
  expect((await listed(collector, "?label=dumb")).items).toEqual([]);
});

test("archives, restorations and purges are what people consented to, and tombstones outlive the collector", async () => {
  const collector = await begin();
  const days = ["17", "18", "19", "20"];
  await tell(
    collector,
    "acme.shots",
    "keep",
    days.map((day) => ({ id: `day-${day}`, text: `day ${day}`, at: `2026-11-${day}T08:00:00Z` })),
  );
  await tell(collector, "acme.dumb", "keep", [{ id: "log", text: "log" }]);
  const [newest] = (await listed(collector, "?label=shots")).items;
  const file = (id: string) => join(folderOf("acme.shots", newest as Artifact), "artifacts", id);

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
  expect(both).toMatchObject({ bytes: 27, can_archive: { shots: true, dumb: false }, warnings: [] });
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
