import { defineAgent } from "@mimolo/agent-sdk";

// The smallest agent there is, bundled with all it needs, as agents are shipped: CommonJS knows no `await` at top level.
void defineAgent({
  id: "bench.agent",
  version: "1.0.0",
  sample: ({ count }) => count("ticks"),
  summarize: ({ counts }) => ({ data: counts, activity: "idle" }),
}).run();
