import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyStatLine, readStatLine } from "../../src/metering/stat-line.ts";
import { statText } from "./paper-proc.ts";

function read(text: string) {
  const line = emptyStatLine();
  const bytes = new Uint8Array(2_048);
  const length = bytes.length > 0 ? new TextEncoder().encodeInto(text, bytes).written : 0;
  return readStatLine(bytes, length, line) ? line : null;
}

test("reads state, family, times, start and memory", () => {
  const text = statText({
    pid: 7,
    ppid: 3,
    pgrp: 5,
    utime: 10,
    stime: 20,
    cutime: 300,
    cstime: 400,
    start: 99,
    rss: 12,
  });
  expect(read(text)).toEqual({
    state: "S".charCodeAt(0),
    ppid: 3,
    pgrp: 5,
    ownTicks: 30,
    waitedTicks: 700,
    startTicks: 99,
    rssPages: 12,
  });
});

test.each(["(a) b) (c", ") ", "((((", "a\nb", "1 2 3 4 5 6", ""])("a process may be named %j", (name) => {
  expect(read(statText({ pid: 1, name, utime: 5, start: 6 }))).toMatchObject({ ownTicks: 5, startTicks: 6 });
});

test("half a line, or anything else, is no line and never an exception", () => {
  const whole = statText({ pid: 1 });
  expect(read(whole.slice(0, 30))).toBeNull();
  expect(read("")).toBeNull();
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      read(text);
      read(`1 (x) ${text}`);
    }),
    { numRuns: 500 },
  );
});
