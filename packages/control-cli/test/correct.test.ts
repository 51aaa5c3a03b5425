import { openArchive } from "@mimolo/operations";
import { expect, test } from "vitest";
import { amendedFolder, nowMs } from "./amended-folder.ts";

const hour = ["correct", "--from", "2026-11-20T09:00Z", "--to", "2026-11-20T10:00Z"];
const worked = async (dataDir: string) => {
  const { segments } = await openArchive(dataDir).timeline({ nowMs });
  return segments.reduce((sum, segment) => sum + segment.duration_s, 0) / 3600;
};

test("a correction counts at once, with and without a collector, and says who is to be believed", async () => {
  const { dataDir, mimolo, running } = await amendedFolder();
  expect(await worked(dataDir)).toBe(2);
  const told = await mimolo(...hour, "--as", "idle", "--note", "lunch");
  expect(told).toMatchObject({ code: 0, err: "" });
  expect(told.out).toMatch(/^Record \d+: corrected to idle .*\(1 h.*\) lunch\n/);
  expect(await worked(dataDir)).toBe(1);

  const live = await running();
  const revised: unknown[] = [];
  live.on("segment:revised", (segment) => revised.push(segment));
  const { code, out } = await mimolo(...hour, "--as", "work", "--note", "no, a call", "--json");
  expect({ code, ...JSON.parse(out) }).toEqual({
    code: 0,
    seq: expect.any(Number) as number,
    from: "2026-11-20T09:00:00.000Z",
    to: "2026-11-20T10:00:00.000Z",
    as: "work",
    note: "no, a call",
  });
  expect(revised).toMatchObject([{ end: "2026-11-20T10:00:00.000Z", duration_s: 7200 }]);
  expect(live.timeline().segments).toMatchObject([{ duration_s: 7200 }]);
  expect(await worked(dataDir)).toBe(2);
});

test("a correction that nobody can mean is refused, with the way out, by both doors alike", async () => {
  const { dataDir, mimolo, running } = await amendedFolder();
  const wrong = [
    [["--as", "idle", "--note", "x"], ["correct"], "--from is missing"],
    [["--as", "idle"], hour, "it says no reason"],
    [["--note", "x"], hour, "--as is missing"],
    [["--as", "idle", "--note", "x"], ["correct", "--from", "2026-11-20", "--to", "2027-11-20"], "days to come"],
    [["--as", "idle", "--note", "x"], ["correct", "--from", "2025-11-20", "--to", "2026-11-20"], "longer than 31 days"],
    [["--as", "rest", "--note", "x"], hour, "Allowed choices are work, idle"],
  ] as const;
  for (const door of ["files", "collector"]) {
    if (door === "collector") await running();
    for (const [more, words, message] of wrong) {
      const told = await mimolo(...words, ...more);
      expect(told, `${door}: ${message}`).toMatchObject({ code: 2, out: "" });
      expect(told.err).toContain(message);
    }
  }
  expect(await worked(dataDir)).toBe(2);
});
