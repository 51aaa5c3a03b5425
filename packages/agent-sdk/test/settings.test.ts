import { expect, test } from "vitest";
import { Settings } from "../src/settings.ts";

test("the pace is the user's, else the agent's own, which may be made of other settings; nonsense counts as said nothing", () => {
  const every = ({ every_seconds: seconds }: Readonly<Record<string, unknown>>) => Number(seconds ?? 60);
  const settings = new Settings({ MIMOLO_CONFIG: '{"every_seconds":10}' }, every);
  expect(settings.paceMs).toBe(10_000);
  settings.adopt({});
  expect(settings.paceMs).toBe(60_000);
  settings.adopt({ every_seconds: "often" });
  expect(settings.paceMs).toBe(5_000);
  settings.adopt({ every_seconds: 10, poll_interval_s: 0.5 });
  expect(settings.paceMs).toBe(500);
  settings.adopt({ poll_interval_s: -1 });
  expect(settings.paceMs).toBe(60_000);
  expect(new Settings({}, 3).paceMs).toBe(3_000);
});
