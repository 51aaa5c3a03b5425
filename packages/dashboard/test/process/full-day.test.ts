import { dataDirectory, defaultConfig } from "@mimolo/operations";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { writeFullDay } from "./evidence/full-day.ts";
import { busyInEach } from "./views/frames.ts";
import { openStage, type Stage } from "./views/stage.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });
const PATIENCE = { timeout: 30_000, interval: 50 };
const RECORDS = 50_000;
const ROUNDS = 3;
const FROM_MS = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 86_400_000;
const iso = (hour: number) => new Date(FROM_MS + hour * 3_600_000).toISOString();

describe.runIf(needs("chromium"))("the timeline of a day of 50,000 records", () => {
  let stage: Stage;

  beforeAll(async () => {
    const config = defaultConfig();
    stage = await openStage({
      config: { ...config, monitor: { ...config.monitor, time_zone: "UTC" } },
      before: (dataDir) => writeFullDay(dataDirectory(dataDir), { fromMs: FROM_MS, records: RECORDS }),
    });
  });
  afterAll(() => stage.close());

  async function look(fromHour: number, toHour: number) {
    const { page } = stage;
    await stage.to(`timeline?from=${iso(fromHour)}&to=${iso(toHour)}`);
    await page.getByRole("list", { name: "Lanes" }).getByText("git-activity").waitFor({ timeout: 60_000 });
    await isRead();
    const box = await page.getByRole("group", { name: /^Timeline of / }).boundingBox();
    const browser = page.context().browser();
    if (browser === null || box === null) throw new Error("nothing is drawn");
    return { page, browser, x: box.x + box.width * 0.6, y: box.y + 60 };
  }

  /** What is looked at now was asked for and is there. */
  const isRead = () => stage.page.getByText("reading", { exact: true }).waitFor({ state: "detached", timeout: 60_000 });

  test("the wheel goes near and far without a long frame, and what is read on the way is shown without one", async () => {
    const { browser, page, x, y } = await look(0, 24);
    await page.mouse.move(x, y);
    const busy = await busyInEach(ROUNDS, browser, page, async () => {
      const before = page.url();
      // A little further away with each round: something else is read.
      for (let turn = 0; turn < 29; turn++) await page.mouse.wheel(0, turn < 14 ? -200 : 200);
      await vi.waitUntil(() => page.url() !== before, PATIENCE);
      await isRead();
    });
    console.info(`the wheel: longest tasks ${busy.rounds.join(", ")} ms of the processor`);
    expect(busy.longestMs, busy.longest.join(", ")).toBeLessThan(50);
    expect(busy.tasks).toBeGreaterThan(50);
  });

  test("the day is drawn in one task, and what it was made of is told in another", async () => {
    const { page } = stage;
    await stage.to("today");
    await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
    // All that one task does is done before the promises of it are through.
    const told = await page.evaluate(`new Promise((done) => {
      const seen = new MutationObserver(async () => {
        if (document.querySelector("h1")?.textContent !== "Timeline") return;
        seen.disconnect();
        for (let turn = 0; turn < 200; turn++) await null;
        done(document.querySelectorAll("main ol > li").length);
      });
      seen.observe(document.body, { childList: true, subtree: true });
      location.hash = "#/timeline?from=${iso(0)}&to=${iso(24)}";
    })`);
    expect(told).toBe(0);
    await expect.poll(() => page.locator("main ol > li").count(), PATIENCE).toBeGreaterThan(20);
  });

  test("a day is pulled along, and an hour of it", async () => {
    for (const [from, to] of [
      [0, 24],
      [10, 11],
    ] as const) {
      const { browser, page, x, y } = await look(from, to);
      const busy = await busyInEach(ROUNDS, browser, page, async () => {
        await page.mouse.move(x, y);
        await page.mouse.down();
        for (let step = 0; step < 30; step++) await page.mouse.move(x + Math.sin(step / 5) * 200, y);
        await page.mouse.up();
      });
      console.info(`pulled from ${from}:00 to ${to}:00: longest tasks ${busy.rounds.join(", ")} ms of the processor`);
      expect(busy.longestMs, busy.longest.join(", ")).toBeLessThan(50);
    }
  });
});
