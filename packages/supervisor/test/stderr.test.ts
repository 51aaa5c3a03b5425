import { manualClock } from "@mimolo/agent-sdk/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { StderrReader } from "../src/stderr.ts";
import { TailBuffer } from "../src/tail-buffer.ts";

function reader() {
  const clock = manualClock();
  const lines: string[] = [];
  const stderr = new StderrReader(clock, (line) => lines.push(line));
  return { clock, lines, stderr, write: (text: string) => stderr.push(Buffer.from(text)) };
}

test("fifty lines a second are handed on; the rest is counted when the second is over", () => {
  const { clock, lines, write } = reader();
  for (let i = 0; i < 120; i++) write(`line ${i}\n`);
  expect(lines).toHaveLength(50);
  clock.advance(1_000);
  expect(lines.slice(50)).toEqual(["… 70 more lines on stderr within a second, not kept"]);
  write("next second\n");
  expect(lines.at(-1)).toBe("next second");
  expect(clock.pending).toBe(0);
});

test("the count comes before the lines of the next second, and at the end", () => {
  const { clock, lines, write, stderr } = reader();
  for (let i = 0; i < 51; i++) write("a\n");
  clock.advance(1_500);
  for (let i = 0; i < 52; i++) write("b\n");
  write("unfinished");
  stderr.end();
  expect(lines.filter((line) => line.startsWith("…"))).toEqual([
    "… 1 more line on stderr within a second, not kept",
    "… 3 more lines on stderr within a second, not kept",
  ]);
  expect(clock.pending).toBe(0);
});

test("a line over 8 KiB is cut and says how long it was", () => {
  const { lines, write } = reader();
  write(`${"é".repeat(5_000)}\n${"x".repeat(8_192)}\n`);
  expect(lines[0]).toMatch(/^é{256} … \(a line of 10000 bytes, cut\)$/);
  expect(lines[1]).toBe("x".repeat(8_192));
});

test("what is no UTF-8 is shown, not lost", () => {
  const { lines, stderr } = reader();
  stderr.push(Buffer.from([0x66, 0xff, 0x66, 0x0a]));
  expect(lines).toEqual(["f\ufffdf"]);
});

test("the tail is the end of everything written, however it was chunked", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 40 }), fc.nat(300), (chunks, wanted) => {
      const tail = new TailBuffer(256);
      for (const chunk of chunks) tail.push(chunk.map((byte) => byte & 0x7f));
      const all = Buffer.concat(chunks).map((byte) => byte & 0x7f);
      const expected = all.subarray(Math.max(0, all.length - Math.min(wanted, 256)));
      expect(tail.last(wanted)).toBe(Buffer.from(expected).toString("latin1"));
    }),
    { numRuns: 500 },
  );
});

test("a tail never begins with half a character", () => {
  const tail = new TailBuffer(64);
  tail.push(Buffer.from("🚲".repeat(100)));
  for (let bytes = 1; bytes <= 64; bytes++) expect(tail.last(bytes)).toBe("🚲".repeat(Math.floor(bytes / 4)));
});
