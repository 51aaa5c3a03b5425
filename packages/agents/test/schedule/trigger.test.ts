import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { scheduleTrigger } from "../../src/schedule/trigger.ts";

const HOUR = 3_600_000;

async function running(config: Record<string, unknown>, method = "start") {
  const collector = fakeCollector({ config });
  await collector.connect(scheduleTrigger({ clock: collector.clock }));
  const call = async (name: string) => {
    await collector.send({ cmd: "invoke", id: name, params: { interface: "trigger", method: name, params: {} } });
    return collector.next("result");
  };
  if (method === "start") expect(await call("start")).toMatchObject({ ok: true });
  const fired = () => collector.all("event").map(({ data }) => data);
  return { collector, call, fired };
}

test("it fires at its times, by its names, from start to stop", async () => {
  const { collector, call, fired } = await running({
    schedules: [
      { name: "hourly", cron: "0 * * * *", time_zone: "UTC" },
      { name: "half", cron: "30 * * * *", time_zone: "UTC" },
    ],
  });
  const startMs = collector.clock.wallMs();
  await collector.advance(2 * HOUR);
  const due = (ms: number) => new Date(Math.ceil((startMs + 1) / ms) * ms);
  expect(fired().filter(({ event }) => event === "hourly")).toHaveLength(2);
  expect(fired().filter(({ event }) => event === "half")).toHaveLength(2);
  expect(fired().find(({ event }) => event === "hourly")).toMatchObject({
    event: "hourly",
    payload: { schedule: "hourly", scheduled_at: due(HOUR).toISOString(), late_ms: 0, missed: 0 },
  });
  expect(await call("stop")).toMatchObject({ ok: true });
  await collector.advance(2 * HOUR);
  expect(fired()).toHaveLength(4);
});

test("after a sleep it says what it missed and fires none of it", async () => {
  const { collector, fired } = await running({ schedules: [{ name: "hourly", cron: "0 * * * *" }] });
  collector.clock.jumpWall(10 * HOUR + 1_800_000 - (collector.clock.wallMs() % HOUR));
  await collector.advance(31_000);
  expect(fired()).toEqual([]);
  const { message } = await collector.next("log");
  const warnings = collector.all("log").filter(({ level }) => level === "warning");
  expect(message).toContain("schedules: 1; the next is due");
  expect(warnings).toHaveLength(1);
  expect(warnings[0]?.message).toMatch(
    /^hourly was due 10 times, from .*Z to .*Z, and nothing ran then: it did not fire$/,
  );
  await collector.advance(HOUR);
  expect(fired()).toHaveLength(1);
});

test("settings that cannot be leave it degraded, with the reason; the others fire", async () => {
  const { collector, fired } = await running({
    schedules: [
      { name: "bad", cron: "nonsense" },
      { name: "hourly", cron: "0 * * * *" },
    ],
  });
  await collector.advance(HOUR);
  const { health, message } = collector.all("status").at(-1) ?? {};
  expect([health, message]).toEqual([
    "degraded",
    expect.stringContaining('schedules.0 (bad) has a cron that is none: "nonsense"'),
  ]);
  expect(fired()).toHaveLength(1);
});

test("settings that change while it runs count from the next look on", async () => {
  const { collector, fired } = await running({ schedules: [{ name: "old", cron: "0 * * * *" }] });
  await collector.advance(HOUR);
  const config = { schedules: [{ name: "new", cron: "0 * * * *" }] };
  await collector.send({ cmd: "lifecycle", params: { phase: "activate", config } });
  await collector.advance(HOUR);
  expect(fired().map(({ event }) => event)).toEqual(["old", "new"]);
});
