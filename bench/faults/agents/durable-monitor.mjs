// A durable monitor written with the SDK: many events, each of them evidence.
import { recordDescriptors } from "./recorder.mjs";
import { workload } from "./workload.mjs";

const settings = JSON.parse(process.env.MIMOLO_CONFIG);
recordDescriptors(settings.notes);
const { defineMonitor } = await import("../../../packages/agent-sdk/dist/index.js");
const work = workload(settings);

await defineMonitor({
  label: "durable_monitor",
  version: "1.0.0",
  pollEverySeconds: 0.1,
  emitEvent: () => Array.from({ length: work.due() }, () => ({ event: "happened", payload: work.item() })),
}).run();
