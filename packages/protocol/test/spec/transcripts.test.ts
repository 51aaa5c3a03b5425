import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readdirSync, readFileSync } from "node:fs";
import { COMMANDS, decodeCommand, decodeLine, MESSAGE_TYPES, monitorItems } from "../../src/index.ts";
import { chunked, split } from "../split.ts";

type Expectation = { readonly type: string } | { readonly refused: string };
interface Entry {
  readonly at_ms: number;
  readonly dir: "in" | "out" | "err";
  readonly line?: string;
  readonly line_base64?: string;
  readonly expect?: Expectation;
}

const folder = new URL("../../../../spec/transcripts/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
const transcripts = new Map(files.map((name) => [name, entriesOf(readFileSync(new URL(name, folder), "utf8"))]));
const all = [...transcripts.values()].flat();

test.each(files)("%s reads as it says, line by line", (name) => {
  const reading = readingOf(transcripts.get(name) ?? []);
  for (const { entry, answer } of reading)
    expect([entry.line ?? entry.line_base64, answer]).toEqual([entry.line ?? entry.line_base64, entry.expect]);
});

test.each(files)("%s reads the same however the pipe cuts it", (name) => {
  const said = (transcripts.get(name) ?? []).filter((entry) => entry.dir === "out");
  const bytes = Buffer.concat(said.flatMap((entry) => [bytesOf(entry), Buffer.from("\n")]));
  const whole = split([bytes], 262_144);
  expect(whole.length).toBe(said.length);
  fc.assert(
    fc.property(fc.array(fc.nat({ max: bytes.length }), { maxLength: 40 }), (at) => {
      expect(split(chunked(bytes, at), 262_144)).toEqual(whole);
    }),
    { numRuns: 20 },
  );
});

test("an entry has the fields of the format and no others", () => {
  for (const entry of all) {
    expect(
      Object.keys(entry).filter((key) => !["at_ms", "dir", "line", "line_base64", "expect"].includes(key)),
    ).toEqual([]);
    expect(["in", "out", "err"]).toContain(entry.dir);
    expect((entry.line === undefined) !== (entry.line_base64 === undefined)).toBe(true);
    expect(entry.expect === undefined).toBe(entry.dir === "err");
  }
});

test("every message type, command and refusal is there; only lines too long to keep are made elsewhere", () => {
  const expected = (dir: Entry["dir"]) => all.filter((entry) => entry.dir === dir).map((entry) => entry.expect);
  for (const type of MESSAGE_TYPES) expect(expected("out")).toContainEqual({ type });
  for (const type of COMMANDS) expect(expected("in")).toContainEqual({ type });
  const codes = [
    "invalid-utf8",
    "not-json",
    "not-object",
    "too-deep",
    "missing-type",
    "invalid-field",
    "missing-data-header",
  ];
  for (const refused of codes) expect(expected("out")).toContainEqual({ refused });
  for (const refused of ["missing-cmd", "unknown-command"]) expect(expected("in")).toContainEqual({ refused });
});

function entriesOf(text: string): Entry[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

function bytesOf(entry: Entry): Buffer {
  return entry.line === undefined ? Buffer.from(entry.line_base64 ?? "", "base64") : Buffer.from(entry.line);
}

/** What we make of each line, a monitor's data_header remembered from its metadata. */
function readingOf(entries: readonly Entry[]): { entry: Entry; answer: Expectation | undefined }[] {
  let dataHeader: string | null = null;
  return entries.map((entry) => {
    if (entry.dir === "err") return { entry, answer: undefined };
    if (entry.dir === "in") return { entry, answer: commandAnswer(bytesOf(entry)) };
    const decoded = decodeLine(bytesOf(entry));
    if (!decoded.ok) return { entry, answer: { refused: decoded.code } };
    if (!decoded.known) return { entry, answer: { type: decoded.type } };
    const { message } = decoded;
    if (message.type === "metadata") dataHeader = message.data.monitor?.data_header ?? null;
    const items = message.type === "event" && dataHeader !== null ? monitorItems(message, dataHeader) : null;
    return { entry, answer: items?.ok === false ? { refused: items.code } : { type: message.type } };
  });
}

function commandAnswer(bytes: Uint8Array): Expectation {
  const decoded = decodeCommand(bytes);
  return decoded.ok ? { type: decoded.command.cmd } : { refused: decoded.code };
}
