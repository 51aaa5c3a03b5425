import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeLine, MESSAGE_TYPES, sniffType } from "../../src/wire/index.ts";

const sniff = (text: string) => sniffType(new TextEncoder().encode(text));

test("each type is seen in the fixed prefix, with or without the space Python writes", () => {
  for (const type of MESSAGE_TYPES) {
    expect(sniff(`{"type":"${type}","timestamp":"x"}`)).toBe(type);
    expect(sniff(`{"type": "${type}"}`)).toBe(type);
  }
});

test("anything else is not guessed at", () => {
  for (const line of [
    "",
    "{",
    '{"type":',
    '{"type":"heart',
    '{"type":"heartbeats"',
    '{"kind":"summary"',
    '{ "type":"log"}',
  ]) {
    expect(sniff(line)).toBeNull();
  }
});

test("whatever the bytes are, a sniff that answers agrees with the parsed line unless a key comes twice", () => {
  fc.assert(
    fc.property(fc.constantFrom(...MESSAGE_TYPES), fc.string({ maxLength: 12 }), (type, rest) => {
      const bytes = new TextEncoder().encode(`{"type":"${type}"${rest}}`);
      const decoded = decodeLine(bytes);
      if (decoded.ok && decoded.known) expect(sniffType(bytes)).toBe(decoded.message.type);
    }),
    { numRuns: 500 },
  );
});
