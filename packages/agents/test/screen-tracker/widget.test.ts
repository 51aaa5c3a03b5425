import { CallError } from "@mimolo/agent-sdk";
import { type ArtifactReference, WidgetTree } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { screenWidget } from "../../src/screen-tracker/widget.ts";

const picture = (id: string): ArtifactReference => ({
  artifact_id: id,
  rel_path: `artifacts/2026-11-21/${id}.jpg`,
  sha256: "0".repeat(64),
  bytes: 84_210,
  mime: "image/jpeg",
  captured_at: "2026-11-21T09:00:00.000Z",
  retention_class: "ephemeral",
});

/** A collector that knows some of the pictures. */
const knowing = (...ids: readonly string[]) => ({
  async address(id: string) {
    if (!ids.includes(id)) throw new CallError("unknown-artifact", "not yet");
    return `mimolo://artifact/${id}`;
  },
});

const screen = { width: 1920, height: 1080 };

test("the newest picture that the collector knows is shown, said in words too", async () => {
  const pictures = [picture("new"), picture("old")];
  const shown = { pictures, screen, everySeconds: 60, trouble: null };
  const [both, old] = [await screenWidget(shown, knowing("new", "old")), await screenWidget(shown, knowing("old"))];
  expect(WidgetTree.parse(both)).toEqual(both);
  expect(JSON.stringify(both)).toContain('"src":"mimolo://artifact/new"');
  expect(JSON.stringify(both)).toMatch(/of a screen of 1920 × 1080 · 84 kB/);
  expect(JSON.stringify(old)).toContain('"src":"mimolo://artifact/old"');
});

test("without a picture it says what is missing", async () => {
  const none = await screenWidget({ pictures: [], screen: null, everySeconds: 60, trouble: null }, knowing());
  expect(JSON.stringify(none)).toContain("No picture yet");
  const trouble = "DISPLAY is not set";
  const blind = await screenWidget({ pictures: [picture("a")], screen: null, everySeconds: 60, trouble }, knowing());
  expect(JSON.stringify(blind)).toMatch(/not looking.*DISPLAY is not set/);
  expect(JSON.stringify(blind)).not.toContain("img");
});
