// Notes from the command line: `mimolo x notes add "call Ada"`, `mimolo x notes list`.
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { defineAgent } from "@mimolo/agent-sdk";

const fileOf = ({ dataDir }) => join(dataDir, "notes.txt");
let added = 0;

await defineAgent({
  id: "cookbook.notes",
  version: "1.0.0",
  summarize() {
    const data = { added };
    added = 0;
    return { data, activity: "passive" };
  },
  onCommand: {
    add: {
      description: "Keep a note",
      args: ["TEXT…"],
      async run(words, context) {
        await appendFile(fileOf(context), `${words.join(" ")}\n`);
        added += 1;
        return "noted";
      },
    },
    list: {
      description: "Show all notes",
      run: (_words, context) => readFile(fileOf(context), "utf8").catch(() => "no notes yet\n"),
    },
  },
}).run();
