// {{does}}. `params` and `execute` are yours; what it returns is the answer.
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CallError, defineAction } from "@mimolo/agent-sdk";

export function plugin() {
  return defineAction({
    id: "{{id}}",
    version: "{{version}}",
    params: {
      type: "object",
      properties: { text: { type: "string", minLength: 1, maxLength: 500 } },
      required: ["text"],
      additionalProperties: false,
    },
    execute: async ({ text }, { dataDir }) => {
      if (text.includes("\n")) throw new CallError("not-a-line", "a notebook takes one line at a time");
      const notes = join(dataDir ?? ".", "notes.txt");
      await appendFile(notes, `${text}\n`);
      return { lines: (await readFile(notes, "utf8")).trim().split("\n").length };
    },
  });
}
