import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { makePlace, type Place, type Running, runCollector } from "./browser/collector.ts";
import { barriers, go, launchBrowser, open, visit } from "./browser/visitor.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const VIEWS = [
  "Today",
  "Timeline",
  "Agents",
  "Widgets",
  "Evidence",
  "Plugins",
  "Reports",
  "Artifacts",
  "Rules",
  "Settings",
];

describe.runIf(needs("chromium"))("every view", () => {
  let place: Place;
  let collector: Running;
  let browser: Browser;

  beforeAll(async () => {
    place = makePlace();
    [browser, collector] = await Promise.all([launchBrowser(), runCollector(place, "--port", "0")]);
  });
  afterAll(async () => {
    await Promise.all([browser.close(), collector.stop()]);
    place.remove();
  });

  test.each([
    { width: 360, height: 780, scale: 1, colorScheme: "dark" },
    { width: 1280, height: 800, scale: 1, colorScheme: "light" },
    // 1280 px wide, seen at 200 %.
    { width: 640, height: 400, scale: 2, colorScheme: "light" },
    { width: 2560, height: 1440, scale: 1, colorScheme: "dark" },
  ] as const)(
    "$width px, $colorScheme: nothing stands in anybody's way, sticks out, or upsets the console",
    async ({ scale, colorScheme, ...viewport }) => {
      const visitor = await visit(browser, {
        viewport,
        deviceScaleFactor: scale,
        colorScheme,
        reducedMotion: "reduce",
        hasTouch: viewport.width < 500,
      });
      const { page } = visitor;
      await open(page, await collector.freshAddress());
      for (const view of VIEWS) {
        await go(page, view);
        await page.waitForLoadState("networkidle").catch(() => undefined);
        expect.soft(await barriers(page), view).toEqual([]);
        expect
          .soft(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), `${view} is too wide`)
          .toBeLessThanOrEqual(0);
        expect.soft(visitor.complaints(), view).toEqual([]);
      }
      await visitor.context.close();
    },
  );
});
