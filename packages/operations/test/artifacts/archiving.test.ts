import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Archiving } from "../../src/artifacts/archiving.ts";
import { listArtifacts } from "../../src/artifacts/listing.ts";
import type { OwnInterface } from "../../src/artifacts/own-interface.ts";
import { owner, type Shelf, shelf } from "./shelf.ts";

interface Asked {
  readonly method: string;
  readonly params: { readonly selection: { readonly artifact_ids: readonly string[] } };
}

/** Two artifacts in an archive, and an agent that answers `restore` as `restoring` does. */
async function archived(restoring: (on: Shelf) => readonly string[]) {
  const on = await shelf();
  on.keep("one", "true bytes");
  on.keep("two", "more bytes");
  await on.ledger.commit();
  const register = on.register();
  await register.ready();
  const agents = {
    demand: () => undefined,
    async ask(_: object, { method, params }: Asked) {
      if (method === "restore") return { artifact_ids: restoring(on) };
      if (!params.selection.artifact_ids.includes("one")) return { archive_id: "a-2", artifact_ids: ["three"] };
      for (const id of ["one", "two"]) rmSync(on.file(`artifacts/${id}`));
      return { archive_id: "a-1" };
    },
  };
  const archiving = new Archiving({
    register,
    agents: agents as unknown as OwnInterface,
    audit: { note: () => undefined },
  });
  await archiving.archive(owner, ["one", "two"], "cli");
  const states = async () =>
    (await listArtifacts(register, { limit: 10 }, 0)).items.map(({ artifact_id: id, state }) => `${id} ${state}`);
  return { on, archiving, states };
}

test("bytes of the right number that are others do not count as brought back", async () => {
  const { archiving, states } = await archived((on) => {
    writeFileSync(on.file("artifacts/one"), "lied bytes");
    writeFileSync(on.file("artifacts/two"), "more bytes");
    return ["one", "two"];
  });
  expect(await archiving.restore(owner, "a-1", "cli")).toEqual({ archive_id: "a-1", artifact_ids: ["two"] });
  expect(await states()).toEqual(["two present", "one archived"]);
});

test("an archive of which nothing true comes back is said to have brought nothing", async () => {
  const { archiving, states } = await archived((on) => {
    writeFileSync(on.file("artifacts/one"), "lied bytes");
    writeFileSync(join(on.root, "elsewhere"), "more bytes");
    symlinkSync(join(on.root, "elsewhere"), on.file("artifacts/two"));
    return ["one", "two", "three", "../../state/head.json"];
  });
  await expect(archiving.restore(owner, "a-1", "cli")).rejects.toThrow("nothing came back of archive a-1");
  expect(await states()).toEqual(["two archived", "one archived"]);
});

test("an agent that archived less than it was asked to is said to have, and what it took is known", async () => {
  const { on, archiving, states } = await archived(() => []);
  for (const id of ["three", "four"]) on.keep(id);
  await on.ledger.commit();
  await states();
  await expect(archiving.archive(owner, ["three", "four", "three"], "cli")).rejects.toMatchObject({
    code: "plugin-failed",
    message: "shots: it archived 1 of 2 artifacts",
  });
  expect(await states()).toEqual(["four present", "three archived", "two archived", "one archived"]);
});
