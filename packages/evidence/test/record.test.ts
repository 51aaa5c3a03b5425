import fc from "fast-check";
import { expect, test } from "vitest";
import { EvidenceError, eventTimeOf, parseRecord, timesOf } from "../src/index.ts";

const salt = "A".repeat(22);
const erasure = { seq: 4, kind: "erasure", received_at: "2026-11-21T09:00:00.000Z", salt, data: {} };

function codeOf(line: Uint8Array | string): string | null {
  try {
    parseRecord(line);
    return null;
  } catch (error) {
    return error instanceof EvidenceError ? error.code : "another error";
  }
}

test("a record is read from text or bytes, and an erased body is no fault", () => {
  const text = JSON.stringify(erasure);
  expect(parseRecord(text)).toEqual(erasure);
  expect(parseRecord(new TextEncoder().encode(text))).toEqual(erasure);
});

test("what no MiMoLo wrote is refused with a code", () => {
  const line = (change: object) => JSON.stringify({ ...erasure, ...change });
  expect(codeOf("{")).toBe("not-json");
  expect(codeOf(new Uint8Array([123, 34, 255, 34, 58, 49, 125]))).toBe("not-json");
  expect(codeOf("[]")).toBe("not-a-record");
  expect(codeOf(line({ seq: "4" }))).toBe("not-a-record");
  expect(codeOf(line({ received_at: 1 }))).toBe("not-a-record");
  expect(codeOf(line({ data: [] }))).toBe("not-a-record");
  expect(codeOf(line({ kind: "message", message: {} }))).toBe("not-a-record");
  expect(codeOf(line({ kind: "dream" }))).toBe("unknown-kind");
});

test("any text is either a record or refused, never another failure", () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      expect(codeOf(text)).not.toBe("another error");
    }),
    { numRuns: 300 },
  );
});

test("a record's event time is its own: a stamp, a stretch, or the moment of receipt", () => {
  const ms = Date.parse(erasure.received_at);
  const record = (change: object) => parseRecord(JSON.stringify({ ...erasure, ...change }));
  const stretch = { from: "2026-11-20T09:00:00Z", to: "2026-11-20T10:00:00Z" };
  expect(eventTimeOf(record({}))).toEqual({ startMs: ms, endMs: ms });
  expect(eventTimeOf(record({ kind: "gap", data: stretch }))).toEqual({
    startMs: ms - 86_400_000,
    endMs: ms - 82_800_000,
  });
  expect(timesOf(new TextEncoder().encode(JSON.stringify(erasure)))).toBeNull();
  expect(timesOf(new TextEncoder().encode("no record"))).toBeNull();
});
