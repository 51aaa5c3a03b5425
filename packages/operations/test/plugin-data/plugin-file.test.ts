import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PluginData } from "../../src/plugin-data/plugin-data.ts";
import { MOST_PLUGIN_BYTES } from "../../src/plugin-data/plugin-file.ts";

let state = "";
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "mimolo-kept-"));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));
const file = (id: string) => join(state, "plugin-data", `${id}.json`);

test("a value that was promised is on the disk, whatever its key, and another collector reads it", async () => {
  const mine = new PluginData(state).of("acme.notes");
  const values = { plain: 1, __proto__x: [null, { deep: "ü" }], "a\nb": "", constructor: true };
  for (const [key, value] of [...Object.entries(values), ["__proto__", "own"] as const])
    expect(await mine.put(key, value)).toEqual({ ok: true });
  expect(statSync(file("acme.notes")).mode & 0o777).toBe(process.platform === "win32" ? 0o666 : 0o600);
  const later = new PluginData(state);
  for (const [key, value] of [...Object.entries(values), ["__proto__", "own"] as const])
    expect(later.of("acme.notes").get(key)).toEqual({ ok: true, value });
  expect(later.of("acme.other").get("plain")).toEqual({ ok: true, value: undefined });
  expect(await mine.put("plain", null)).toEqual({ ok: true });
  expect(new PluginData(state).of("acme.notes").get("plain")).toEqual({ ok: true, value: undefined });
});

test("a hundred at once are written together, and none is lost", async () => {
  const data = new PluginData(state);
  const puts = Array.from({ length: 100 }, (_, index) => data.of("acme.notes").put(`k${index}`, index));
  await data.close();
  expect(await Promise.all(puts)).toEqual(puts.map(() => ({ ok: true })));
  expect(Object.keys(JSON.parse(readFileSync(file("acme.notes"), "utf8")) as object)).toHaveLength(100);
  expect(readdirSync(join(state, "plugin-data"))).toEqual(["acme.notes.json"]);
});

test("what is too much is refused alone, and room that is made counts", async () => {
  const mine = new PluginData(state).of("acme.notes");
  const half = "x".repeat(MOST_PLUGIN_BYTES / 2);
  expect(await mine.put("one", half)).toEqual({ ok: true });
  const [two, small] = await Promise.all([mine.put("two", half), mine.put("small", 1)]);
  expect([two, small]).toMatchObject([{ ok: false, code: "too-large" }, { ok: true }]);
  expect(await mine.put("one", "short")).toEqual({ ok: true });
  expect(await mine.put("two", half)).toEqual({ ok: true });
  expect(statSync(file("acme.notes")).size).toBeLessThanOrEqual(MOST_PLUGIN_BYTES);
});

test("a damaged file is told, never overwritten, and counts again once it is mended", async () => {
  const mine = new PluginData(state).of("acme.notes");
  await mine.put("k", 1);
  for (const text of ["{", "[1]", "null"]) {
    writeFileSync(file("acme.notes"), text);
    const again = new PluginData(state).of("acme.notes");
    expect(again.get("k")).toMatchObject({ ok: false, code: "not-kept", message: expect.stringContaining("damaged") });
    expect(await again.put("k", 2)).toMatchObject({ ok: false, code: "not-kept" });
    expect(readFileSync(file("acme.notes"), "utf8")).toBe(text);
    writeFileSync(file("acme.notes"), '{"k":3}');
    expect(again.get("k")).toEqual({ ok: true, value: 3 });
  }
});

test("a disk that takes nothing is told, and what was there stays", async () => {
  const mine = new PluginData(state).of("acme.notes");
  await mine.put("k", 1);
  rmSync(join(state, "plugin-data"), { recursive: true });
  writeFileSync(join(state, "plugin-data"), "in the way");
  expect(await mine.put("k", 2)).toMatchObject({ ok: false, code: "not-kept" });
  expect(mine.get("k")).toEqual({ ok: true, value: 1 });
});
