import { expect, test } from "vitest";
import { defineAgent } from "@mimolo/agent-sdk";
import { fakeCollector, memorySpool } from "@mimolo/agent-sdk/testing";

const counter = () =>
  defineAgent({
    id: "example.counter",
    version: "1.0.0",
    sample: ({ count }) => count("looks"),
    summarize: ({ counts }) => ({ data: counts, activity: "worked" }),
  });

test("what was not committed is sent again by the next run", async () => {
  const spool = memorySpool(); // what is on disk: it outlives both
  const first = fakeCollector({ spool });
  await first.connect(counter());
  await first.flush();
  await first.commit(); // the first summary is safe, the second is not
  await first.flush();

  const second = fakeCollector({ spool, commits: first.commits });
  await second.connect(counter());
  expect(second.all("summary").map(({ seq }) => seq)).toEqual([2]);
});
