import { expect, test } from "vitest";
import {
  readScreenTrackerSettings,
  SCREEN_TRACKER_DEFAULTS,
  SCREEN_TRACKER_SCHEMA,
} from "../../src/screen-tracker/settings.ts";

test("what the configuration says holds; what it says wrongly is named, and the default holds", () => {
  const said = {
    every_seconds: 10,
    scale: 1,
    quality: 80,
    keep: "retained",
    redact: [{ x: 0, y: 0, width: 1, height: 2 }],
  };
  expect(readScreenTrackerSettings(said)).toEqual({
    settings: { everySeconds: 10, scale: 1, quality: 80, keep: "retained", redact: said.redact },
    problems: [],
    fault: null,
  });
  const { settings, problems } = readScreenTrackerSettings({
    every_seconds: 1,
    scale: 2,
    quality: "best",
    keep: "archived",
  });
  expect(settings).toMatchObject({ everySeconds: 60, scale: 0.5, quality: 60, keep: "ephemeral" });
  expect(problems.map((problem) => problem.split(" ")[0])).toEqual(["keep", "every_seconds", "scale", "quality"]);
});

test.each([
  "the taskbar",
  [{ x: -1, y: 0, width: 5, height: 5 }],
  [{ x: 0, y: 0, width: 5 }],
  [[0, 0, 5, 5]],
  { x: 0, y: 0, width: 5, height: 5 },
])("where %j is to be hidden nobody knows what, so that nothing is shown", (redact) => {
  expect(readScreenTrackerSettings({ redact }).fault).toMatch(/no picture is taken/);
});

test("the schema has the defaults that hold", () => {
  for (const [name, { default: value }] of Object.entries(SCREEN_TRACKER_SCHEMA.properties)) {
    expect({ [name]: SCREEN_TRACKER_DEFAULTS[name as keyof typeof SCREEN_TRACKER_DEFAULTS] }).toEqual({
      [name]: value,
    });
  }
});
