import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { makePlace, type Place, type Running, runCollector } from "./browser/collector.ts";
import { barriers, go, launchBrowser, open, type Visitor, visit } from "./browser/visitor.ts";
import { mimolo, packInbox } from "./plugins/signed-package.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 90_000, expect: { poll: { timeout: 15_000 } } });

/** One process has to go down the whole ladder before another takes its place. */
const AT_LENGTH = { timeout: 60_000 };

/** The browser writes down every answer that is no; those asked for here are. */
const isAnswered = (text: string) => !/status of (?:400|403|404|409|422)/u.test(text);

describe.runIf(needs("chromium"))("the view of plugins", () => {
  let place: Place;
  let collector: Running;
  let browser: Browser;
  let visitor: Visitor;
  let files: { one: string; two: string };

  beforeAll(async () => {
    place = makePlace();
    mimolo(place, "key", "new", "--scope", "acme.*");
    files = { one: packInbox(place), two: packInbox(place, "1.1.0") };
    writeFileSync(join(place.folder, "holiday.mmpkg"), "no package at all");
    [browser, collector] = await Promise.all([launchBrowser(), runCollector(place, "--port", "0")]);
    visitor = await visit(browser, { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    await open(visitor.page, collector.address);
    await go(visitor.page, "Plugins");
  });
  afterAll(async () => {
    await Promise.all([browser.close(), collector.stop()]);
    place.remove();
  });

  const button = (name: string | RegExp, within: Pick<Locator, "getByRole"> = visitor.page) =>
    within.getByRole("button", { name, exact: true });
  const dialog = (name: string | RegExp) => visitor.page.getByRole("dialog", { name });
  const said = (text: string | RegExp) => visitor.page.getByRole("status").filter({ hasText: text }).first().waitFor();
  const shows = (text: string) => visitor.page.getByText(text, { exact: true }).first().waitFor();

  test("each plugin stands there once, with its verdict and what it may touch, found by name", async () => {
    const { page } = visitor;
    const card = page.getByRole("link", { name: /Folder activity/u });
    await card.waitFor();
    expect(await card.innerText()).toMatch(/mimolo\.folder-activity\s+active\s+trusted\s+Files\s*, high risk/u);
    await page.getByLabel("Find a plugin").fill("midi");
    expect(await page.getByRole("main").getByRole("listitem").count()).toBe(1);
    await page.getByLabel("Find a plugin").fill("");
    expect(visitor.complaints()).toEqual([]);
  });

  test("a package is seen before it is sent, installed, and approved with the code that the terminal shows", async () => {
    const { page } = visitor;
    await button("Install…").click();
    const install = dialog("Install a package");
    await install.getByLabel("Package file").setInputFiles(join(place.folder, "holiday.mmpkg"));
    await install
      .getByRole("alert")
      .filter({ hasText: "holiday.mmpkg: There is no mimolo-plugin.json in it" })
      .waitFor();
    await install.getByLabel("Package file").setInputFiles(files.one);
    await install.getByText("Reads $HOME/Mail.").waitFor();
    await install.getByText(/It says that key [0-9A-F]{16} signed it/u).waitFor();
    expect(await barriers(page)).toEqual([]);
    await button("Install", install).click();
    await install.getByText("acme.inbox 1.0.0. It waits for your word on filesystem, write-logs.").waitFor();
    await button("Approve…", install).click();

    const approve = dialog("What may acme.inbox touch?");
    await approve.getByLabel("Write logs").uncheck();
    expect(await barriers(page)).toEqual([]);
    await button("Approve 1", approve).click();
    const code = approve.getByLabel("Code", { exact: true });
    await code.waitFor();
    const [, shown = ""] = await collector.shows(/to give acme\.inbox filesystem\. .* the code is (\d{6})/u);
    await code.pressSequentially(shown === "000000" ? "111111" : "000000");
    await approve.getByText("That is not the code.").waitFor();
    await expect.poll(() => code.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await code.pressSequentially(shown);
    await dialog("Approved").getByText("acme.inbox now has").waitFor();
    await button("Done").click();
    const grants = page.getByRole("region", { name: "What it may touch" });
    await button("Take back Files", grants).waitFor();
    expect(await grants.getByText("not granted").count()).toBe(1);
    expect(visitor.complaints().filter(isAnswered)).toEqual([]);
  });

  test("it is enabled, reloaded, unloaded, loaded and disabled", async () => {
    const { page } = visitor;
    await button("Enable").click();
    await said("acme.inbox is enabled");
    await page.getByRole("link", { name: "inbox", exact: true }).waitFor();
    await button("Reload").click();
    await said("acme.inbox is reloaded");
    await button("Unload").click();
    await said("acme.inbox is unloaded");
    await button("Load").click();
    await said("acme.inbox is loaded");
    await shows("active");
    const stats = page.getByRole("region", { name: "Statistics" });
    await stats.getByText("Calls a minute").waitFor();
    expect(visitor.complaints()).toEqual([]);
  });

  test("its settings say who set them, are checked here and there, and can be taken back", async () => {
    const { page } = visitor;
    const form = page.getByRole("form", { name: "Settings" });
    const every = form.getByLabel("Every (s)", { exact: true });
    await form.getByText("every_s · the plugin's default").waitFor();
    await every.fill("61");
    await form.getByText("Not more than 60.").waitFor();
    expect(await button("Save 1 change", form).isDisabled()).toBe(true);
    await every.fill("7");
    await form.getByLabel("Loud", { exact: true }).check();
    await form.getByLabel("Kinds", { exact: true }).fill("work\nhome");
    await form.getByLabel("Way", { exact: true }).selectOption("maildir");
    await form.getByLabel("Suffix", { exact: true }).fill("eml");
    await button("Save 5 changes", form).click();
    // The author's pattern is the collector's to check; its answer stands where it belongs.
    await form.getByRole("alert").filter({ hasText: '"suffix"' }).waitFor();
    await form.getByLabel("Suffix", { exact: true }).fill(".eml");
    await button("Save 5 changes", form).click();
    await said("Kept for acme.inbox, and in effect.");
    await form.getByText("every_s · changed while it ran").waitFor();
    const { values } = await collector.ask<{ values: { key: string; value: unknown }[] }>(
      "plugin",
      "config",
      "acme.inbox",
    );
    const kept = Object.fromEntries(values.map(({ key, value }) => [key, value]));
    expect(kept).toMatchObject({ every_s: 7, loud: true, kinds: ["work", "home"], way: "maildir", suffix: ".eml" });
    await button("Take back Every (s)", form).click();
    await button("Save 1 change", form).click();
    await form.getByText("every_s · the plugin's default").waitFor();
    await expect.poll(() => every.inputValue()).toBe("5");
    expect(await barriers(page)).toEqual([]);
    expect(visitor.complaints().filter(isAnswered)).toEqual([]);
  });

  test("a path that its walls hide is kept, with a word about that until the next change", async () => {
    const { page } = visitor;
    const warning = "/srv/mail lies outside what inbox may see; of files it sees what its plugin.toml names";
    const config = "**/api/v1/plugins/acme.inbox/config*";
    // Not every machine that this runs on has walls.
    await page.route(config, async (route) => {
      const response = await route.fetch();
      const report = (await response.json()) as object;
      const isChange = route.request().method() === "PUT";
      await route.fulfill({ response, json: isChange ? { ...report, warnings: [warning] } : report });
    });
    const form = page.getByRole("form", { name: "Settings" });
    const hidden = form.getByRole("alert").filter({ hasText: warning });
    await form.getByLabel("Kinds", { exact: true }).fill("/srv/mail");
    await button("Save 1 change", form).click();
    await hidden.waitFor();
    await said("Kept for acme.inbox, and in effect.");
    expect(await barriers(page)).toEqual([]);
    await page.unroute(config);
    await form.getByLabel("Kinds", { exact: true }).fill("work");
    await button("Save 1 change", form).click();
    await hidden.waitFor({ state: "detached" });
    expect(visitor.complaints().filter(isAnswered)).toEqual([]);
  });

  test("another version takes its place, and an older one only if that is meant", async () => {
    const { page } = visitor;
    const bring = async (file: string) => {
      await button("Upgrade from a file").click();
      await dialog("Install a package").getByLabel("Package file").setInputFiles(file);
      await button("Install", dialog("Install a package")).click();
    };
    await bring(files.two);
    await dialog("Install a package").getByText("acme.inbox 1.1.0 in place of 1.0.0.").waitFor(AT_LENGTH);
    await button("Show it").click();
    await page.getByText("1.1.0 · agent").waitFor();
    await expect
      .poll(async () => (await collector.ask<Listed>("plugin", "list")).plugins.find(isInbox)?.state)
      .toBe("active");
    await bring(files.one);
    await button("Install the older version").click();
    await dialog("Install a package").getByText("acme.inbox 1.0.0 in place of 1.1.0.").waitFor(AT_LENGTH);
    await button("Show it").click();
    await button("Upgrade").click();
    await page.getByRole("status").or(page.getByRole("alert")).filter({ hasText: "acme.inbox" }).first().waitFor();
    expect(visitor.complaints().filter(isAnswered)).toEqual([]);
  });

  test("what was given is taken back, and the plugin goes for good once that is confirmed", async () => {
    const { page } = visitor;
    await button("Take back Files").click();
    await button("Take back", dialog("Take back Files?")).click();
    await expect
      .poll(() => page.getByRole("region", { name: "What it may touch" }).getByText("not granted").count())
      .toBe(2);
    await button("Disable").click();
    await said("acme.inbox is disabled");
    await button("Uninstall").click();
    await button("Cancel", dialog("Uninstall Inbox watch?")).click();
    await button("Uninstall").click();
    await button("Uninstall", dialog("Uninstall Inbox watch?")).click();
    await said("acme.inbox is uninstalled");
    await page.getByRole("link", { name: /Folder activity/u }).waitFor();
    expect((await collector.ask<Listed>("plugin", "list")).plugins.some(isInbox)).toBe(false);
    expect(visitor.complaints().filter(isAnswered)).toEqual([]);
  });
});

interface Listed {
  readonly plugins: readonly { readonly plugin_id: string; readonly state: string }[];
}

function isInbox({ plugin_id: id }: Listed["plugins"][number]): boolean {
  return id === "acme.inbox";
}
