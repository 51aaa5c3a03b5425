import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeLine } from "@mimolo/protocol/wire";
import { whyRefused } from "../../src/agents/why-refused.ts";

const refusal = (line: Uint8Array) => {
  const decoded = decodeLine(line);
  if (decoded.ok) throw new Error("this line is taken");
  const { code, message } = decoded;
  return { code, message, lineNumber: 1, lengthBytes: line.length, head: line.subarray(0, 512), runId: "run" };
};
const bytes = (text: string) => new TextEncoder().encode(text);

test("a field that breaks its type is told with what was expected of it", () => {
  const line = bytes('{"type":"handshake","protocol_version":"0.4","agent_version":"1"}');
  expect(whyRefused(refusal(line))).toContain("agent_version: is no semver version");
});

test("a line that is no JSON or longer than what is kept of it is told as it is", () => {
  expect(whyRefused(refusal(bytes("hello")))).toMatch(
    /^refused: the line is not JSON: .* \(5 bytes, beginning "hello"\)$/,
  );
  const long = bytes(`{"type":"heartbeat","timestamp":"${"x".repeat(600)}"}`);
  expect(whyRefused(refusal(long))).toContain(`(${long.length} bytes, beginning`);
});

test("no line can make the sentence fail, nor carry a control character into it", () => {
  const lines = fc.oneof(
    fc.uint8Array({ maxLength: 600 }),
    fc.json().map(bytes),
    fc
      .record({ type: fc.constantFrom("heartbeat", "status", "log", "summary"), timestamp: fc.anything() })
      .map((value) => bytes(JSON.stringify(value) ?? "")),
  );
  fc.assert(
    fc.property(lines, (line) => {
      fc.pre(line.length > 0 && !decodeLine(line).ok);
      expect(whyRefused(refusal(line))).not.toMatch(/\p{Cc}/u);
    }),
    { numRuns: 300 },
  );
});
