import { closeSync, openSync, readdirSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory } from "@mimolo/operations";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { barriers } from "./browser/visitor.ts";
import { writeFullDay } from "./evidence/full-day.ts";
import { busyInEach } from "./views/frames.ts";
import { openStage, type Stage } from "./views/stage.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const PATIENCE = { timeout: 60_000, interval: 100 };
const RECORDS = 50_000;
const YESTERDAY = new Date(Date.now() - 86_400_000);
const DAY = YESTERDAY.toLocaleDateString("sv", { timeZone: "Europe/Berlin" });

describe.runIf(needs("chromium"))("the view of evidence", () => {
  let stage: Stage;

  beforeAll(async () => {
    const fromMs = Date.parse(`${DAY}T00:00:00Z`);
    stage = await openStage({
      agents: { counter: "draws-widget" },
      before: (dataDir) => writeFullDay(dataDirectory(dataDir), { fromMs, records: RECORDS }),
    });
    await stage.to("evidence");
  });
  afterAll(() => stage.close());

  const list = () => stage.page.getByRole("grid", { name: "Records, newest first" });
  const count = async () => Number(await list().getAttribute("aria-rowcount"));
  const button = (name: string) => stage.page.getByRole("button", { name, exact: true });

  test("shows what was committed today, and what comes while one looks", async () => {
    await list().getByRole("row").filter({ hasText: "counter" }).first().waitFor();
    const before = await count();
    await stage.ask("POST", "/agents/counter/flush");
    await vi.waitUntil(async () => (await count()) > before, PATIENCE);
    await list().getByRole("row").first().filter({ hasText: "looked 1" }).waitFor();
    expect(await barriers(stage.page)).toEqual([]);
  });

  test("a record is opened with the keyboard, and shown whole; it can be copied", async () => {
    const { page } = stage;
    await list().focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    const raw = page.getByRole("region", { name: /^Raw record \d+$/ });
    await raw.waitFor();
    const text = (await raw.textContent()) ?? "";
    const record = JSON.parse(text) as { seq: number; message: { data: { looked: number } } };
    expect(record.message.data.looked).toBe(1);
    expect(page.url()).toContain(`#/evidence/${record.seq}`);
    await button("Copy").click();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(text);
    await button("Record before").click();
    await page.getByRole("heading", { name: `Record ${record.seq - 1}` }).waitFor();
    await button("Record after").click();
    await page.getByRole("heading", { name: `Record ${record.seq}` }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  test("what a record says is erased for a reason, and a record says so", async () => {
    const { page } = stage;
    await button("Erase").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Reason").fill("it named a client");
    await dialog.getByRole("button", { name: "Erase" }).click();
    await page
      .getByRole("status")
      .filter({ hasText: /was erased; record \d+ says so/ })
      .first()
      .waitFor();
    await vi.waitUntil(async () => (await button("Erase").count()) === 0, PATIENCE);
    await list().getByRole("row").filter({ hasText: "it named a client" }).first().waitFor();
    await button("Close the record").click();
  });

  test("agent, kind and words narrow the list, and stand in the address", async () => {
    const { page } = stage;
    await page.getByLabel("Agent").selectOption("counter");
    await page.getByLabel("Kind").selectOption("agent_state");
    await vi.waitUntil(
      async () => (await list().getByRole("row").filter({ hasText: "message" }).count()) === 0,
      PATIENCE,
    );
    await page.getByLabel("With").fill("spawned");
    await vi.waitUntil(async () => (await count()) === 1, PATIENCE);
    expect(page.url()).toMatch(/agent=counter&kind=agent_state&text=spawned/);
    await page.getByLabel("With").fill("nothing has this");
    await page.getByText("No record of this time is what you look for.").waitFor();
    await button("Show all of this time").click();
    await list().getByRole("row").filter({ hasText: "policy" }).first().waitFor();
  });

  test("a day of 50,000 records is read whole and scrolled without a long frame", async () => {
    const { page } = stage;
    const browser = page.context().browser();
    if (browser === null) throw new Error("no browser");
    const startedMs = Date.now();
    const reading = await busyInEach(2, browser, page, async () => {
      await stage.to("settings");
      await stage.to(`evidence?from=${DAY}&to=${DAY}`);
      await page.getByText(/^[45]\d,\d{3} records$/).waitFor({ timeout: 90_000 });
    });
    const readMs = (Date.now() - startedMs) / 2;
    expect(await count()).toBeGreaterThan(RECORDS * 0.8);
    const scrolling = await busyInEach(3, browser, page, () =>
      page.evaluate(`(async () => {
        const list = document.querySelector("[role=grid]");
        const frame = () => new Promise(requestAnimationFrame);
        for (let turn = 0; turn < 120; turn += 1) { list.scrollTop += 1500; await frame(); }
        for (let turn = 0; turn < 40; turn += 1) { list.scrollTop = (turn % 2) * list.scrollHeight; await frame(); }
      })()`),
    );
    console.info(
      `${await count()} records in ${readMs} ms; longest task reading ${reading.longestMs}, scrolling ${scrolling.longestMs} ms`,
    );
    expect(scrolling.tasks).toBeGreaterThan(100);
    expect(await list().getByRole("row").count()).toBeLessThan(80);
    expect(reading.longestMs).toBeLessThan(50);
    expect(scrolling.longestMs).toBeLessThan(50);
    await list().focus();
    await page.keyboard.press("End");
    await list().getByRole("row").last().filter({ hasText: "policy" }).waitFor();
    expect(stage.visitor.complaints()).toEqual([]);
  });

  test("verifying says that all is intact, and once a byte is not, which is the first", async () => {
    const { page } = stage;
    await button("Verify").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Intact: ").waitFor({ timeout: 60_000 });
    expect(await dialog.getByRole("row").count()).toBeGreaterThan(2);
    expect(await barriers(page)).toEqual([]);
    const { evidence } = dataDirectory(stage.dataDir);
    const day = readdirSync(evidence).find((name) => name.includes(DAY)) ?? "";
    flip(join(evidence, day), 1_000);
    await dialog.getByRole("button", { name: "Verify again" }).click();
    await dialog.getByText("Not intact: ").waitFor({ timeout: 60_000 });
    await dialog
      .getByText(day)
      .getByText(/, byte [\d,]+, record/)
      .waitFor();
    await dialog.getByRole("button", { name: "Close" }).last().click();
  });
});

function flip(file: string, offset: number): void {
  const handle = openSync(file, "r+");
  const byte = Buffer.alloc(1);
  readSync(handle, byte, 0, 1, offset);
  writeSync(handle, Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, offset);
  closeSync(handle);
}
