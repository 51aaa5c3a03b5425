import { expect, test } from "vitest";
import { defineAgent } from "@mimolo/agent-sdk";
import { fakeCollector } from "@mimolo/agent-sdk/testing";

test("an agent that costs ten times its budget slows down by itself", async () => {
  const collector = fakeCollector({ ack: { cpu_budget_percent: 0.1 } });
  await collector.connect(
    defineAgent({
      id: "example.costly",
      version: "1.0.0",
      sample: () => void (collector.host.usedCpuMs += 50), // 50 ms of CPU every 5 s: 1 % of a core
      summarize: () => ({ data: {}, activity: "passive" }),
    }),
  );
  await collector.advance(90_000); // the first minute belongs to the start
  expect(collector.all("status").at(-1)).toMatchObject({
    health: "ok",
    tuned: { factor: 2, poll_interval_s: 10, reason: "cpu 1 % of a core, budget 0.1 %" },
  });
});
