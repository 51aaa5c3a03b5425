import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { openArchive } from "../../src/index.ts";
import { expect, test } from "vitest";
import type { Detail } from "../../src/artifacts/details.ts";
import { Inventory } from "../../src/artifacts/index/inventory.ts";
import { keptArtifacts } from "../../src/artifacts/kept.ts";
import { listArtifacts } from "../../src/artifacts/listing.ts";
import type { ArtifactRegister } from "../../src/artifacts/register.ts";
import { owner, referenceTo, type Shelf, shelf } from "./shelf.ts";

async function states(register: ArtifactRegister): Promise<string[]> {
  const { items } = await listArtifacts(register, { limit: 1_000 }, 0);
  return items.map(({ artifact_id: id, state }) => `${id} ${state}`);
}

async function detailOf(register: ArtifactRegister, id: string): Promise<Detail> {
  await register.ready();
  const detail = await register.details.one(register.inventory.find(owner.instanceId, id));
  if (detail === null) throw new Error(`there is no ${id}`);
  return detail;
}

/** As a collector that is started again finds it: every record goes by once. */
async function again({ root, register }: Shelf): Promise<ArtifactRegister> {
  const inventory = new Inventory();
  for await (const { record } of openArchive(root).evidence()) inventory.take(record);
  return register(inventory);
}

/** As the command line finds it while no collector runs. */
const offline = ({ root }: Shelf) => keptArtifacts(root, { limitBytes: 0 });

test("what is referred to is known once it is committed, not before, and without reading what is about something else", async () => {
  const on = await shelf();
  const register = on.register();
  on.keep("first");
  expect(await states(register)).toEqual([]);
  await on.ledger.commit();
  on.keep("second");
  expect(await states(register)).toEqual(["first present"]);
  expect(on.inventory.isBehind).toBe(true);
  await on.ledger.commit();
  expect(await states(register)).toEqual(["second present", "first present"]);
  expect(on.inventory.isBehind).toBe(false);
  on.inventory.written(on.ledger.nextSeq, { type: "heartbeat", data: { n: 1 } });
  expect(on.inventory.isBehind).toBe(false);
});

test("a reference that was erased, or that a rule took a part of, refers to nothing", async () => {
  const on = await shelf();
  const seq = on.keep("secret");
  const { sha256: _taken, ...part } = referenceTo("partly");
  on.refer(part, referenceTo("whole"));
  on.refer({ ...referenceTo("climbs"), rel_path: "../../state/head.json" });
  await on.ledger.commit();
  const register = on.register();
  expect(await states(register)).toEqual(["whole missing", "secret present"]);
  await on.erase(seq);
  expect(await states(register)).toEqual(["whole missing"]);
  expect(await states(await again(on))).toEqual(["whole missing"]);
});

test("a reference that is said again is the same artifact; one to other bytes takes its place", async () => {
  const on = await shelf();
  on.keep("shot", "one");
  on.keep("shot", "one");
  await on.ledger.commit();
  const register = on.register();
  await register.note("purged", [await detailOf(register, "shot")], { by: "cli" });
  on.refer(referenceTo("shot", "one"));
  await on.ledger.commit();
  expect(await states(register)).toEqual(["shot purged"]);
  on.keep("shot", "another");
  await on.ledger.commit();
  expect(await states(register)).toEqual(["shot present"]);
  expect(await states(await again(on))).toEqual(["shot present"]);
});

test("tombstones are owner-only, outlive the collector, a torn line and nonsense", async () => {
  const on = await shelf();
  for (const id of ["a", "b", "c"]) on.keep(id);
  await on.ledger.commit();
  const register = on.register();
  await register.note("archived", [await detailOf(register, "a")], { by: "api", archiveId: "x" });
  appendFileSync(on.data.artifacts, 'nonsense\n{"at":"2026-11-21T09');
  const second = await again(on);
  await second.ready();
  await second.note("purged", [await detailOf(second, "b")], { by: "cli", reason: "over" });
  expect(statSync(on.data.artifacts).mode & 0o077).toBe(0);
  const third = await again(on);
  const { items } = await listArtifacts(third, { limit: 10 }, 0);
  expect(items).toMatchObject([
    { artifact_id: "c", state: "present", archive_id: null, purged: null },
    { artifact_id: "b", state: "purged", purged: { by: "cli", reason: "over", archive_id: null } },
    { artifact_id: "a", state: "archived", archive_id: "x", purged: null },
  ]);
  expect(await third.inArchive(owner.instanceId, "x")).toHaveLength(1);
  expect(await third.inArchive("i-2", "x")).toEqual([]);
});

test("a collector that died in a purge knows afterwards what it deleted and what it did not", async () => {
  const on = await shelf();
  for (const id of ["gone", "there"]) on.keep(id);
  await on.ledger.commit();
  const register = on.register();
  const both = [await detailOf(register, "gone"), await detailOf(register, "there")];
  await register.note("purging", both, { by: "api", reason: "over", archiveId: "x" });
  rmSync(on.file("artifacts/gone"));
  const before = readFileSync(on.data.artifacts, "utf8");
  const read = await offline(on).list({ limit: 10 });
  expect(readFileSync(on.data.artifacts, "utf8")).toBe(before);
  const { items } = await listArtifacts(await again(on), { limit: 10 }, 0);
  expect(items).toMatchObject([
    { artifact_id: "there", state: "present" },
    { artifact_id: "gone", state: "purged", purged: { by: "api", reason: "over", archive_id: "x" } },
  ]);
  expect(read.items.map(({ artifact_id: id, state }) => [id, state])).toEqual([
    ["there", "present"],
    ["gone", "purged"],
  ]);
  expect(readFileSync(on.data.artifacts, "utf8").match(/"event":"\w+"/g)).toEqual([
    '"event":"purging"',
    '"event":"purging"',
    '"event":"purged"',
    '"event":"kept"',
  ]);
});

test("pages meet without a hole or a double, whatever comes meanwhile", async () => {
  const on = await shelf();
  for (let n = 0; n < 7; n++) on.refer(...["a", "b", "c"].map((letter) => referenceTo(`${letter}-${n}`)));
  await on.ledger.commit();
  const register = on.register();
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listArtifacts(register, { limit: 4, cursor }, 0);
    seen.push(...page.items.map(({ artifact_id: id }) => id));
    cursor = page.next_cursor ?? undefined;
    on.keep(`new-${seen.length}`);
    await on.ledger.commit();
  } while (cursor !== undefined);
  const wanted = [6, 5, 4, 3, 2, 1, 0].flatMap((n) => ["c", "b", "a"].map((letter) => `${letter}-${n}`));
  expect(seen).toEqual(wanted);
  await expect(listArtifacts(register, { limit: 4, cursor: "nonsense" }, 0)).rejects.toMatchObject({
    code: "invalid-parameter",
  });
});

test("sums count what lies there, and say when it is too much", async () => {
  const on = await shelf();
  for (const id of ["aaaa", "bbbb", "cccc"]) on.keep(id);
  await on.ledger.commit();
  const register = on.register();
  const { totals } = await listArtifacts(register, { limit: 10 }, 11);
  expect(totals.agents).toMatchObject([{ label: "shots", artifacts: 3, bytes: 12, limit_bytes: 11 }]);
  expect(totals.agents[0]?.warning).toContain("3 artifacts of shots take");
  writeFileSync(on.file("artifacts/aaaa"), "longer than before");
  rmSync(on.file("artifacts/bbbb"));
  const after = await listArtifacts(register, { limit: 10 }, 11);
  expect(after.items.map(({ state }) => state)).toEqual(["present", "missing", "altered"]);
  expect(after.totals.agents).toMatchObject([{ artifacts: 2, bytes: 8, warning: null }]);
});
