import { expect, test } from "vitest";
import { moreTelling } from "../src/telling-line.ts";

test.each([
  [
    "Python",
    [
      "Traceback (most recent call last):",
      '  File "main.py", line 117, in _summary',
      "    return {**data, **more}",
      "           ^^^^^^^^^^^^^^^^",
      "TypeError: 'str' object is not a mapping",
    ],
    "TypeError: 'str' object is not a mapping",
  ],
  [
    "Node",
    [
      "node:internal/fs:441",
      "    throw error;",
      "    ^",
      "",
      "Error [ERR_BAD]: no such thing",
      "    at main (main.mjs:1:1)",
      "",
      "Node.js v22.1.0",
    ],
    "Error [ERR_BAD]: no such thing",
  ],
  [
    "Go",
    ["panic: runtime error: index out of range", "", "goroutine 1 [running]:", "main.main()"],
    "panic: runtime error: index out of range",
  ],
  ["a shell", ["one", "main.sh: 3: foo: not found"], "main.sh: 3: foo: not found"],
  ["nobody", ["", "   "], null],
])("what says most of a death in the words of %s", (_who, lines, wanted) => {
  expect(lines.reduce<string | null>(moreTelling, null)).toBe(wanted);
});
