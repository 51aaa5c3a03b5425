import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { lookAtPlugin } from "../../src/testing/conformance/look-at-plugin.ts";
import { judge, readRecordings, saveRecording, writeTranscript } from "../../src/testing/index.ts";
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
  await expect(readRecordings(kept)).rejects.toThrow("first-contact.marks.jsonl, line 1, at_ms: expected");
  await rm(join(kept, "first-contact.jsonl"));
  await expect(readRecordings(kept)).rejects.toThrow("first-contact.jsonl is not there");
  await expect(readRecordings(join(kept, "nobody"))).rejects.toThrow(/nobody is not there$/);
  await expect(readRecordings(join(kept, "first-contact.marks.jsonl"))).rejects.toThrow(/marks\.jsonl is no folder$/);
});

const DEEP = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
const LOOK = '"what":"plugin-folder","at_ms":0,"after":0,"faults":[],"files":[]';

test.each([
  ["jsonl", '{"at_ms":0,', "line 2: expected a JSON object, found '{\"at_ms\":0,'"],
  ["jsonl", "[1]", "line 2: expected a JSON object, found a list"],
  ["jsonl", '{"at_ms":"0","dir":"in","line":"{}"}', 'line 2, at_ms: expected a number from 0 on, found "0"'],
  ["jsonl", '{"at_ms":-1,"dir":"in","line":"{}"}', "line 2, at_ms: expected a number from 0 on, found -1"],
  ["jsonl", '{"at_ms":0,"dir":"up","line":"{}"}', 'line 2, dir: expected "in", "out" or "err", found "up"'],
  ["jsonl", '{"at_ms":0,"dir":"in","line":7}', "line 2, line: expected a text, found 7"],
  ["jsonl", '{"at_ms":0,"dir":"in"}', "line 2, line: expected a text, found nothing"],
  ["jsonl", '{"at_ms":0,"dir":"in","line_base64":"?"}', 'line 2, line_base64: expected Base64, found "?"'],
  ["jsonl", `{"at_ms":0,"dir":"in","line":${DEEP}}`, "line 2: expected objects and lists at most 32 deep"],
  ["marks.jsonl", "null", "line 2: expected a JSON object, found null"],
  ["marks.jsonl", '{"at_ms":0,"after":0,"what":"sang"}', 'line 2, what: expected "started", "stdin-closed"'],
  ["marks.jsonl", '{"at_ms":0,"after":0,"what":"toString"}', 'line 2, what: expected "started"'],
  [
    "marks.jsonl",
    '{"at_ms":0,"after":99,"what":"killed"}',
    "line 2, after: expected a whole number from 0 to 6, found 99",
  ],
  ["marks.jsonl", '{"at_ms":0,"after":0,"what":"step"}', "line 2, name: expected a text, found nothing"],
  [
    "marks.jsonl",
    '{"at_ms":0,"after":0,"what":"ended","code":"0","signal":null}',
    "line 2, code: expected a whole number or null",
  ],
  [
    "marks.jsonl",
    '{"at_ms":0,"after":0,"what":"not-seen","waited_for":"x","within_ms":{}}',
    "line 2, within_ms: expected a number from 0 on, found an object",
  ],
  [
    "marks.jsonl",
    '{"at_ms":0,"after":0,"what":"left-behind","processes":["a",1]}',
    "line 2, processes: expected a list of texts, found a list",
  ],
  ["marks.jsonl", `{${LOOK},"manifest":${DEEP}}`, "line 2: expected objects and lists at most 32 deep"],
  [
    "marks.jsonl",
    `{${LOOK},"manifest":{"id":1}}`,
    "line 2, manifest: expected a manifest with the texts id, version and entry and the list interfaces or null",
  ],
  [
    "marks.jsonl",
    `{${LOOK},"manifest":null,"packs":[{}]}`,
    "line 2, packs: expected a list of objects with sha256 or fault, found a list",
  ],
])(
  "a malformed line of %s is refused with its place, field and what it should be: case %#",
  async (kind, line, why) => {
    const kept = await folder();
    const life = goodLife();
    await saveRecording(kept, { ...life, lines: life.lines.slice(0, 4), marks: life.marks.slice(0, 1) });
    const file = join(kept, `first-contact.${kind}`);
    const [first = ""] = (await readFile(file, "utf8")).split("\n");
    const rest = kind === "jsonl" ? "" : "\n";
    await writeFile(file, `${first}\n${line}${rest}`);
    if (kind !== "jsonl") await saveLines(kept, life);
    const refused = await readRecordings(kept).catch((error: unknown) => error);
    expect(String(refused)).toContain(`first-contact.${kind}, ${why}`);
    expect(String(refused).length).toBeLessThan(500);
  },
);

const saveLines = (kept: string, { lines }: ReturnType<typeof goodLife>) =>
  writeFile(join(kept, "first-contact.jsonl"), writeTranscript(lines));

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
