import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { makePlace, type Place, type Running, runCollector } from "./browser/collector.ts";
import { launchBrowser, open, visit, type Visitor } from "./browser/visitor.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

/** Today is where one begins. */
const VIEWS = [
  "Timeline",
  "Agents",
  "Widgets",
  "Evidence",
  "Plugins",
  "Reports",
  "Artifacts",
  "Rules",
  "Settings",
  "Today",
];

/** What opens a dialog, and where it stands. */
const DIALOGS = [
  { hash: "#/today", opener: "Add or correct time" },
  { hash: "#/agents", opener: "Add…" },
  { hash: "#/agents/folder-activity", opener: "Duplicate…" },
  { hash: "#/widgets", opener: "Another action of folder-activity" },
  { hash: "#/evidence", opener: "Verify" },
  { hash: "#/plugins", opener: "Install…" },
  { hash: "#/rules", opener: "Add…" },
  { hash: "#/settings", opener: "Add a rule…" },
];

interface Focused {
  readonly what: string;
  readonly tag: string;
  readonly isRinged: boolean;
  readonly isInSight: boolean;
}

/** What has the focus: how it is drawn, and whether it is where somebody sees it. */
const focused = `(() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
  return {
    what: (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 60) || element.id,
    tag: element.tagName,
    isRinged: outlineStyle !== "none" && outlineWidth !== "0px",
    isInSight: width > 0 && height > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
  };
})()`;

const isAway = ({ tag, what }: Focused) => tag === "BODY" || what === "Skip to the content";

describe.runIf(needs("chromium"))("with the keyboard alone", () => {
  let place: Place;
  let collector: Running;
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    place = makePlace();
    writeFileSync(join(place.folder, "mimolo.toml"), '[plugins.folder-activity]\nplugin = "mimolo.folder-activity"\n');
    [browser, collector] = await Promise.all([launchBrowser(), runCollector(place, "--port", "0")]);
    visitor = await visit(browser, { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    page = visitor.page;
    await open(page, collector.address);
  });
  afterAll(async () => {
    await Promise.all([browser.close(), collector.stop()]);
    place.remove();
  });

  const look = () => page.evaluate<Focused>(focused);
  /** Goes on until `found`, or all the way round. */
  const tabUntil = async (found: (focus: Focused) => boolean) => {
    for (let steps = 0; steps < 120; steps++) {
      await page.keyboard.press("Tab");
      const focus = await look();
      if (found(focus)) return focus;
    }
    throw new Error("the focus never came there");
  };

  test.each(VIEWS)("%s is reached, and all that can be done there has the focus where one sees it", async (view) => {
    await tabUntil(({ what, tag }) => tag === "A" && what === view);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: view }).waitFor();
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("content");
    await page.waitForLoadState("networkidle").catch(() => undefined);
    // What comes above the focus later pushes it out of sight.
    await expect
      .poll(() =>
        page
          .getByRole("status")
          .filter({ hasText: /^(?:Reading|Counting)/u })
          .count(),
      )
      .toBe(0);
    const seen: Focused[] = [];
    await tabUntil((focus) => {
      if (!isAway(focus)) seen.push(focus);
      return isAway(focus);
    });
    expect(seen.length).toBeGreaterThan(0);
    // A frame draws the ring around what is focused in it.
    expect
      .soft(
        seen.filter(({ isRinged, tag }) => !isRinged && tag !== "IFRAME"),
        "without a ring",
      )
      .toEqual([]);
    expect
      .soft(
        seen.filter(({ isInSight }) => !isInSight),
        "out of sight",
      )
      .toEqual([]);
  });

  test.each(DIALOGS)("$opener in $hash opens a dialog, which keeps the focus and gives it back", async (dialog) => {
    await page.evaluate(`location.hash = ${JSON.stringify(dialog.hash)}`);
    const opener = page.getByRole("button", { name: dialog.opener, exact: true });
    await opener.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    for (let steps = 0; steps < 12; steps++) {
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.matches('body, dialog, dialog *')")).toBe(true);
    }
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await expect.poll(() => opener.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
  });

  test("the console stays silent all along", () => expect(visitor.complaints()).toEqual([]));
});
