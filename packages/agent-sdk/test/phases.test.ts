import * as fc from "fast-check";
import { expect, test } from "vitest";
import { defineAgent } from "../src/index.ts";
import { Phases } from "../src/phases.ts";
import { fakeCollector } from "../src/testing/index.ts";

const STEPS = ["initialize", "activate", "suspend", "unload"] as const;

test("in whatever order the steps are asked for, hooks come in pairs and sampling is on exactly while active", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { maxLength: 30 }), async (asked) => {
      const called: string[] = [];
      let isSampling = false;
      const phases = new Phases({
        hooks: Object.fromEntries(STEPS.map((step) => [step, () => called.push(step)])),
        sampler: {
          start: () => (isSampling = true),
          stop: () => (isSampling = false),
        },
        run: async (_name, hook) => void hook(),
      });
      for (const step of asked) {
        await phases[step]();
        expect(isSampling).toBe(phases.isActive);
      }
      await phases.unload();
      expect(called.join(" ")).toMatch(/^(initialize( activate suspend)* unload ?)*$/);
    }),
    { numRuns: 200 },
  );
});

test("whatever commands come, each gets its answer, in order, and no count is lost or told twice", async () => {
  const command = fc.constantFrom("flush", "status", "stop", "start", "dance");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(command, fc.integer({ min: 0, max: 3000 })), { maxLength: 25 }),
      async (script) => {
        let counted = 0;
        const collector = fakeCollector();
        await collector.connect(
          defineAgent({
            id: "test.any-order",
            version: "1.0.0",
            sampleEverySeconds: 1,
            sample: ({ count }) => {
              counted += 1;
              return count("ticks");
            },
            summarize: ({ counts }) => ({ data: counts, activity: counts.ticks > 0 ? "worked" : "idle" }),
          }),
        );
        for (const [index, [cmd, pauseMs]] of script.entries()) {
          await collector.advance(pauseMs);
          collector.host.feed(new TextEncoder().encode(`${JSON.stringify({ cmd, id: `c${index}` })}\n`));
        }
        await collector.advance(0);
        expect(await collector.shutdown()).toBe(0);
        const acked = collector.all("ack").map(({ ack_command: cmd, id }) => `${cmd} ${id}`);
        const expected = script.flatMap(([cmd], index) =>
          cmd === "flush" || cmd === "stop" || cmd === "start" ? [`${cmd} c${index}`] : [],
        );
        expect(acked).toEqual([...expected, "shutdown undefined"]);
        const told = collector.all("summary").reduce((sum, { data }) => sum + Number(data["ticks"]), 0);
        expect(told).toBe(counted);
      },
    ),
    { numRuns: 40 },
  );
});
