import { expect, test } from "vitest";
import { planDay } from "../../src/segments/day-plan.ts";
import { type Entry, rareEntry } from "../../src/segments/entry.ts";
import type { Block } from "../../src/segments/format.ts";

const entry = (id: string, text: string) => ({ type: "segment", id, text }) as unknown as Entry;
const block = (id: string | null, text: string, type: Block["type"] = "segment"): Block => ({ id, type, text });
const render = (one: Entry) => (one as unknown as { text: string }).text;
const view = (entries: Entry[], stays = false) => ({ entries, stays: () => stays, render });

test("a file that says what it should is left alone", () => {
  expect(planDay([block("a", "1")], view([entry("a", "1")]))).toEqual({ do: "nothing" });
});

test("what is new goes to the end", () => {
  const plan = planDay([block("a", "1")], view([entry("b", "2"), entry("a", "1")]));
  expect(plan).toEqual({ do: "append", blocks: [block("b", "2")] });
});

test("a segment that looks otherwise, vanished or stands there twice makes a new file; others' text stays", () => {
  const written = [block(null, "note"), block("a", "1"), block("gone", "x"), block("b", "2"), block("b", "2")];
  const plan = planDay(written, view([entry("a", "other"), entry("b", "2"), entry("c", "3")]));
  expect(plan).toEqual({
    do: "rewrite",
    blocks: [block(null, "note"), block("a", "other"), block("b", "2"), block("c", "3")],
  });
});

test("what is not at hand stays where it may", () => {
  expect(planDay([block("old", "x")], view([], true))).toEqual({ do: "nothing" });
});

test("an event that is written is not rendered again", () => {
  const rare = rareEntry({ at: "2026-11-21T10:00:00.000Z", seq: 5, label: "a", event: "e" }, "c0");
  const plan = planDay([block("c0:5", "as it was", "infrequent")], {
    entries: [rare],
    stays: () => false,
    render: () => expect.fail("rendered"),
  });
  expect(plan).toEqual({ do: "nothing" });
});
