import { CallError } from "@mimolo/agent-sdk";
import type { ArtifactReference } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { type ScreenGlance, screenTrackerWidget } from "../../src/screen-tracker/widget.ts";
import { shownBy } from "../shown.ts";

const NOON = new Date(2026, 10, 21, 12, 0).getTime();
const picture = (id: string, minutesAgo: number): ArtifactReference => ({
  artifact_id: id,
  rel_path: `artifacts/2026-11-21/${id}.jpg`,
  sha256: "0".repeat(64),
  bytes: 84_210,
  mime: "image/jpeg",
  captured_at: new Date(NOON - 60_000 * minutesAgo).toISOString(),
  retention_class: "ephemeral",
});

/** The widget of a collector that knows some of the pictures. */
const drawn = (glance: Partial<ScreenGlance>, ...known: readonly string[]) => {
  const address = async (id: string) => {
    if (!known.includes(id)) throw new CallError("unknown-artifact", "not yet");
    return `mimolo://artifact/${id}`;
  };
  const nothing = { pictures: [], screen: null, everySeconds: 60, trouble: null };
  return screenTrackerWidget({ ...nothing, ...glance }, { address }, NOON);
};

test("the newest picture that the collector knows is shown, said in words too", async () => {
  const glance = { pictures: [picture("new", 1), picture("old", 2)], screen: { width: 1920, height: 1080 } };
  const newest = await drawn(glance, "new", "old");
  expect(JSON.stringify(newest)).toContain('"src":"mimolo://artifact/new","alt":"The screen at 11:59"');
  expect(shownBy(newest).trim()).toBe("11:59 · 1920 × 1080 · 84 kB\nlooks every 60 s, keeps what has changed");
  expect(JSON.stringify(await drawn(glance, "old"))).toContain('"src":"mimolo://artifact/old"');
});

test("without a picture it says what is missing; with trouble the last one stays, and what is wrong beside it", async () => {
  expect(shownBy(await drawn({}))).toContain("There is no picture yet");
  const trouble = "DISPLAY is not set";
  const blind = await drawn({ pictures: [picture("last", 5)], trouble }, "last");
  expect(shownBy(blind)).toMatch(/no picture nowDISPLAY is not set\s+11:55 · 84 kB/);
  expect(JSON.stringify(blind)).toContain("mimolo://artifact/last");
});
