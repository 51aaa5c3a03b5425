import fc from "fast-check";
import { expect, test } from "vitest";
import { pageOf, seqOf } from "../../../src/api/asked/page-of.ts";

const keyOf = (item: string) => item;

/** Every page from the first on; `between` changes the list after each. */
function walk(all: readonly string[], limit: number, between = (list: readonly string[]) => list): string[] {
  const seen: string[] = [];
  let list = all;
  for (let cursor: string | undefined, pages = 0; pages <= all.length + 1; pages += 1) {
    const page = pageOf(list, { cursor, limit }, keyOf);
    seen.push(...page.items);
    if (page.next_cursor === null) return seen;
    cursor = page.next_cursor;
    list = between(list);
  }
  throw new Error("the list has no end");
}

test("pages hold every item once, whatever their size", () => {
  const lists = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8, unit: "grapheme" }), { maxLength: 30 });
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 40 }), (list, limit) => {
      expect(walk(list, limit)).toEqual(list);
    }),
    { numRuns: 200 },
  );
});

test("an item that leaves between two pages takes no other with it", () => {
  const list = ["a", "b", "c", "d", "e"];
  expect(walk(list, 2, (now) => now.filter((each) => each !== "a"))).toEqual(list);
  expect(walk(list, 2, (now) => now.filter((each) => each !== "b"))).toEqual(list);
});

test("one that comes to the end meanwhile is on the last page", () => {
  expect(walk(["a", "b"], 1, (now) => (now.includes("c") ? now : [...now, "c"]))).toEqual(["a", "b", "c"]);
});

test("a list that became empty ends", () => {
  expect(walk(["a", "b", "c"], 1, () => [])).toEqual(["a"]);
});

test.each(["x", "1", "-1", "0", "🌐", "a".repeat(500), Buffer.from("-1 a").toString("base64url")])(
  "a cursor that no list gave, %s, is refused",
  (cursor) => {
    expect(() => pageOf(["a", "b"], { cursor, limit: 1 }, keyOf)).toThrow("cursor is not one that this list gave");
  },
);

test("where records are numbered, a cursor is the last one's number", () => {
  expect(seqOf(undefined)).toBeUndefined();
  expect(seqOf("12")).toBe(12);
  for (const strange of ["", "1.5", "-1", "1e3", "9".repeat(16)]) expect(() => seqOf(strange)).toThrow("cursor");
});
