// Recordings in a folder: `<scenario>.jsonl` is a transcript, `<scenario>.marks.jsonl` what stands beside it.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { asError } from "../../as-error.ts";
import { plainText } from "../process/plain-file.ts";
import { MalformedLine } from "../json-lines/read-json-lines.ts";
import { readTranscript, writeTranscript } from "../transcript.ts";
import { readMarks } from "./read-marks.ts";
import type { Recording } from "./recording.ts";
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

/** Reads every recording of a folder, in the order in which a check has them. Throws where there is none, or one is malformed:
 *  with the file, the line, the field and what it should be. */
export async function readRecordings(folder: string): Promise<Recording[]> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith(MARKS)).map((name) => basename(name, MARKS));
  if (names.length === 0) throw new Error(`${folder} holds no recordings`);
  // Behind them stands what is no scenario: a plugin's folder.
  const placeOf = (name: string) => scenarios.findIndex((each) => each.name === name) + 1 || scenarios.length + 1;
  const inOrder = names.toSorted((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
  return Promise.all(
    inOrder.map(async (scenario) => {
      const lines = await readIn(folder, `${scenario}.jsonl`, readTranscript);
      const marks = await readIn(folder, `${scenario}${MARKS}`, (text) => readMarks(text, lines.length));
      return { scenario, lines, marks };
    }),
  );
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    throw unreadable(folder, cause);
  }
}

async function readIn<Content>(folder: string, name: string, read: (text: string) => Content): Promise<Content> {
  try {
    return read(await plainText(join(folder, name), MOST_BYTES));
  } catch (cause) {
    if (cause instanceof MalformedLine) throw new Error(`${name}, ${cause.message}`, { cause });
    throw unreadable(join(folder, name), cause);
  }
}

/** The words of the system's codes are for people. */
function unreadable(path: string, cause: unknown): Error {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === undefined) return asError(cause);
  const why = { ENOENT: "is not there", ENOTDIR: "is no folder", EACCES: "may not be read" }[code];
  return new Error(`${path} ${why ?? `cannot be read (${code})`}`, { cause });
}
