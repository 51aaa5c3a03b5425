import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Artifacts } from "../../src/artifacts/artifacts.ts";
import type { OwnInterface } from "../../src/artifacts/own-interface.ts";
import { referenceTo, type Shelf, shelf } from "./shelf.ts";

const LATEST = "artifacts/latest";

/** An agent that names the same file by several ids; `whileArchived` is what it does between archiving and its answer. */
async function scene(whileArchived: (on: Shelf) => void = () => undefined) {
  const on = await shelf();
  mkdirSync(on.file("artifacts"), { recursive: true });
  const agents = {
    can: () => true,
    demand: () => undefined,
    ask: async () => {
      renameSync(on.file(LATEST), on.file("archived"));
      whileArchived(on);
      return { archive_id: "a-1" };
    },
  };
  const artifacts = new Artifacts({
    clock: on.clock,
    register: on.register(),
    agents: agents as unknown as OwnInterface,
    audit: { note: () => undefined },
    commitSome: () => on.ledger.commit().then(() => undefined),
    commit: () => on.ledger.commit().then(() => undefined),
    limitBytes: () => 0,
  });
  return {
    on,
    lies: () => existsSync(on.file(LATEST)),
    states: async () => {
      const { items } = await artifacts.list({ limit: 100 });
      return Object.fromEntries(items.map(({ artifact_id: id, state }) => [id, state]));
    },
    async plan(...artifactIds: readonly string[]) {
      await on.ledger.commit();
      return await artifacts.plan({ artifactIds });
    },
    purge: (planId: string, archive = false) => artifacts.execute(planId, { archive, by: "cli" }),
  };
}

/** Writes the file, and refers to it by an id. */
function write(on: Shelf, id: string, text: string, path = LATEST): void {
  writeFileSync(on.file(LATEST), text);
  on.refer({ ...referenceTo(id, text), rel_path: path });
}

const shared = (ids: string, count = 1) =>
  `the file of ${count} is also that of artifacts which are not to be purged, ${ids} among them; they stay until all are purged together`;

test("a file that is another artifact's too is not planned away with one of them, and the plan says why", async () => {
  const { on, plan, purge, lies, states } = await scene();
  write(on, "one", "the same");
  write(on, "two", "the same", "artifacts//./latest");
  const planned = await plan("one");
  expect(planned).toMatchObject({ artifacts: [], bytes: 0, warnings: [shared("two of shots")] });
  expect(await purge(planned.plan_id)).toMatchObject({ purged: [], kept: [] });
  expect([await states(), lies()]).toEqual([{ one: "present", two: "present" }, true]);
});

test("all artifacts of a file are purged together", async () => {
  const { on, plan, purge, lies, states } = await scene();
  write(on, "one", "the same");
  write(on, "two", "the same");
  const planned = await plan("one", "two");
  expect(planned.warnings).toEqual([]);
  expect(await purge(planned.plan_id)).toMatchObject({ purged: ["one", "two"], kept: [] });
  expect([await states(), lies()]).toEqual([{ one: "purged", two: "purged" }, false]);
});

test("a file that its agent named anew since the plan stays, also when that is only being written down", async () => {
  const { on, plan, purge, lies, states } = await scene();
  write(on, "one", "the same");
  const { plan_id: id } = await plan("one");
  write(on, "two", "the same");
  const reason = "its file is also that of two, which is not to be purged";
  expect(await purge(id)).toMatchObject({ purged: [], kept: [{ artifact_id: "one", reason }] });
  expect([await states(), lies()]).toEqual([{ one: "present", two: "present" }, true]);
});

test("what an agent writes where it has just put something away stays", async () => {
  const { on, plan, purge, lies, states } = await scene((shelved) => write(shelved, "two", "a newer one"));
  write(on, "one", "the first");
  const { plan_id: id } = await plan("one");
  expect(await purge(id, true)).toMatchObject({ purged: [], archive_ids: ["a-1"], kept: [{ artifact_id: "one" }] });
  expect([await states(), lies()]).toEqual([{ one: "archived", two: "present" }, true]);
});

test("one whose bytes were written over does not hold the file, and is not purged in the name of the newer one", async () => {
  const { on, plan, purge, lies, states } = await scene();
  write(on, "old", "the first");
  write(on, "new", "another one");
  expect((await plan("old")).warnings).toContain(shared("new of shots"));
  const planned = await plan("new");
  expect(planned.artifacts).toMatchObject([{ artifact_id: "new" }]);
  expect(await purge(planned.plan_id)).toMatchObject({ purged: ["new"] });
  expect([await states(), lies()]).toEqual([{ new: "purged", old: "missing" }, false]);
});

test("a file that is no artifact's bytes any more goes only with all that name it", async () => {
  const { on, plan } = await scene();
  write(on, "one", "the first");
  write(on, "two", "another one");
  writeFileSync(on.file(LATEST), "what nobody referred to");
  expect((await plan("one")).artifacts).toEqual([]);
  expect((await plan("one", "two")).artifacts).toHaveLength(2);
});

test("one that was purged, replaced or erased needs its file no more", async () => {
  const { on, plan, purge, states } = await scene();
  write(on, "erased", "the same");
  await on.ledger.commit();
  await on.erase(on.ledger.committedSeq);
  write(on, "one", "the same");
  const { plan_id: id } = await plan("one");
  expect(await purge(id)).toMatchObject({ purged: ["one"] });
  write(on, "two", "the same");
  const planned = await plan("two");
  expect(planned.warnings).toEqual([]);
  expect(await purge(planned.plan_id)).toMatchObject({ purged: ["two"] });
  expect(await states()).toEqual({ one: "purged", two: "purged" });
});
