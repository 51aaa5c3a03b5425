import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { makePlace, type Place, type Running, runCollector } from "./browser/collector.ts";
import { go, launchBrowser, open, type Visitor, visit } from "./browser/visitor.ts";
import { mimolo, packInbox } from "./plugins/signed-package.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 90_000, expect: { poll: { timeout: 30_000 } } });

/** A widget of an agent that may not run is asked for, and the answer is no. */
const isAnswered = (text: string) => !/status of (?:404|409)/u.test(text);

describe.runIf(needs("chromium"))("what a plugin drew goes with what it may", () => {
  let place: Place;
  let collector: Running;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    place = makePlace();
    mimolo(place, "key", "new", "--scope", "acme.*");
    const bundle = packInbox(place);
    [browser, collector] = await Promise.all([launchBrowser(), runCollector(place, "--port", "0")]);
    await collector.ask("plugin", "install", bundle, "--yes");
    visitor = await visit(browser, { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    await open(visitor.page, collector.address);
    await go(visitor.page, "Widgets");
  });
  afterAll(async () => {
    await Promise.all([browser.close(), collector.stop()]);
    place.remove();
  });

  const frame = (label: string) => visitor.page.locator(`iframe[title="Widget of ${label}"]`);
  const card = () => visitor.page.getByRole("region", { name: "inbox", exact: true });
  const isDrawn = () => frame("inbox").contentFrame().getByRole("heading", { name: "What was counted" }).waitFor();

  test("a grant that is taken back takes the frame from the page, and the picture with it", async () => {
    await collector.ask("plugin", "enable", "acme.inbox");
    await isDrawn();
    await frame("folder-activity").waitFor();
    await collector.ask("plugin", "revoke", "acme.inbox");
    await expect.poll(() => frame("inbox").count()).toBe(0);
    await card().getByText("blocked", { exact: true }).waitFor();
    expect(await visitor.page.getByText("What was counted").count()).toBe(0);
    expect(await frame("folder-activity").count()).toBe(1);
  });

  test("a page that is opened later is not shown it either", async () => {
    const later = await visitor.openTab();
    await open(later, await collector.freshAddress());
    await go(later, "Widgets");
    await later.locator('iframe[title="Widget of folder-activity"]').waitFor();
    expect(await later.locator('iframe[title="Widget of inbox"]').count()).toBe(0);
    await later.close();
  });

  test("granted again it draws again; disabled it leaves the page altogether", async () => {
    await collector.ask("plugin", "grant", "acme.inbox", "filesystem", "network");
    await isDrawn();
    await collector.ask("plugin", "disable", "acme.inbox");
    await expect.poll(() => frame("inbox").count()).toBe(0);
    await expect.poll(() => card().count()).toBe(0);
    expect(await frame("folder-activity").count()).toBe(1);
    expect(visitor.complaints().filter(isAnswered)).toEqual([]);
  });
});
