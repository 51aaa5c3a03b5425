import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { open } from "./browser/visitor.ts";
import { openStage, type Stage } from "./views/stage.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const PLACES = [
  "today",
  "timeline",
  "agents",
  "agents/hostile",
  "widgets",
  "evidence",
  "plugins",
  "reports",
  "artifacts",
  "rules",
  "settings",
];
/** Where something the agent said has to be seen. */
const SHOWS = ["agents/hostile", "evidence", "artifacts"];

describe.runIf(needs("chromium"))("an agent that means harm with everything it says", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage({ agents: { hostile: "speaks-hostile" } });
    await stage.ask("POST", "/agents/hostile/flush", {});
    await stage.collector.committed();
  });
  afterAll(() => stage.close());

  test("at 360 px every view shows it as text, in its own place, and stays as wide as it is", async () => {
    const { page, visitor } = stage;
    await page.setViewportSize({ width: 360, height: 780 });
    await page.reload();
    await open(page, `${stage.collector.http}/`);
    for (const place of PLACES) {
      await stage.to(place);
      await page.waitForLoadState("networkidle").catch(() => undefined);
      if (SHOWS.includes(place)) await page.getByText("⟦").first().waitFor();
      const found = await page.evaluate<Found>(LOOK);
      expect.soft(found.tooWide, `${place} is too wide`).toBe(0);
      expect.soft(found.strangers, `${place} holds markup of the agent's`).toEqual([]);
      expect.soft(found.reordered, `${place} lets a text reorder others`).toEqual([]);
      expect.soft(visitor.complaints(), place).toEqual([]);
    }
    expect(await page.evaluate("({}).polluted")).toBeUndefined();
  });
});

interface Found {
  /** Pixels that stick out of the page. */
  readonly tooWide: number;
  readonly strangers: readonly string[];
  /** Texts that share their line with others and are not set apart from them. */
  readonly reordered: readonly string[];
}

/** A text that turns the direction of what follows must be alone up to the next element that sets its direction apart. */
const LOOK = `(() => {
  const reordered = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!/[\\u202a-\\u202e\\u2066-\\u2069]/.test(node.data)) continue;
    let place = node.parentElement;
    while (place !== document.body && getComputedStyle(place).unicodeBidi === "normal") place = place.parentElement;
    if (place.textContent.trim() !== node.data.trim())
      reordered.push(place.tagName + "." + place.className + ": " + place.textContent.trim().replace(/\\s+/g, " ").slice(0, 90));
  }
  const strangers = [...document.querySelectorAll("img[src=x], #app script, [onerror]")].map((each) => each.outerHTML.slice(0, 90));
  return { tooWide: document.documentElement.scrollWidth - innerWidth, strangers, reordered };
})()`;
