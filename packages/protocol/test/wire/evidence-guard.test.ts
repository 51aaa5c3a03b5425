import fc from "fast-check";
import { expect, test } from "vitest";
import { isEvidence, isWireMessage } from "@mimolo/protocol/wire";

const any = fc.oneof(fc.jsonValue(), fc.constant(undefined));
const timestamp = fc.oneof(fc.constantFrom("2026-01-01T00:00:00Z", "yesterday"), any);
const envelope = {
  timestamp,
  agent_id: any,
  agent_label: fc.oneof(fc.constant("a"), any),
  seq: fc.oneof(fc.nat(), any),
};
const signal = fc.record({
  mode: fc.constantFrom("active", "passive", "lazy"),
  keep_alive: fc.constantFrom(true, null),
});
const data = fc.oneof(
  fc.record({ activity_signal: signal }, { requiredKeys: [] }),
  fc.record({ event: fc.string(), topic: fc.string(), payload: any }, { requiredKeys: [] }),
  any,
);
const message = fc.record(
  { type: fc.constantFrom("summary", "event"), data, ...envelope },
  { requiredKeys: ["type", "data"] },
);

test("of summaries and events the short guard says what the whole one says", () => {
  fc.assert(
    fc.property(message, (value) => isEvidence(value) === isWireMessage(value)),
    { numRuns: 1000 },
  );
});

test("nothing else is evidence", () => {
  for (const type of ["heartbeat", "log", "result", "unknown"]) expect(isEvidence({ type, data: {} })).toBe(false);
  expect(isEvidence(null)).toBe(false);
});
