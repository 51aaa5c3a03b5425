import * as fc from "fast-check";
import { expect, test } from "vitest";
import { life, lived, verifyAll } from "./generated-ledger.ts";

test.each([1, 2, 3, 4])("a thousand generated ledgers that nobody touched verify (%i of 4)", async () => {
  await fc.assert(
    fc.asyncProperty(life, async (steps) => {
      const { files, anchors } = await lived(steps);
      expect(await verifyAll(files, anchors)).toMatchObject({ ok: true });
    }),
    { numRuns: 250 },
  );
});
