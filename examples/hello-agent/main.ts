// Notices files that turn up in a folder: downloads, scans, exports.
import { readdir } from "node:fs/promises";
import { defineAgent } from "@mimolo/agent-sdk";

let known: string[] | undefined;

await defineAgent({
  id: "example.hello-agent",
  version: "1.0.0",
  sampleEverySeconds: 2,
  sample: async ({ count, context }) => {
    const { folder } = context.config;
    const names = await readdir(typeof folder === "string" ? folder : ".");
    const arrived = known === undefined ? [] : names.filter((name) => !known?.includes(name));
    known = names;
    return count("arrived", arrived.length);
  },
  summarize: ({ counts }) => ({
    data: counts,
    activity: counts.arrived > 0 ? "worked" : "idle",
  }),
}).run();
