// For the check only: says what its settings say, as somebody's agents would in a day.
import { defineAgent } from "@mimolo/agent-sdk";

await defineAgent({
  id: "cookbook.pretend",
  version: "1.0.0",
  sampleEverySeconds: 0.1,
  sample({ worked, context }) {
    if (context.config.works === true) worked();
  },
  summarize: ({ context: { config } }) => ({
    data: config.data ?? {},
    activity: config.works === true ? "worked" : "passive",
  }),
}).run();
