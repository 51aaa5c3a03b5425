import fc from "fast-check";
import { expect, test } from "vitest";
import { readScheduleSettings } from "../../src/schedule/settings.ts";
import { MOST_COUNTED, Timetable } from "../../src/schedule/timetable.ts";

const at = (text: string) => Date.parse(text);
const MINUTE = 60_000;
const DAY = 86_400_000;

function scheduleOf(cron: string, timeZone = "UTC") {
  const { settings, problems } = readScheduleSettings({ schedules: [{ name: "it", cron, time_zone: timeZone }] });
  const [schedule] = settings.schedules;
  if (schedule === undefined) throw new Error(problems.join("; "));
  return schedule;
}

function tableOf(cron: string, start: string, catchUp = false): Timetable {
  return new Timetable([scheduleOf(cron)], at(start), { catchUp });
}

const seen = (table: Timetable, now: string) => {
  const { due, missed } = table.look(at(now));
  return {
    due: due.map(({ dueMs, missed: before }) => [new Date(dueMs).toISOString(), before]),
    missed: missed.map(({ count }) => count),
  };
};

test("what is due fires once, at its time or a little later", () => {
  const table = tableOf("0 9 * * 1-5", "2026-11-20T08:00:00Z");
  expect(new Date(table.nextMs ?? 0).toISOString()).toBe("2026-11-20T09:00:00.000Z");
  expect(seen(table, "2026-11-20T08:59:59.999Z")).toEqual({ due: [], missed: [] });
  expect(seen(table, "2026-11-20T09:00:20Z")).toEqual({ due: [["2026-11-20T09:00:00.000Z", 0]], missed: [] });
  expect(seen(table, "2026-11-20T09:00:21Z")).toEqual({ due: [], missed: [] });
  expect(new Date(table.nextMs ?? 0).toISOString()).toBe("2026-11-23T09:00:00.000Z");
});

test("a machine that slept through it says so and fires nothing, or once where it is to catch up", () => {
  const slept = tableOf("0 * * * *", "2026-11-20T08:30:00Z");
  expect(seen(slept, "2026-11-20T12:30:00Z")).toEqual({ due: [], missed: [4] });
  expect(seen(slept, "2026-11-20T13:00:00Z")).toEqual({ due: [["2026-11-20T13:00:00.000Z", 0]], missed: [] });
  const eager = tableOf("0 * * * *", "2026-11-20T08:30:00Z", true);
  expect(seen(eager, "2026-11-20T12:30:00Z")).toEqual({ due: [["2026-11-20T12:00:00.000Z", 3]], missed: [3] });
});

test("one that wakes just as it is due fires that one, and tells how many came before", () => {
  const table = tableOf("*/10 * * * *", "2026-11-20T08:01:00Z");
  expect(seen(table, "2026-11-20T09:00:05Z")).toEqual({ due: [["2026-11-20T09:00:00.000Z", 5]], missed: [5] });
});

test("a year of seconds is counted up to a bound, at once, and the last of them is found", () => {
  const table = tableOf("* * * * * *", "2026-01-01T00:00:00Z", true);
  const startedMs = performance.now();
  const { due, missed } = table.look(at("2027-01-01T00:00:00.400Z"));
  expect(performance.now() - startedMs).toBeLessThan(1_000);
  expect(due.map(({ dueMs }) => new Date(dueMs).toISOString())).toEqual(["2027-01-01T00:00:00.000Z"]);
  expect(missed[0]?.count).toBeGreaterThanOrEqual(MOST_COUNTED);
});

test("a clock set back fires nothing twice; one set right after hours of being wrong begins anew", () => {
  const table = tableOf("0 9 * * *", "2026-11-20T08:00:00Z");
  expect(seen(table, "2026-11-20T09:00:00Z").due).toHaveLength(1);
  expect(seen(table, "2026-11-20T08:40:00Z").due).toEqual([]);
  expect(seen(table, "2026-11-20T09:00:00Z").due).toEqual([]);
  expect(seen(table, "2026-11-20T05:00:00Z").due).toEqual([]);
  expect(seen(table, "2026-11-20T09:00:00Z").due).toHaveLength(1);
});

test("what never comes is never due, and disturbs nothing", () => {
  const never = tableOf("0 0 30 2 *", "2026-11-20T08:00:00Z");
  expect(never.nextMs).toBeNull();
  expect(seen(never, "2030-11-20T08:00:00Z")).toEqual({ due: [], missed: [] });
});

test("an hour that a time zone skips or has twice brings a daily time once each day", () => {
  const daily = scheduleOf("30 2 * * *", "Europe/Berlin");
  for (const [from, days] of [
    ["2027-03-26T12:00:00Z", 4],
    ["2027-10-29T12:00:00Z", 4],
  ] as const) {
    const times: number[] = [];
    for (let next = daily.after(at(from)); next !== null && next < at(from) + days * DAY; next = daily.after(next))
      times.push(next);
    expect(times.map((ms) => Math.round((ms - at(from)) / DAY))).toEqual([1, 2, 3, 4]);
  }
});

test("every minute that a calendar of hours, days and weekdays names is due, and no other", () => {
  const field = (least: number, most: number) =>
    fc.oneof(fc.constant(null), fc.uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 4 }));
  const start = at("2027-02-26T00:00:00Z");
  fc.assert(
    fc.property(field(0, 59), field(0, 23), field(1, 28), field(0, 6), (minutes, hours, days, weekdays) => {
      const written = [minutes, hours, days, null, weekdays].map((list) => list?.join(",") ?? "*").join(" ");
      const has = (list: readonly number[] | null, value: number) => list === null || list.includes(value);
      const isDue = (ms: number) => {
        const date = new Date(ms);
        const [day, weekday] = [has(days, date.getUTCDate()), has(weekdays, date.getUTCDay())];
        // Both written: either is enough, as cron has it.
        const onDay = days !== null && weekdays !== null ? day || weekday : day && weekday;
        return has(minutes, date.getUTCMinutes()) && has(hours, date.getUTCHours()) && onDay;
      };
      const schedule = scheduleOf(written);
      let expected = start + MINUTE;
      while (!isDue(expected) && expected < start + 40 * DAY) expected += MINUTE;
      const next = schedule.after(start);
      return expected >= start + 40 * DAY || (next === expected && schedule.upTo(next) === next);
    }),
    { numRuns: 60 },
  );
});

test("whatever the clock does, at most one time of a schedule is due at a look, and none is due twice", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -2 * DAY, max: 2 * DAY }), { maxLength: 12 }),
      fc.boolean(),
      (steps, catchUp) => {
        let nowMs = at("2026-11-20T08:00:00Z");
        const table = new Timetable([scheduleOf("17 */3 * * *")], nowMs, { catchUp });
        let lastMs = Number.NEGATIVE_INFINITY;
        return steps.every((step) => {
          nowMs += step;
          if (step < -3_600_000) lastMs = Number.NEGATIVE_INFINITY;
          const { due } = table.look(nowMs);
          const isRight = due.length <= 1 && due.every(({ dueMs }) => dueMs <= nowMs && dueMs > lastMs);
          lastMs = due[0]?.dueMs ?? lastMs;
          return isRight;
        });
      },
    ),
    { numRuns: 100 },
  );
});

test("settings that cannot be are named by place, and the others hold", () => {
  const { settings, problems } = readScheduleSettings({
    schedules: [
      { name: "good", cron: "@daily", time_zone: "Europe/Berlin" },
      { name: "minute", cron: "61 * * * *" },
      { name: "four", cron: "* * * *" },
      { name: "date", cron: "2026-11-21T10:00:00" },
      { name: "zone", cron: "@hourly", time_zone: "Europe/Atlantis" },
      { name: "good", cron: "@hourly" },
      { cron: "@hourly" },
      "daily",
    ],
    catch_up: "yes",
  });
  expect(settings.schedules.map(({ name }) => name)).toEqual(["good"]);
  expect(problems).toEqual([
    'schedules.1 (minute) has a cron that is none: "61 * * * *": Invalid value for minute: 61',
    'schedules.2 (four) has a cron that is none: "* * * *"; it has five fields, or six beginning with seconds',
    'schedules.3 (date) has a cron that is none: "2026-11-21T10:00:00"; it has five fields, or six beginning with seconds',
    'schedules.4 (zone) has a time_zone that nobody knows: "Europe/Atlantis"; one is "Europe/Berlin"',
    'schedules.5 is a second one named "good"',
    "schedules.6 needs a name of 1 to 64 characters",
    "schedules.7 should be a table",
    "catch_up should be true or false",
  ]);
});
