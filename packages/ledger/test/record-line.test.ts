import * as fc from "fast-check";
import { expect, test } from "vitest";
import { temporaryLedger } from "./temporary-ledger.ts";

const anyMembers = fc.constantFrom(
  "",
  `"kind":"message"`,
  `"kind":"gap","from":"naïve 🎹"`,
  `"agent_seq":9`,
  `"agent_seq":10`,
);
const anyBody = fc.constantFrom("{}", `{"a":"é"}`, `{"text":"${"x".repeat(300)}"}`);
const key = fc.constantFrom("message" as const, "data" as const);
const told = fc.record({
  members: anyMembers,
  body: anyBody,
  bodyKey: key,
  asBytes: fc.boolean(),
  times: fc.integer({ min: 1, max: 4 }),
});

test("however often the same members come in a row, every line is the number, the members, a salt and the body", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(told, { maxLength: 12 }), async (groups) => {
      const { open, lines, verify } = await temporaryLedger();
      const { ledger } = await open();
      const expected: string[] = [];
      for (const { members, body, bodyKey, asBytes, times } of groups)
        for (let i = 0; i < times; i++) {
          const seq = ledger.append({ members, bodyKey, body: asBytes ? Buffer.from(body) : body, timeMs: null });
          expected.push(`{"seq":${seq},${members === "" ? "" : `${members},`}"salt":"…","${bodyKey}":${body}}`);
        }
      await ledger.close();
      expect((await lines()).map((line) => line.replace(/"salt":"[\w-]{22}"/, `"salt":"…"`))).toEqual(expected);
      expect((await verify()).ok).toBe(true);
    }),
    { numRuns: 30 },
  );
});
