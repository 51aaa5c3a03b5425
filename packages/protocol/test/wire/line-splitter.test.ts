import * as fc from "fast-check";
import ndjson from "ndjson";
import { expect, test } from "vitest";
import { framerMaxLineBytes, LineSplitter, maxLineBytesOf } from "../../src/wire/index.ts";
import { chunked, split } from "../split.ts";

const encode = (text: string) => new TextEncoder().encode(text);

test("lines are told with their number, empty ones counted but not told, a carriage return stripped", () => {
  expect(split([encode("a\n\n\r\nb\r\n c\r\r\nrest")], 10)).toEqual([
    { number: 1, line: "a" },
    { number: 4, line: "b" },
    { number: 5, line: " c\r" },
    { number: 6, line: "rest" },
  ]);
});

test("a line of exactly the cap passes with either line end; one byte more does not", () => {
  expect(split([encode("12345\n12345\r\n123456\n123456\r\n12345\r")], 5)).toEqual([
    { number: 1, line: "12345" },
    { number: 2, line: "12345" },
    { number: 3, head: "12345", lengthBytes: 6 },
    { number: 4, head: "12345", lengthBytes: 6 },
    { number: 5, line: "12345" },
  ]);
});

test("a line over the cap is skipped to its newline, its first 512 bytes kept, its length counted", () => {
  const splitter = split([encode("x".repeat(100_000)), encode(`${"y".repeat(100_000)}\nnext\n`)], 1000);
  expect(splitter).toEqual([
    { number: 1, head: "x".repeat(512), lengthBytes: 200_000 },
    { number: 2, line: "next" },
  ]);
});

test("a hundred megabytes without a newline keep no more than the cap in memory", () => {
  const chunk = new Uint8Array(1_048_576).fill(120);
  const told: number[] = [];
  const splitter = new LineSplitter(
    { maxLineBytes: 65_536 },
    { line: () => told.push(-1), tooLong: (_, lengthBytes) => told.push(lengthBytes) },
  );
  const before = process.memoryUsage().arrayBuffers;
  for (let count = 0; count < 100; count += 1) splitter.push(chunk);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  splitter.end();
  expect(told).toEqual([104_857_600]);
});

test("however a stream is cut into chunks, the same lines come out", () => {
  const piece = fc.oneof(
    fc.constantFrom("\n", "\r\n", "\r", "\n\n", "ä", "𝄞", "\0", '{"type":"heartbeat"}'),
    fc.string({ maxLength: 12 }),
  );
  const stream = fc.array(piece, { maxLength: 30 }).map((pieces) => encode(pieces.join("")));
  const cuts = fc.array(fc.nat({ max: 300 }), { maxLength: 20 });
  fc.assert(
    fc.property(stream, cuts, fc.integer({ min: 1, max: 24 }), (bytes, at, maxLineBytes) => {
      expect(split(chunked(bytes, at), maxLineBytes)).toEqual(split([bytes], maxLineBytes));
    }),
    { numRuns: 1000 },
  );
});

test("every single cut of a stream with characters of all widths gives the same lines", () => {
  const bytes = encode('{"a":"é"}\r\n{"b":"€𝄞"}\n\nabcdefghijklmnopqrstuvwxyz\nlast');
  const whole = split([bytes], 16);
  for (let first = 0; first <= bytes.length; first += 1) {
    for (let second = first; second <= bytes.length; second += 1) {
      expect(split(chunked(bytes, [first, second]), 16)).toEqual(whole);
    }
  }
});

test("a view is the chunk's own memory, so a whole line costs no copy", () => {
  const chunk = encode("one\ntwo\n");
  const buffers: ArrayBufferLike[] = [];
  const splitter = new LineSplitter(
    { maxLineBytes: 10 },
    { line: (bytes) => buffers.push(bytes.buffer), tooLong: () => undefined },
  );
  splitter.push(chunk);
  expect(buffers).toEqual([chunk.buffer, chunk.buffer]);
});

test("where ndjson is sane, on lines that are all JSON objects, it reads the same", async () => {
  const value = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(value, { maxLength: 8 }),
      fc.array(fc.nat({ max: 400 }), { maxLength: 8 }),
      async (values, at) => {
        const bytes = encode(values.map((each) => `${JSON.stringify(each)}\n`).join(""));
        const chunks = chunked(bytes, at);
        const ours = split(chunks, 65_536).map((told) => parseLatin1("line" in told ? told.line : ""));
        expect(ours).toEqual(await readWithNdjson(chunks));
      },
    ),
    { numRuns: 150 },
  );
});

test("the framer lets a widget frame through, whatever the cap of the other types", () => {
  expect([framerMaxLineBytes(), framerMaxLineBytes(1_048_576)]).toEqual([262_144, 1_048_576]);
  expect([maxLineBytesOf("summary"), maxLineBytesOf("widget_frame"), maxLineBytesOf("made_up", 100)]).toEqual([
    65_536, 262_144, 100,
  ]);
});

async function readWithNdjson(chunks: readonly Uint8Array[]): Promise<unknown[]> {
  const parser = ndjson.parse();
  const values: unknown[] = [];
  parser.on("data", (value: unknown) => values.push(value));
  const ended = new Promise((resolve, reject) => parser.once("end", resolve).once("error", reject));
  for (const chunk of chunks) parser.write(Buffer.from(chunk));
  parser.end();
  await ended;
  return values;
}

function parseLatin1(line: string): unknown {
  return JSON.parse(Buffer.from(line, "latin1").toString());
}

test("who takes a line where it begins gets no other word of it; the numbers go on, a cut line is never asked about", () => {
  const asked: number[] = [];
  const lines: [number, string][] = [];
  const splitter = new LineSplitter(
    { maxLineBytes: 100 },
    {
      take: (chunk, from, lineNumber) => {
        asked.push(lineNumber);
        const end = chunk.indexOf(10, from);
        return chunk[from] === 42 && end !== -1 ? end + 1 : -1;
      },
      line: (bytes, lineNumber) => lines.push([lineNumber, new TextDecoder().decode(bytes)]),
      tooLong: () => undefined,
    },
  );
  for (const chunk of ["*a\nb\n*c\n*cu", "t*", "\n\n*d\ne"]) splitter.push(encode(chunk));
  splitter.end();
  expect(lines).toEqual([
    [2, "b"],
    [4, "*cut*"],
    [7, "e"],
  ]);
  expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7]);
});
