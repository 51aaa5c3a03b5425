import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { lookAtPlugin } from "../../src/testing/conformance/look-at-plugin.ts";
import { judge, readRecordings, saveRecording } from "../../src/testing/index.ts";
import { goodLife, recorded } from "./written.ts";

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "mimolo recordings "));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

test("recordings come back as they were, in the order of the scenarios", async () => {
  const kept = await folder();
  const bytes = { at_ms: 5, dir: "out", line_base64: Buffer.from([0xff]).toString("base64") } as const;
  const all = [goodLife(), { ...recorded("terminated", "> {}"), lines: [bytes] }, recorded("zz-of-a-later-version")];
  for (const recording of all.toReversed()) await saveRecording(join(kept, "new"), recording);
  const read = await readRecordings(join(kept, "new"));
  expect(read).toEqual(all);
  expect(judge(read)).toEqual(judge(all));
});

test("a folder without recordings, and a damaged one, are refused", async () => {
  const kept = await folder();
  await expect(readRecordings(kept)).rejects.toThrow("holds no recordings");
  await saveRecording(kept, goodLife());
  await writeFile(join(kept, "first-contact.marks.jsonl"), '{"what":"ended"}\n');
  await expect(readRecordings(kept)).rejects.toThrow("line 1 of the marks");
});

test.runIf(process.platform !== "win32" && needs("mkfifo"))(
  "a pipe in the place of a file holds nobody up",
  async () => {
    const kept = await folder();
    await saveRecording(kept, goodLife());
    await rm(join(kept, "first-contact.jsonl"));
    for (const name of ["first-contact.jsonl", "plugin.toml"]) execFileSync("mkfifo", [join(kept, name)]);
    await expect(readRecordings(kept)).rejects.toThrow("is no regular file");
    const looked = await lookAtPlugin(kept);
    expect(looked.marks).toMatchObject([{ manifest: null, faults: [expect.stringContaining("is no regular file")] }]);
  },
);
