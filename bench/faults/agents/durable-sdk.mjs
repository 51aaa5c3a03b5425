// A durable agent written with the SDK: one summary for each flush.
import { recordDescriptors } from "./recorder.mjs";
import { workload } from "./workload.mjs";

const settings = JSON.parse(process.env.MIMOLO_CONFIG);
recordDescriptors(settings.notes);
const { defineAgent } = await import("../../../packages/agent-sdk/dist/index.js");
const work = workload(settings);

await defineAgent({
  id: "local.durable-sdk",
  version: "1.0.0",
  sampleEverySeconds: 0.1,
  sample: ({ count }) => count("due", work.due()),
  summarize: () => ({ data: work.item(), activity: "worked" }),
}).run();
