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

test("where the chain ends too early, the witness of more is named", () => {
  const anchor = { at: "2026-11-21T12:00:00Z", hash: "0".repeat(64), repo: "/client/app", exists: true };
  const anchors = [
    { ...anchor, n: 11, commit: "a".repeat(40) },
    { ...anchor, n: 37, commit: "b".repeat(40) },
  ];
  const fault = { file: "commits.jsonl", offset: 6770, record: 20, reason: "tail-cut" };
  const said = verifyLines({ ok: false, days: [], fault, anchors }, plain);
  expect(said).toContain("  bbbbbbbbbbbb in /client/app is a witness of the chain up to commit 37.");
  expect(verifyLines({ ok: false, days: [], fault, anchors: anchors.slice(0, 1) }, plain).join()).not.toContain(
    "witness",
  );
});
