import type { EvidenceRecord } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { gistOf } from "../../../src/page/views/evidence/gist.ts";

test("a text that would turn others round in its line does not", () => {
  const data = { activity_signal: { mode: "active", reason: "\u202egnp.exe\u2069\u2067" }, title: "left" };
  expect(summary(data)).toContain("gnp.exe");
  expect(summary(data)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
});

test("who saw work and who saw none are told in the terminal's words", () => {
  const worked = { mode: "active", keep_alive: true, reason: "2 changes to files" };
  expect(summary({ activity_signal: worked, counts: { created: 2, deleted: 0 } })).toBe(
    "summary · worked · 2 changes to files · created 2",
  );
  const idle = { mode: "active", keep_alive: false };
  expect(summary({ activity_signal: idle, counts: { created: 0, total: 0 } })).toBe("summary · idle");
  expect(summary({ activity_signal: { mode: "passive", keep_alive: null }, load: 0.25 })).toBe(
    "summary · passive · load 0.25",
  );
});

test("of a command its newest word is told, not how often it ran", () => {
  const data = { schema: "command.nagios.v1", command: "./letters.sh", runs: 2, failed: 0, results: [{}, {}] };
  expect(summary({ ...data, activity_signal: { mode: "passive" }, latest: "WARNING: 3 waiting" })).toBe(
    "summary · passive · WARNING: 3 waiting",
  );
  expect(summary({ ...data, activity_signal: { mode: "passive" } })).toContain("runs 2");
  // Whoever else calls something so means something else.
  expect(summary({ latest: "x", load: 1 })).toBe("summary · latest x, load 1");
});

function summary(data: object): string {
  return gistOf({ kind: "message", message: { type: "summary", data } } as unknown as EvidenceRecord);
}
