// Two sources that other plugins, and people, can query: this machine, and what runs this plugin.
import { cpus, freemem, totalmem } from "node:os";
import { CallError, defineAgent } from "@mimolo/agent-sdk";

const MIB = 1_048_576;
const sources = {
  machine: () => ({
    cores: cpus().length,
    memory_mib: Math.round(totalmem() / MIB),
    free_mib: Math.round(freemem() / MIB),
  }),
  process: () => ({ node: process.versions.node, memory_mib: Math.round(process.memoryUsage.rss() / MIB) }),
};

await defineAgent({
  id: "example.machine",
  version: "1.0.0",
  onQuery: {
    sources: [
      { id: "machine", description: "Cores and memory" },
      { id: "process", description: "What this plugin itself takes" },
    ],
    query: (source, query) => {
      const told = sources[source]();
      const { field } = query ?? {};
      if (field === undefined) return told;
      if (Object.hasOwn(told, field)) return told[field];
      throw new CallError("unknown-field", `${source} has ${Object.keys(told).join(", ")}`);
    },
  },
  summarize: () => ({ data: {}, activity: "passive" }),
}).run();
