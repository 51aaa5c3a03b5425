import { dataDirectory, defaultConfig } from "@mimolo/operations";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { barriers } from "./browser/visitor.ts";
import { writeMonth } from "./evidence/month.ts";
import { busyInEach } from "./views/frames.ts";
import { openStage, type Stage } from "./views/stage.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Somewhere it is early in the afternoon. */
const AHEAD_H = 14 - new Date().getUTCHours();
const TIME_ZONE = AHEAD_H === 0 ? "UTC" : `Etc/GMT${AHEAD_H > 0 ? "-" : "+"}${Math.abs(AHEAD_H)}`;

describe.runIf(needs("chromium"))("Today and the timeline", () => {
  let stage: Stage;

  beforeAll(async () => {
    const config = defaultConfig();
    stage = await openStage({
      config: { ...config, monitor: { ...config.monitor, time_zone: TIME_ZONE } },
      before: (dataDir) =>
        writeMonth(dataDirectory(dataDir), {
          untilMs: Date.now() - 60_000,
          ahead_h: AHEAD_H,
          timeZone: TIME_ZONE,
        }),
    });
  });
  afterAll(() => stage.close());

  const button = (name: string | RegExp) => stage.page.getByRole("button", { name, exact: true });
  const drawing = () => stage.page.getByRole("group", { name: /^Timeline of / });

  test("Today says how much was worked, and why; a segment opens with the keyboard", async () => {
    const { page } = stage;
    await page
      .getByLabel("Worked today")
      .getByText(/\d h \d\d min/)
      .waitFor();
    const segments = page.getByRole("list", { name: "Segments" }).getByRole("button");
    await segments.first().focus();
    expect(await segments.first().getAttribute("aria-label")).toMatch(/42 min, reconstructed: git$/);
    await page.keyboard.press("Enter");
    await page.getByText("Why it is work").waitFor();
    await page.getByText("nothing can be known").waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  test("a pause is corrected to be work, for a reason, and counts at once", async () => {
    const { page } = stage;
    const before = await page.getByLabel("Worked today").textContent();
    await page
      .getByRole("button", { name: /^This was work: / })
      .first()
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Why").fill("on the telephone");
    await dialog.getByRole("button", { name: "Correct" }).click();
    await page.getByText(/counts as work now/).waitFor();
    await vi.waitUntil(async () => (await page.getByLabel("Worked today").textContent()) !== before, {
      timeout: 30_000,
      interval: 100,
    });
  });

  test("the timeline goes from a year to an hour, with the mouse and the keyboard", async () => {
    const { page } = stage;
    await stage.to("timeline");
    await page.getByRole("list", { name: "Lanes" }).getByText("git-activity").waitFor();
    expect(await barriers(page)).toEqual([]);
    await button("Year").click();
    const year = page.getByRole("group", { name: /^Days of the year/ });
    await year.focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await drawing().waitFor();
    await button("Week").click();
    await button("Hour").click();
    const hour = await drawing().getAttribute("aria-label");
    await drawing().focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("+");
    await vi.waitUntil(async () => (await drawing().getAttribute("aria-label")) !== hour, {
      timeout: 30_000,
      interval: 50,
    });
    await button("Today").click();
    await button("Day").click();
    expect(stage.visitor.complaints()).toEqual([]);
  });

  test("in a window that becomes narrow, drawings do so, too", async () => {
    const { page } = stage;
    const tooWide = () =>
      page.evaluate<string[]>(`[...document.querySelectorAll("main section")]
        .filter((card) => card.scrollWidth > card.clientWidth + 1)
        .map((card) => card.textContent.slice(0, 40) + " " + card.scrollWidth + " > " + card.clientWidth)`);
    for (const view of ["today", "timeline", "reports"]) {
      await stage.to(view);
      for (const unit of view === "timeline" ? ["Year", "Week", "Day"] : [""]) {
        if (unit !== "") await button(unit).click();
        await page.waitForLoadState("networkidle");
        await page.setViewportSize({ width: 360, height: 780 });
        await expect.poll(tooWide, { message: `${view} ${unit}`, timeout: 3_000 }).toEqual([]);
        await page.setViewportSize({ width: 1280, height: 900 });
      }
    }
    await stage.to("timeline");
    await drawing().waitFor();
  });

  test("looking nearer and further never keeps a frame waiting", async () => {
    const { page } = stage;
    const browser = page.context().browser();
    const box = await drawing().boundingBox();
    if (browser === null || box === null) throw new Error("nothing is drawn");
    const [x, y] = [box.x + box.width * 0.6, box.y + 60];
    const { longestMs } = await busyInEach(3, browser, page, async () => {
      await page.mouse.move(x, y);
      for (let turn = 0; turn < 60; turn++) await page.mouse.wheel(0, turn < 30 ? -80 : 80);
      await page.mouse.down();
      for (let step = 0; step < 60; step++) await page.mouse.move(x + Math.sin(step / 8) * 200, y);
      await page.mouse.up();
    });
    console.info(`the longest task of the timeline took ${longestMs} ms of the processor`);
    expect(longestMs).toBeLessThan(50);
  });
});
