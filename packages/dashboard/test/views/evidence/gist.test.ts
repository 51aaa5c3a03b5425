import type { EvidenceRecord } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { gistOf } from "../../../src/page/views/evidence/gist.ts";

test("a text that would turn others round in its line does not", () => {
  const data = { activity_signal: { mode: "active", reason: "\u202egnp.exe\u2069\u2067" }, title: "left" };
  const record = { kind: "message", message: { type: "summary", data } } as unknown as EvidenceRecord;
  expect(gistOf(record)).toContain("gnp.exe");
  expect(gistOf(record)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
});
