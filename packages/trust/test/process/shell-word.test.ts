import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { shellWord } from "../../src/index.ts";

test("a plain path stays as it is, everything else is quoted", () => {
  expect(shellWord("/home/u/my-agent.py", "linux")).toBe("/home/u/my-agent.py");
  expect(shellWord("/a b", "linux")).toBe("'/a b'");
  expect(shellWord("it's", "linux")).toBe("'it'\\''s'");
  expect(shellWord("", "linux")).toBe("''");
  expect(shellWord("acme.*", "linux")).toBe("'acme.*'");
  expect(shellWord("C:\\a b", "win32")).toBe('"C:\\a b"');
});

test("no control character gets through to the terminal", () => {
  expect(shellWord("/a\u001b[2J\n'\\1", "linux")).toBe("$'/a\\033[2J\\012\\'\\\\1'");
  expect(shellWord("\u0085", "linux")).toBe("$'\\302\\205'");
  expect(shellWord("a\u202eb", "linux")).toBe("$'a\\342\\200\\256b'");
});

test.runIf(hasBash())("bash reads a word as it was", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "1", "'", '"', "\\", "$", "`", "!", "é", "\n", "\u001b", "\u0085", "\u202e", " "),
  });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 20 }), (words) => {
      const script = words.map((word) => `printf '%s\\0' ${shellWord(word, "linux")}`).join("\n");
      const said = execFileSync("bash", ["-c", `${script}\n:`], { encoding: "utf8" });
      expect(said).toBe(words.map((word) => `${word}\0`).join(""));
    }),
    { numRuns: 20 },
  );
});

function hasBash(): boolean {
  try {
    execFileSync("bash", ["-c", ":"]);
    return true;
  } catch {
    return false;
  }
}
