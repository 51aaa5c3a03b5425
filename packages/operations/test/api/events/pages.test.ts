import type { EvidenceRecord } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { Pages } from "../../../src/api/events/pages.ts";

let readings = 0;

async function* evidence({ seqAfter = 0 } = {}): AsyncGenerator<{ record: EvidenceRecord; line: Uint8Array }> {
  await Promise.resolve();
  readings += 1;
  const line = Buffer.from(JSON.stringify({ seq: seqAfter + 1, reading: readings }));
  yield { record: { seq: seqAfter + 1, received_at: "" } as EvidenceRecord, line };
}

test("those who stand at the same record share one reading, until there is more to read", async () => {
  const pages = new Pages({ evidence });
  pages.told(1);
  const [one, other] = await Promise.all([pages.read(0, 1), pages.read(0, 1)]);
  expect(other).toBe(one);
  pages.told(1);
  expect(await pages.read(0, 1)).toBe(one);
  // The second record may say that the first was erased.
  pages.told(2);
  expect((await pages.read(0, 1)).bytes.toString("utf8")).toContain('"reading":2');
});
