// Recordings in a folder: `<scenario>.jsonl` is a transcript, `<scenario>.marks.jsonl` what stands beside it.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { plainText } from "../process/plain-file.ts";
import { readTranscript, writeTranscript } from "../transcript.ts";
import type { Mark, Recording } from "./recording.ts";
import { scenarios } from "./scenarios/index.ts";

const MARKS = ".marks.jsonl";
/** More than a scenario can record. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Writes a recording; the folder is made if need be, a recording of the same scenario is replaced. */
export async function saveRecording(folder: string, { scenario, lines, marks }: Recording): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${scenario}.jsonl`), writeTranscript(lines));
  await writeFile(join(folder, `${scenario}${MARKS}`), marks.map((mark) => `${JSON.stringify(mark)}\n`).join(""));
}

/** Reads every recording of a folder, in the order in which a check has them. Throws where there is none, or one is malformed. */
export async function readRecordings(folder: string): Promise<Recording[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(MARKS)).map((name) => basename(name, MARKS));
  if (names.length === 0) throw new Error(`${folder} holds no recordings`);
  // Behind them stands what is no scenario: a plugin's folder.
  const placeOf = (name: string) => scenarios.findIndex((each) => each.name === name) + 1 || scenarios.length + 1;
  const inOrder = names.toSorted((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
  return Promise.all(
    inOrder.map(async (scenario) => {
      const [lines, marks] = await Promise.all([
        plainText(join(folder, `${scenario}.jsonl`), MOST_BYTES),
        plainText(join(folder, `${scenario}${MARKS}`), MOST_BYTES),
      ]);
      return { scenario, lines: readTranscript(lines), marks: readMarks(marks) };
    }),
  );
}

function readMarks(text: string): Mark[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const mark = JSON.parse(line) as Mark;
    if (typeof mark.what === "string" && typeof mark.at_ms === "number" && typeof mark.after === "number")
      return [mark];
    throw new Error(`line ${index + 1} of the marks lacks what, at_ms or after`);
  });
}
