import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { makePlace, type Place, type Running, runCollector } from "./browser/collector.ts";
import { go, launchBrowser, open, visit, type Visitor } from "./browser/visitor.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

describe.runIf(needs("chromium"))("a page that stays open", () => {
  let place: Place;
  let collector: Running;
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    place = makePlace();
    [browser, collector] = await Promise.all([launchBrowser(), runCollector(place, "--port", "0")]);
    visitor = await visit(browser);
    page = visitor.page;
    await open(page, collector.address);
  });
  afterAll(async () => {
    await browser.close();
    await collector.stop();
    place.remove();
  });

  const says = (where: Page, text: string) => where.getByRole("banner").getByText(text, { exact: true }).waitFor();

  test("takes the code out of its address, which is good once; who comes with it again is told how to get another", async () => {
    expect(page.url()).not.toContain("code");
    const other = await visit(browser);
    await other.page.goto(collector.address);
    await other.page.getByRole("alert").or(other.page.getByText("mimolo open")).first().waitFor();
    expect(await other.page.getByRole("textbox", { name: "Code or address" }).isVisible()).toBe(true);
    // The whole address, as one copies it from the terminal.
    await other.page.getByRole("textbox", { name: "Code or address" }).fill(await collector.freshAddress());
    await other.page.getByRole("button", { name: "Open", exact: true }).click();
    await says(other.page, "Live");
    await other.context.close();
  });

  test("signs in with an address that is opened where the page is already, and takes the code out of it there, too", async () => {
    const other = await visit(browser);
    await other.page.goto(`http://127.0.0.1:${collector.port}/`);
    await other.page.getByRole("textbox", { name: "Code or address" }).waitFor();
    await other.page.goto(await collector.freshAddress());
    await says(other.page, "Live");
    expect(other.page.url()).not.toContain("code");
    await other.page.goto(`http://127.0.0.1:${collector.port}/#code=spent`);
    await vi.waitFor(() => expect(other.page.url()).not.toContain("code"));
    await says(other.page, "Live");
    await other.context.close();
  });

  test("goes on where it was when the collector comes back, without being loaded anew", async () => {
    await go(page, "Agents");
    await page.evaluate("window.isTheSame = true");
    await collector.stop();
    await page
      .getByRole("banner")
      .getByText(/No connection/u)
      .waitFor();
    collector = await runCollector(place, "--port", collector.port);
    await says(page, "Live");
    expect(await page.evaluate("window.isTheSame")).toBe(true);
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Agents");
    writeFileSync(join(place.folder, "after.txt"), "two\n");
    expect(visitor.complaints()).toEqual([]);
  });

  test("in two tabs: what one signs out of, the other leaves too, and comes back with it", async () => {
    const second = await visitor.openTab();
    await second.goto(`http://127.0.0.1:${collector.port}/#/evidence`);
    await says(second, "Live");
    const token = await page.evaluate<string>("localStorage.getItem('mimolo.token')");
    await page.evaluate("localStorage.removeItem('mimolo.token')");
    await second.getByRole("textbox", { name: "Code or address" }).waitFor();
    await page.evaluate(`localStorage.setItem('mimolo.token', ${JSON.stringify(token)})`);
    await says(second, "Live");
    await second.close();
  });

  test("forgets its key at once where somebody signs out while the collector is away, and says that it is good still", async () => {
    const other = await visit(browser);
    await open(other.page, await collector.freshAddress());
    await go(other.page, "Settings");
    await other.page.getByRole("button", { name: "Sign out" }).waitFor();
    const token = await other.page.evaluate<string>("localStorage.getItem('mimolo.token')");
    await collector.stop();
    await other.page.getByRole("button", { name: "Sign out" }).click();
    await other.page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
    await other.page.getByText("mimolo open --sign-out-others").waitFor();
    expect(await other.page.evaluate("localStorage.getItem('mimolo.token')")).toBeNull();
    collector = await runCollector(place, "--port", collector.port);
    const status = (key: string) =>
      fetch(`http://127.0.0.1:${collector.port}/api/v1/status`, { headers: { authorization: `Bearer ${key}` } });
    expect((await status(token)).status).toBe(200);
    // With the collector there it is ended for good, and nothing is left to be said.
    await other.page.getByRole("textbox", { name: "Code or address" }).fill(await collector.freshAddress());
    await other.page.getByRole("button", { name: "Open", exact: true }).click();
    await says(other.page, "Live");
    const second = await other.page.evaluate<string>("localStorage.getItem('mimolo.token')");
    await other.page.getByRole("button", { name: "Sign out" }).click();
    await other.page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
    await other.page.getByRole("textbox", { name: "Code or address" }).waitFor();
    expect(await other.page.getByText("--sign-out-others").count()).toBe(0);
    expect((await status(second)).status).toBe(401);
    expect(other.complaints()).toEqual([]);
    await other.context.close();
    await says(page, "Live");
  });

  test("is used with the keyboard alone: straight to the content, from view to view, and the list of keys", async () => {
    await page.goto(`http://127.0.0.1:${collector.port}/#/today`);
    await page.reload();
    await says(page, "Live");
    await page.keyboard.press("Tab");
    const focused = () =>
      page.evaluate<string>("document.activeElement.id || document.activeElement.textContent.trim()");
    expect(await focused()).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("content");
    await page.keyboard.press("g");
    await page.keyboard.press("e");
    await page.getByRole("heading", { level: 1, name: "Evidence" }).waitFor();
    await expect.poll(focused).toBe("content");
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(await focused()).toBe("content");
    const theme = page.getByRole("button", { name: /^Theme/u });
    await theme.focus();
    await page.keyboard.press("Enter");
    expect(await theme.getAttribute("aria-label")).toBe("Theme: light");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("dark");
    await page.reload();
    await says(page, "Live");
    expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("dark");
    expect(visitor.complaints()).toEqual([]);
  });
});
