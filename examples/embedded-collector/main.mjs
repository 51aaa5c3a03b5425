// A collector inside another Node program: one built-in agent, one script of our own, and what they say.
import { fileURLToPath } from "node:url";
import { agents } from "@mimolo/agents";
import { createCollector } from "@mimolo/operations";

const script = fileURLToPath(new URL("counter.mjs", import.meta.url));

/** Collects into `dataDir` until the first evidence of work is a segment; resolves to that segment. */
export async function collectOneSegment(dataDir) {
  const collector = await createCollector({
    dataDir,
    builtins: agents,
    allow: [script],
    control: false,
    plugins: {
      load: { plugin: "mimolo.system-load" },
      counter: { executable: process.execPath, args: [script], agent_flush_interval_s: 1 },
    },
  });
  const opened = new Promise((resolve) => collector.on("segment:opened", resolve));
  await collector.start();
  const segment = await opened;
  await collector.stop();
  return segment;
}
