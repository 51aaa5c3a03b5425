import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openArchive } from "@mimolo/operations";
import type { EvidenceRecord } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { amendedFolder, nowMs } from "./amended-folder.ts";

async function recordsOf(dataDir: string): Promise<EvidenceRecord[]> {
  const records: EvidenceRecord[] = [];
  for await (const { record } of openArchive(dataDir).evidence()) records.push(record);
  return records;
}

for (const door of ["the files", "a collector"]) {
  test(`through ${door}: an erased record says nothing any more, the rest verifies, the timeline is right at once`, async () => {
    const { dataDir, mimolo, running } = await amendedFolder();
    const live = door === "a collector" ? await running() : null;
    const revised: unknown[] = [];
    live?.on("segment:revised", (segment) => revised.push(segment));
    const { seq = 0, received_at } = (await recordsOf(dataDir)).find(({ kind }) => kind === "import") ?? {};
    const { code, out, err } = await mimolo("erase", String(seq), "--why", "a private project", "--yes", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const said = JSON.parse(out) as { record_seq: number; leaf: string };
    expect(said).toEqual({
      seq,
      leaf: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      record_seq: expect.any(Number) as number,
      repeated_by: [],
    });
    const records = await recordsOf(dataDir);
    expect(records.find((record) => record.seq === seq)).toMatchObject({ received_at, data: {}, salt: "A".repeat(22) });
    expect(records.find((record) => record.seq === said.record_seq)).toMatchObject({
      kind: "erasure",
      data: { seq, leaf: said.leaf, why: "a private project", by: expect.any(String) as string },
    });
    const day = received_at?.slice(0, 10) ?? "";
    expect(readFileSync(join(dataDir, "evidence", `${day}.jsonl`), "utf8")).not.toContain("git:1");
    expect((await openArchive(dataDir).timeline({ nowMs })).segments).toEqual([]);
    if (live !== null) {
      expect(live.timeline().segments).toEqual([]);
      expect(revised).toMatchObject([{ duration_s: 0, labels: [] }]);
    }
    const verified = await mimolo("verify", "--json");
    expect({ code: verified.code, ...(JSON.parse(verified.out) as object) }).toMatchObject({
      code: 0,
      ok: true,
      erased: [seq],
    });
    expect((await mimolo("verify")).out).toContain(`record ${seq} is erased`);
    expect((await mimolo("evidence", "--kind", "import")).out).toContain("(erased import)");

    const twice = await mimolo("erase", String(seq), "--why", "again", "--yes");
    expect(twice).toMatchObject({ code: 2, out: "" });
    expect(twice.err).toContain(`record ${seq} was erased before: record ${said.record_seq}`);
    expect(twice.err).toContain("a private project");
    const proof = await mimolo("erase", String(said.record_seq), "--why", "x", "--yes", "--json");
    expect(proof).toMatchObject({ code: 2, out: "" });
    expect(proof.err).toContain('"not-erasable"');
    const nowhere = await mimolo("erase", "999999", "--why", "x", "--yes", "--json");
    expect(nowhere).toMatchObject({ code: 2, out: "" });
    expect(nowhere.err).toContain('"unknown-record"');
  });
}

test("what holds the meaning of other records stays, and the error says why", async () => {
  const { dataDir, mimolo } = await amendedFolder();
  const policy = (await recordsOf(dataDir)).find(({ kind }) => kind === "policy")?.seq;
  const { code, err } = await mimolo("erase", String(policy), "--why", "x", "--yes");
  expect(code).toBe(2);
  expect(err).toContain("the rules by which other records count");
});

test("without a terminal somebody has to have said --yes, and always why", async () => {
  const { mimolo } = await amendedFolder();
  const asked = await mimolo("erase", "1", "--why", "x");
  expect(asked).toMatchObject({ code: 4, out: "" });
  expect(asked.err).toContain("--yes");
  expect((await mimolo("erase", "1", "--yes")).err).toContain("--why is missing");
  expect((await mimolo("erase", "one", "--why", "x")).code).toBe(2);
});
