import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Artifact } from "@mimolo/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import { begin, brief, content, folderOf, listed, raw, tell } from "./live-artifacts.ts";
import { call, LivePlugins } from "./live-plugins.ts";

let live: LivePlugins;
beforeEach(() => {
  live = new LivePlugins();
});
afterEach(() => live.end());

test("what an agent keeps is listed and shown, byte by byte as evidence names it, and through no link", async () => {
  const collector = await begin(live);
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
  const shots = folderOf(live, "acme.shots", all.items[1] as Artifact);
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
