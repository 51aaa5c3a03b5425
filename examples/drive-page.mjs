// What a page of the documentation has somebody type, for the check that plays it: commands, and the output that is shown below them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The blocks of a page marked `<!-- run by EXAMPLE: NAME -->`, as lists of `{ words, shown }`. */
export function pageOf(page, example) {
  const blockOf = linesOf(page, example);
  return (name) => blockOf(name).map(({ line, shown }) => ({ line, words: wordsOf(line), shown }));
}

/** The same for any shell, as `{ line, shown }`; a line that ends in a backslash goes on in the next. */
export function linesOf(page, example) {
  const text = readFileSync(join(import.meta.dirname, "..", "docs", page), "utf8");
  return (name) => {
    const [, rest] = text.split(`<!-- run by examples/${example}: ${name} -->\n`);
    assert.ok(rest, `docs/${page} has a block "${name}"`);
    const [, lines] = /^ *```(?:sh|console)\n([\s\S]*?)\n *```/.exec(rest) ?? [];
    assert.ok(lines, `docs/${page}: the block "${name}" is sh or console`);
    const commands = [];
    const isTranscript = /^\s*\$ /.test(lines);
    for (const line of lines.replaceAll(/\\\n\s*/g, "").split("\n")) {
      if (line.trim() === "") continue;
      if (!isTranscript || /^\s*\$ /.test(line)) commands.push({ line: line.replace(/^\s*\$ /, ""), shown: [] });
      else commands.at(-1).shown.push(line.trim());
    }
    return commands;
  };
}

/** Asserts that every shown line was printed; `…` stands for anything, runs of blanks for each other. */
export function asShown({ line: command, shown }, printed) {
  const lines = printed.split("\n").map((line) => line.trim());
  for (const line of shown) {
    const pattern = new RegExp(`^${line.split("…").map(literally).join(".*")}$`);
    assert.ok(
      lines.some((each) => pattern.test(each)),
      `${command}\nshould have printed\n  ${line}\nbut printed\n${printed}`,
    );
  }
}

function literally(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`);
}

function wordsOf(line) {
  const [command, ...words] = line
    .replace(/\s+#.*$/, "")
    .trim()
    .match(/'[^']*'|\S+/g);
  assert.equal(command, "mimolo");
  return words.map((word) => word.replaceAll("'", ""));
}
