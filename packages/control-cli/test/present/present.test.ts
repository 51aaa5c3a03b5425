import { expect, test } from "vitest";
import { plain } from "../../src/present/colour.ts";
import { ago, duration } from "../../src/present/duration.ts";
import { logLine, newsLine } from "../../src/present/log-line.ts";
import { table } from "../../src/present/table.ts";
import { fit, printable, widthOf } from "../../src/present/width.ts";

test("lengths of time are told in the two largest units", () => {
  expect([0, 400, 45_000, 59_499, 60_000, 3_599_000].map(duration)).toEqual([
    "0 s",
    "0 s",
    "45 s",
    "59 s",
    "1 min",
    "59 min",
  ]);
  expect([3_600_000, 11_100_000, 172_800_000, 187_200_000].map(duration)).toEqual([
    "1 h 00 min",
    "3 h 05 min",
    "2 d 0 h",
    "2 d 4 h",
  ]);
  expect(duration(-5)).toBe("0 s");
  expect(ago(null, 0)).toBe("–");
  expect(ago(1000, 4000)).toBe("3 s ago");
});

test("a table lines up, numbers on the right, nothing behind the last cell", () => {
  const columns = [{ title: "LABEL" }, { title: "PID", align: "right" as const }, { title: "STATE" }];
  const rows = [
    ["folder-activity", "7", "running"],
    ["日本", "1234", ""],
  ];
  expect(table(columns, rows, plain)).toEqual([
    "LABEL             PID  STATE",
    "folder-activity     7  running",
    "日本             1234",
  ]);
});

test("wide characters take two columns and colours none", () => {
  expect(widthOf("abc")).toBe(3);
  expect(widthOf("日本")).toBe(4);
  expect(widthOf("\u001B[32mgreen\u001B[39m")).toBe(5);
  expect(fit("abcdef", 4)).toBe("abc…");
  expect(fit("日本語", 4)).toBe("日…");
  expect(fit("abc", 3)).toBe("abc");
});

test("evidence can neither move the cursor nor turn the text around", () => {
  expect(printable("a\u001B[2Jb\nc\u202Ed")).toBe("a\\u001b[2Jb c\\u202ed");
});

test("news beside the work is a sentence; what it was about in detail stays in the logs", () => {
  const line = {
    at: "2026-11-21T09:00:00.000Z",
    label: "x",
    instance_id: null,
    run_id: null,
    type: "error",
    level: "error",
    message: 'no such folder: /nowhere {"context":{"stack":"Error: no such folder\\n    at sample"}}',
  } as const;
  expect(newsLine(line, plain)).toBe("x error: no such folder: /nowhere");
});

test("an agent's type and code cannot command the terminal any more than its message can", () => {
  const escape = "\u001B]0;owned\u0007\u009B2J";
  const who = { at: "2026-11-21T09:00:00.000Z", label: "x", instance_id: null, run_id: null, level: "error" } as const;
  const line = logLine({ ...who, type: `t${escape}`, code: `c${escape}`, message: `m${escape}` }, plain);
  expect(line).not.toMatch(/\p{Cc}/u);
  expect(line).toContain("[c\\u001b]0;owned\\u0007\\u009b2J]");
});
