import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { makePlace, type Place, type Running, runCollector } from "./browser/collector.ts";
import { go, launchBrowser, open, visit, type Visitor } from "./browser/visitor.ts";
import { agentFile, mimolo } from "./plugins/signed-package.ts";

// Whole processes and a browser, on machines that may be busy; a flush is ten seconds away.
vi.setConfig({ testTimeout: 90_000 });

// In order: each test goes on where the one before left off.
describe.runIf(needs("chromium"))("a newcomer's first ten minutes", () => {
  let place: Place;
  let collector: Running;
  let bundle: string;
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    place = makePlace();
    mimolo(place, "key", "new", "--scope", "acme.*");
    bundle = packPictures(place);
    [browser, collector] = await Promise.all([launchBrowser(), runCollector(place, "--port", "0")]);
    visitor = await visit(browser);
    page = visitor.page;
  });
  afterAll(async () => {
    await browser.close();
    await collector.stop();
    place.remove();
  });

  const toast = (text: RegExp) => page.getByRole("status", { name: "Messages" }).getByText(text).first().waitFor();
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });

  test("the printed address opens Today, live, and the agents are there within two seconds", async () => {
    await open(page, collector.address);
    const openedAtMs = Date.now();
    expect(await page.title()).toBe("Today · MiMoLo");
    await go(page, "Agents");
    for (const label of ["folder-activity", "git-activity", "system-load"])
      await page.getByRole("link", { name: label }).first().waitFor();
    expect(Date.now() - openedAtMs).toBeLessThan(2_000);
    await expect.poll(() => page.getByText("running", { exact: true }).count(), { timeout: 10_000 }).toBe(3);
  });

  test("a file is edited: within a flush it is work, and Today says so", async () => {
    await go(page, "Today");
    writeFileSync(join(place.folder, "notes.txt"), "two\n");
    await page
      .getByText(/1 change to files/u)
      .first()
      .waitFor({ timeout: 25_000 });
    await page.getByText("Working", { exact: true }).waitFor();
    await page.getByText("Longest stretch", { exact: true }).waitFor();
  });

  test("an agent is stopped and restarted", async () => {
    await go(page, "Agents");
    await button("Stop system-load").click();
    await toast(/system-load is stopped/u);
    await button("Start system-load").waitFor();
    await button("Start system-load").click();
    await toast(/system-load is started/u);
    await button("Restart git-activity").click();
    await toast(/git-activity/u);
    await expect.poll(() => page.getByText("running", { exact: true }).count(), { timeout: 15_000 }).toBe(3);
  });

  test("a widget is refreshed: it shows what happened since, at once", async () => {
    await go(page, "Widgets");
    const frame = page.frameLocator('iframe[title="Widget of folder-activity"]');
    await frame.locator("body").getByText(/\S/u).first().waitFor();
    const before = await page.evaluate<number>(ownRecords);
    writeFileSync(join(place.folder, "third.txt"), "three\n");
    await button("Refresh folder-activity").click();
    await expect.poll(() => page.evaluate<number>(ownRecords)).toBeGreaterThan(before);
  });

  test("a plugin is installed, and what it may touch approved with the code in the terminal", async () => {
    await go(page, "Plugins");
    await button("Install…").click();
    const install = page.getByRole("dialog", { name: "Install a package" });
    await install.getByLabel("Package file").setInputFiles(bundle);
    await install.getByRole("button", { name: "Install", exact: true }).click();
    await install.getByRole("button", { name: "Approve…" }).click();
    await page
      .getByRole("dialog", { name: /^What may/u })
      .getByRole("button", { name: "Approve all" })
      .click();
    const [, code = ""] = await collector.shows(/the code is (\d{6})/u);
    await page.getByLabel("Code", { exact: true }).pressSequentially(code);
    await page.getByRole("dialog", { name: "Approved" }).getByRole("button", { name: "Done" }).click();
    await button("Enable").click();
    await page.getByRole("link", { name: "pictures", exact: true }).waitFor();
  });

  test("an artifact is archived, and purged with consent; what it was stays to be seen", async () => {
    await go(page, "Agents");
    await button("Flush pictures").click();
    await go(page, "Artifacts");
    const choice = (id: string) => page.getByRole("checkbox", { name: `Select ${id}` });
    const row = (id: string) => page.getByRole("row").filter({ has: choice(id) });
    await choice("picture-3").check();
    await button("Archive").click();
    await row("picture-3").getByText("archived", { exact: true }).waitFor();
    if (await choice("picture-3").isChecked()) await choice("picture-3").uncheck();
    await choice("picture-1").check();
    await button("Purge selected").click();
    const dialog = page.getByRole("dialog", { name: "Purge artifacts" });
    await dialog.getByRole("button", { name: "Show what would go" }).click();
    await dialog.getByRole("radio", { name: /^Yes/u }).check();
    await dialog.getByRole("checkbox", { name: /I agree/u }).check();
    await dialog.getByRole("button", { name: "Purge for good" }).click();
    await dialog.getByText(/was purged/u).waitFor();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await row("picture-1").getByText("purged", { exact: true }).waitFor();
  });

  test("the day is verified, and all of it happened without a word in the console", async () => {
    await go(page, "Evidence");
    await button("Verify").click();
    await page
      .getByRole("dialog", { name: "Is everything as it was written?" })
      .getByText(/^Intact: /u)
      .waitFor();
    // The browser says every refusal aloud; that a code is wanted is one.
    expect(visitor.complaints().filter((text) => !/status of 403 .*\/grants$/u.test(text))).toEqual([]);
  });
});

/** What folder-activity has in the ledger, as the page may ask for it. */
const ownRecords = `fetch("/api/v1/evidence?agent=folder-activity&kind=message&limit=1000", {
  headers: { authorization: "Bearer " + localStorage.getItem("mimolo.token") },
}).then((answer) => answer.json()).then(({ items }) => items.length)`;

/** Packs and signs an agent that keeps pictures, and asks to see the screen; the path of the package. */
function packPictures(at: Place): string {
  const source = join(at.folder, "pictures");
  mkdirSync(source);
  copyFileSync(agentFile("keeps-pictures"), join(source, "main.mjs"));
  const about = `[plugin]
id = "acme.pictures"
name = "Pictures"
version = "1.0.0"
description = "Keeps three pictures"
type = "agent"
entry = "main.mjs"
interfaces = ["artifact"]
[plugin.capabilities]
display = true
`;
  writeFileSync(join(source, "plugin.toml"), about);
  mimolo(at, "plugin", "pack", "pictures", "--sign");
  return join(at.folder, "acme.pictures-1.0.0.mmpkg");
}
