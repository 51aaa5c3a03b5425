// The tutorial as steps: what is typed and shown, which file is written, when Ctrl-C is pressed, and by whom.
import assert from "node:assert/strict";

const step = /<!-- (saved as|by): (.+?) -->|<!-- (Ctrl-C) -->|```(\w+)\n([\s\S]*?)\n```/g;

/** Steps in the order of the page: `{ typed, shown, by }`, `{ saved, text, by }` or `{ interrupted: true }`. */
export function stepsOf(page) {
  const steps = [];
  let by = "ada";
  let saved;
  for (const [, kind, value, interrupted, language, text] of page.matchAll(step)) {
    if (interrupted !== undefined) steps.push({ interrupted: true });
    else if (kind === "by") by = value;
    else if (kind === "saved as") saved = value;
    else if (saved !== undefined) {
      steps.push({ saved, text: `${text}\n`, by });
      saved = undefined;
    } else if (language === "console") steps.push(...typedIn(text).map((each) => ({ ...each, by })));
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
