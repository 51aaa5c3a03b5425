// A well-behaved neighbour written with the SDK: one numbered summary for each flush.
import { appendFileSync } from "node:fs";
import { defineAgent } from "../../../packages/agent-sdk/dist/index.js";

const { notes } = JSON.parse(process.env.MIMOLO_CONFIG);
const run = `sdk-${process.pid}-${Date.now()}`;
let n = 0;

await defineAgent({
  id: "local.sdk",
  version: "1.0.0",
  sampleEverySeconds: 1,
  sample: () => undefined,
  summarize: () => {
    n += 1;
    appendFileSync(notes, `${JSON.stringify({ run, n, at: Date.now() })}\n`);
    return { data: { neighbour_run: run, n }, activity: "passive" };
  },
}).run();
