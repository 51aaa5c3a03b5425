// The tutorial as steps: what is typed and shown, which file is saved, when Ctrl-C is pressed.
import assert from "node:assert/strict";

const step = /<!-- saved as: (.+?) -->|<!-- (Ctrl-C) -->|```(\w+)\n([\s\S]*?)\n```/g;

/** Steps in the order of the page: `{ typed, shown }`, `{ saved, text }` or `{ interrupted: true }`. */
export function stepsOf(page) {
  const steps = [];
  let saved;
  for (const [, name, interrupted, language, text] of page.matchAll(step)) {
    if (interrupted !== undefined) steps.push({ interrupted: true });
    else if (name !== undefined) saved = name;
    else if (saved !== undefined) {
      steps.push({ saved, text: `${text}\n` });
      saved = undefined;
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
