import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Artifacts } from "../../src/artifacts/artifacts.ts";
import type { OwnInterface } from "../../src/artifacts/own-interface.ts";
import { CollectorError } from "../../src/error.ts";
import { shelf } from "./shelf.ts";

const MIB = 1024 * 1024;

/** Artifacts of an agent that keeps its archives in a folder, and waits with its answers while `gate` is open. */
async function scene(...ids: readonly string[]) {
  const on = await shelf();
  for (const id of ids) on.keep(id);
  await on.ledger.commit();
  const register = on.register();
  const state = { gate: Promise.resolve(), isBroken: false, asked: [] as string[] };
  const put = (id: string) => join(on.root, `archived-${id}`);
  const agents = {
    can: () => true,
    demand: () => undefined,
    async ask(_: object, { method, params }: { method: string; params: { selection?: { artifact_ids: string[] } } }) {
      state.asked.push(method);
      await state.gate;
      if (state.isBroken) throw new CollectorError("plugin-failed", "shots: the disk is full", "free some");
      if (method === "restore") {
        for (const id of ids) if (existsSync(put(id))) writeFileSync(on.file(`artifacts/${id}`), readFileSync(put(id)));
        return {};
      }
      for (const id of params.selection?.artifact_ids ?? []) renameSync(on.file(`artifacts/${id}`), put(id));
      return { archive_id: "a-1" };
    },
  };
  const artifacts = new Artifacts({
    clock: on.clock,
    register,
    agents: agents as unknown as OwnInterface,
    audit: { note: () => undefined },
    commitSome: () => on.ledger.commit().then(() => undefined),
    commit: () => on.ledger.commit().then(() => undefined),
    limitBytes: () => 0,
  });
  const states = async (of = artifacts) => {
    const { items } = await of.list({ limit: 100 });
    return Object.fromEntries(items.map(({ artifact_id: id, state: shown }) => [id, shown]));
  };
  const lies = (id: string) => existsSync(on.file(`artifacts/${id}`));
  const purge = (planId: string, archive = false) => artifacts.execute(planId, { archive, by: "cli" });
  return { on, register, artifacts, state, states, lies, purge, put };
}

/** What comes of it: the result, or the code of the refusal. */
async function outcomes(...all: readonly Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(all);
  return settled.map((each) => (each.status === "fulfilled" ? each.value : (each.reason as CollectorError).code));
}

test("of two purges by one plan at once one is done, the other is told that there is no such plan any more", async () => {
  const { artifacts, purge, states } = await scene("one", "two");
  const { plan_id: id } = await artifacts.plan({ artifactIds: ["one"] });
  expect(await outcomes(purge(id), purge(id))).toMatchObject([{ purged: ["one"], kept: [] }, "unknown-plan"]);
  expect(await states()).toEqual({ one: "purged", two: "present" });
});

test("of two plans of the same artifact the second finds it gone, and says so", async () => {
  const { artifacts, purge } = await scene("one");
  const [first, second] = [
    await artifacts.plan({ artifactIds: ["one"] }),
    await artifacts.plan({ artifactIds: ["one"] }),
  ];
  expect(await outcomes(purge(first.plan_id), purge(second.plan_id))).toMatchObject([
    { purged: ["one"] },
    { purged: [], bytes: 0, kept: [{ artifact_id: "one", reason: "it is purged since it was planned" }] },
  ]);
});

test("a purge that comes while its artifact is put away waits, and leaves the archive alone", async () => {
  const { artifacts, purge, states, state, put } = await scene("one", "two");
  const { plan_id: id } = await artifacts.plan({ label: "shots" });
  let open: () => void = () => undefined;
  state.gate = new Promise((resolve) => (open = resolve));
  const archived = artifacts.archive("shots", ["one"], "cli");
  const purged = purge(id);
  open();
  expect(await outcomes(archived, purged)).toMatchObject([
    { archive_id: "a-1", artifact_ids: ["one"] },
    { purged: ["two"], kept: [{ artifact_id: "one", reason: "it is archived since it was planned" }] },
  ]);
  expect(await states()).toEqual({ one: "archived", two: "purged" });
  expect(existsSync(put("one"))).toBe(true);
});

test("where the archive that was asked for fails nothing is purged, and the plan is spent", async () => {
  const { artifacts, purge, states, state, lies } = await scene("one");
  const { plan_id: id } = await artifacts.plan({ label: "shots" });
  state.isBroken = true;
  expect(await outcomes(purge(id, true))).toEqual(["plugin-failed"]);
  expect([await states(), lies("one")]).toEqual([{ one: "present" }, true]);
  expect(await outcomes(purge(id))).toEqual(["unknown-plan"]);
});

test("a token that is used while its artifact is purged opens nothing, and the tombstone stands", async () => {
  const { on, artifacts, purge, states } = await scene();
  on.keep("large", "x".repeat(32 * MIB));
  await on.ledger.commit();
  const { token } = await artifacts.token("large");
  const { plan_id: id } = await artifacts.plan({ label: "shots" });
  const [read, purged] = await outcomes(artifacts.content(token), purge(id));
  expect(purged).toMatchObject({ purged: ["large"] });
  expect(read).toBe("purged");
  expect(await states()).toEqual({ large: "purged" });
  expect(await outcomes(artifacts.content(token))).toEqual(["purged"]);
});

test("a file that changed since the plan was shown stays, also when somebody has looked at it meanwhile", async () => {
  const { on, artifacts, purge, lies } = await scene("one", "two");
  const { plan_id: id } = await artifacts.plan({ label: "shots" });
  writeFileSync(on.file("artifacts/one"), "something else");
  await artifacts.list({ limit: 10 });
  expect(await purge(id)).toMatchObject({
    purged: ["two"],
    kept: [{ artifact_id: "one", reason: "it is altered since it was planned" }],
  });
  expect(lies("one")).toBe(true);
});

test("an artifact that its agent kept anew under the same id since the plan stays", async () => {
  const { on, artifacts, purge, states, lies } = await scene("one");
  const { plan_id: id } = await artifacts.plan({ label: "shots" });
  on.keep("one", "other bytes of the same name");
  await on.ledger.commit();
  expect(await purge(id)).toMatchObject({ purged: [], kept: [{ artifact_id: "one" }] });
  expect(lies("one")).toBe(true);
  expect(await states()).toMatchObject({ one: "present" });
});

test("what was swapped for a link since the plan leads to no file elsewhere", async () => {
  const { on, artifacts, purge } = await scene("one", "two");
  const { plan_id: id } = await artifacts.plan({ label: "shots" });
  const outside = join(on.root, "outside");
  mkdirSync(outside);
  for (const name of ["one", "two"]) writeFileSync(join(outside, name), name);
  rmSync(on.file("artifacts"), { recursive: true });
  symlinkSync(outside, on.file("artifacts"));
  const { purged, kept } = await purge(id);
  expect([purged, kept.map(({ reason }) => reason)]).toEqual([[], Array(2).fill("it is missing since it was planned")]);
  expect(existsSync(join(outside, "one")) && existsSync(join(outside, "two"))).toBe(true);
});

test("restored twice, at once or later, an artifact is back once and its archive stays", async () => {
  const { artifacts, states, put } = await scene("one");
  await artifacts.archive("shots", ["one"], "cli");
  const restore = () => artifacts.restore("shots", "a-1", "cli");
  expect(await outcomes(restore(), restore())).toEqual([
    { archive_id: "a-1", artifact_ids: ["one"] },
    { archive_id: "a-1", artifact_ids: [] },
  ]);
  expect([await states(), existsSync(put("one"))]).toEqual([{ one: "present" }, true]);
});

test("a purge of what came back says that the archive may hold it still, and that one brings it back again", async () => {
  const { artifacts, purge, states } = await scene("one");
  await artifacts.archive("shots", ["one"], "cli");
  await artifacts.restore("shots", "a-1", "cli");
  const plan = await artifacts.plan({ label: "shots" });
  expect(plan.warnings).toEqual([
    "1 came back from an archive, which may hold them still; only their agent can delete that",
  ]);
  await purge(plan.plan_id);
  expect(await states()).toEqual({ one: "purged" });
  expect(await artifacts.restore("shots", "a-1", "cli")).toMatchObject({ artifact_ids: ["one"] });
  expect(await states()).toEqual({ one: "present" });
});

test("a collector that ends between two files of a purge says afterwards which are gone", async () => {
  const { on, register, artifacts, states } = await scene("one", "two");
  await artifacts.plan({ label: "shots" });
  const details = [];
  for await (const detail of register.details.of([...register.inventory.rows({}, 1)])) details.push(detail);
  await register.note("purging", details, { by: "cli" });
  rmSync(on.file("artifacts/one"));
  const next = on.register();
  await next.ready();
  expect(await states()).toEqual({ one: "purged", two: "present" });
});
