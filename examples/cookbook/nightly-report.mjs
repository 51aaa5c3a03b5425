// Asks whoever knows what you did today, and writes it down.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defineAction } from "@mimolo/agent-sdk";

await defineAction({
  id: "cookbook.nightly-report",
  version: "1.0.0",
  async execute(_params, { timestamp, dataDir, send, log }) {
    const { data: told, to: teller } = await send(null, "what did I do today?", "question");
    const file = join(dataDir, `${timestamp.slice(0, 10)}.md`);
    await writeFile(file, `# ${timestamp.slice(0, 10)}\n\n${String(told)}\n`);
    log(`${teller} told what is now in ${file}`);
    return { file };
  },
}).run();
