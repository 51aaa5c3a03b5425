import { expect, test } from "vitest";
import { plain } from "../../src/present/colour.ts";
import { verifyLines } from "../../src/present/verify.ts";

test("a day without records is not called intact, it is said to be empty", () => {
  expect(verifyLines({ ok: true, days: [] }, plain, "2020-01-01")).toEqual([
    "No records were kept on 2020-01-01 (UTC), and none are missing.",
  ]);
});

test("a fault is told in words, with its place as far as it has one", () => {
  const fault = { file: "2026-11-21.jsonl", offset: null, record: 1, reason: "file-missing" };
  expect(verifyLines({ ok: false, days: [], fault }, plain).slice(0, 2)).toEqual([
    "Not intact: a file with committed records is gone (file-missing)",
    "  at 2026-11-21.jsonl, record 1",
  ]);
});
