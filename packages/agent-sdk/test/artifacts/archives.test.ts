// Files put away and brought back, through the interface that a collector calls.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keepingIn } from "../../src/artifacts/keeping.ts";
import { mockPluginContext } from "../../src/testing/index.ts";
import type { ArtifactReference } from "@mimolo/protocol/wire";
import type { Archived } from "../../src/artifacts/archives.ts";

async function scene(contents: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "mimolo-archives-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { store, offers } = keepingIn(
    folder,
    () => Date.parse("2026-11-21T09:00:00Z"),
    (error) => expect.fail(error.message),
  );
  const references: ArtifactReference[] = [];
  for (const content of contents) {
    references.push(await store.store({ bytes: Buffer.from(content), mime: "text/plain", extension: "txt" }));
  }
  const context = mockPluginContext();
  return {
    folder,
    references,
    context,
    ids: references.map(({ artifact_id }) => artifact_id).toSorted(),
    archive: (artifact_ids: unknown, more = {}) =>
      offers.archive({ selection: { artifact_ids, ...more } }, context, {}) as Promise<Archived>,
    restore: (archive_id: unknown) => offers.restore({ archive_id }, context, {}) as Promise<Archived>,
    contents: () =>
      references.map(({ rel_path: path }) =>
        existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : null,
      ),
  };
}

test("what is put away is one file that tar opens, and comes back as it was, as often as it is asked for", async () => {
  const { folder, ids, archive, restore, contents, references } = await scene(["one", "two", ""]);
  const put = await archive(ids);
  expect(put.artifact_ids).toEqual(ids);
  expect(contents()).toEqual([null, null, null]);
  const file = join(folder, "archives", `${put.archive_id}.tar`);
  expect(readFileSync(file).length).toBe(put.bytes);
  if (process.platform !== "win32") {
    const listed = execFileSync("tar", ["tf", file], { encoding: "utf8" }).trim().split("\n");
    expect(listed.toSorted()).toEqual([...references.map((each) => each.rel_path), "contents.json"].toSorted());
  }
  // An answer that got lost is asked for again.
  expect(await archive(ids)).toEqual(put);
  for (let round = 0; round < 2; round += 1) {
    expect((await restore(put.archive_id)).artifact_ids.toSorted()).toEqual(ids);
    expect(contents()).toEqual(["one", "two", ""]);
  }
  expect((await archive(ids)).archive_id).toBe(put.archive_id);
  expect(readdirSync(join(folder, "archives"))).toHaveLength(1);
});

test("a file that is unknown, changed or unwelcome leaves everything as it was", async () => {
  const { folder, ids, archive, restore, contents, references } = await scene(["one", "two"]);
  const unknown = "20261121T090000-0123456789abcdef";
  await expect(archive([...ids, unknown])).rejects.toMatchObject({ code: "unknown-artifact" });
  await expect(archive(["../../etc/passwd"])).rejects.toMatchObject({ code: "unknown-artifact" });
  for (const none of [[], undefined, "all", [1]]) {
    await expect(archive(none)).rejects.toMatchObject({ code: "invalid-params" });
  }
  for (const none of [undefined, "../x", "0".repeat(32)]) {
    await expect(restore(none)).rejects.toMatchObject({ code: "unknown-archive" });
  }
  writeFileSync(join(folder, references[1]?.rel_path ?? ""), "TWO");
  await expect(archive(ids, { artifacts: references })).rejects.toMatchObject({ code: "altered" });
  expect(contents()).toEqual(["one", "TWO"]);
  expect(existsSync(join(folder, "archives"))).toBe(false);
});

test("a call whose time is over leaves no half archive, and every file", async () => {
  const { folder, ids, archive, contents, context } = await scene(["one", "two"]);
  context.abort();
  await expect(archive(ids)).rejects.toThrow("too long");
  expect(contents()).toEqual(["one", "two"]);
  expect(readdirSync(join(folder, "archives"))).toEqual([]);
});

test("after a death in the middle of putting away, the rest follows", async () => {
  const { folder, ids, archive, contents, references } = await scene(["one", "two"]);
  const put = await archive(ids);
  const [first] = references;
  // As if it had died before this one was removed.
  writeFileSync(join(folder, first?.rel_path ?? ""), "one");
  expect(await archive(ids)).toEqual(put);
  expect(contents()).toEqual([null, null]);
});

test("of an archive with a single byte changed nothing wrong is brought back", async () => {
  const { folder, ids, archive, restore, contents } = await scene(["precious"]);
  const { archive_id: id } = await archive(ids);
  const file = join(folder, "archives", `${id}.tar`);
  const bytes = readFileSync(file);
  bytes.write("P", bytes.indexOf("precious"));
  writeFileSync(file, bytes);
  await expect(restore(id)).rejects.toMatchObject({ code: "damaged-archive" });
  expect(contents()).toEqual([null]);
});
