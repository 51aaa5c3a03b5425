// The tutorial as steps: what is typed and shown, which file is written, when Ctrl-C is pressed.
import assert from "node:assert/strict";

const step = /<!-- (saved as|added to): (.+?) -->|<!-- (Ctrl-C) -->|```(\w+)\n([\s\S]*?)\n```/g;

/** Steps in the order of the page: `{ typed, shown }`, `{ file, adds, text }` or `{ interrupted: true }`. */
export function stepsOf(page) {
  const steps = [];
  let writes;
  for (const [, how, file, interrupted, language, text] of page.matchAll(step)) {
    if (interrupted !== undefined) steps.push({ interrupted: true });
    else if (file !== undefined) writes = { file, adds: how === "added to" };
    else if (writes !== undefined) {
      steps.push({ ...writes, text: `${text}\n` });
      writes = undefined;
    } else if (language === "console") steps.push(...typedIn(text));
  }
  return steps;
}

function typedIn(text) {
  const typed = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("$ ")) typed.push({ typed: line.slice(2).replace(/ {2,}#.*$/, ""), shown: [] });
    else if (line.trim() !== "") {
      assert.ok(typed.length > 0, `a console block begins with a command, not with: ${line}`);
      typed.at(-1).shown.push(line.trim());
    }
  }
  return typed;
}
