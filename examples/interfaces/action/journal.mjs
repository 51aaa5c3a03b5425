// Writes lines into a journal, in the plugin's own folder: `execute` is all there is to an action.
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CallError, defineAction } from "@mimolo/agent-sdk";

export const journal = defineAction({
  id: "example.journal",
  version: "1.0.0",
  params: {
    type: "object",
    properties: { text: { type: "string", minLength: 1, maxLength: 500 } },
    required: ["text"],
    additionalProperties: false,
  },
  execute: async ({ text }, { dataDir, timestamp, mode }) => {
    if (text.includes("\n")) throw new CallError("not-a-line", "a journal takes one line at a time");
    const file = join(dataDir ?? ".", "journal.txt");
    await appendFile(file, `${timestamp} ${mode === undefined ? "" : `[${mode}] `}${text}\n`);
    return { lines: (await readFile(file, "utf8")).trim().split("\n").length };
  },
});
