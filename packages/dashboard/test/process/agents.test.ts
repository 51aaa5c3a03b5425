import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { makePlace, type Place, type Running, runCollector } from "./browser/collector.ts";
import { barriers, go, launchBrowser, open, type Visitor, visit } from "./browser/visitor.ts";
import { agentFile, mimolo } from "./plugins/signed-package.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 90_000, expect: { poll: { timeout: 15_000 } } });

const isAnswered = (text: string) => !/status of (?:400|403|404|409)/u.test(text);

describe.runIf(needs("chromium"))("the view of agents", () => {
  let place: Place;
  let collector: Running;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    place = makePlace();
    writeFileSync(
      join(place.folder, "mimolo.toml"),
      `[plugins.notes]
plugin = "mimolo.folder-activity"
watch_dirs = ["."]
agent_flush_interval_s = 3600

[plugins.stranger]
executable = "node"
args = [${JSON.stringify(agentFile("draws-widget"))}]
`,
    );
    mimolo(place, "allow", "./mimolo.toml");
    [browser, collector] = await Promise.all([launchBrowser(), runCollector(place, "--port", "0")]);
    visitor = await visit(browser, { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    await open(visitor.page, collector.address);
    await go(visitor.page, "Agents");
  });
  afterAll(async () => {
    await Promise.all([browser.close(), collector.stop()]);
    place.remove();
  });

  const button = (name: string | RegExp, within: Pick<Locator, "getByRole"> = visitor.page) =>
    within.getByRole("button", { name, exact: true });
  const dialog = (name: string) => visitor.page.getByRole("dialog", { name });
  const said = (text: string) => visitor.page.getByRole("status").filter({ hasText: text }).first().waitFor();
  const row = (label: string) => visitor.page.getByRole("article", { name: label });
  const toml = () => readFileSync(join(place.folder, "mimolo.toml"), "utf8");
  const agent = async (label: string) =>
    (await collector.ask<{ agents: readonly Told[] }>("status")).agents.find((each) => each.label === label);

  test("each stands there with how it does; one that may not run says what helps", async () => {
    await row("notes").getByText("running", { exact: true }).waitFor();
    expect(await row("notes").innerText()).toMatch(/mimolo\.folder-activity[\s\S]*CPU[\s\S]*Memory[\s\S]*Heartbeat/u);
    await row("notes").getByRole("img", { name: "CPU of notes lately" }).waitFor();
    await row("stranger")
      .getByText(/was never allowed; allow it with: mimolo allow/u)
      .waitFor();
    expect(await barriers(visitor.page)).toEqual([]);
    expect(visitor.complaints()).toEqual([]);
  });

  test("flush, restart, stop and start do what they say", async () => {
    const before = await agent("notes");
    await button("Flush notes").click();
    await said("notes handed over what it saw.");
    await button("Restart notes").click();
    await said("notes has a fresh process.");
    await expect.poll(async () => (await agent("notes"))?.pid).not.toBe(before?.pid);
    await row("notes").getByText("running", { exact: true }).waitFor();
    await button("Stop notes").click();
    await row("notes").getByText("stopped", { exact: true }).waitFor();
    expect((await agent("notes"))?.pid).toBeNull();
    await button("Start notes").click();
    await row("notes").getByText("running", { exact: true }).waitFor();
    // What cannot be done is said, with what helps.
    await button("Start stranger").click();
    await said("mend that, then: mimolo agent start stranger");
    expect(visitor.complaints().filter(isAnswered)).toEqual([]);
  });

  test("one is added with settings of its plugin, and stands in the file from then on", async () => {
    const { page } = visitor;
    await button("Add…").click();
    const add = dialog("Add an agent");
    await add.getByLabel("Plugin").selectOption("mimolo.folder-activity");
    const name = add.getByLabel("Name");
    await expect.poll(() => name.inputValue()).toBe("folder-activity");
    await name.fill("notes");
    await add.getByText("There is an agent of this name.").waitFor();
    await name.fill("letters");
    await add.getByLabel("Extensions", { exact: true }).fill(".txt\n.md");
    expect(await barriers(page)).toEqual([]);
    await add.getByText("extensions · changed here", { exact: true }).waitFor();
    await button("Add", add).click();
    await said("letters was added.");
    await page.getByRole("heading", { level: 1, name: "letters" }).waitFor();
    expect(toml()).toMatch(/\[plugins\.letters\][\s\S]*extensions = \[\s*"\.txt",\s*"\.md"\s*\]/u);
    expect(visitor.complaints()).toEqual([]);
  });

  test("what may see the screen is added with the code of the terminal, beside what it may", async () => {
    const { page } = visitor;
    await go(page, "Agents");
    await button("Add…").click();
    const add = dialog("Add an agent");
    const plugins = add.getByLabel("Plugin");
    await plugins.selectOption("mimolo.screen-tracker");
    expect(await plugins.innerText()).not.toContain("Command");
    await expect.poll(() => add.getByLabel("Name").inputValue()).toBe("screen-tracker");
    await button("Add", add).click();
    const approve = dialog("What may mimolo.screen-tracker touch?");
    const code = approve.getByLabel("Code", { exact: true });
    await code.waitFor();
    const what = approve.getByRole("checkbox", { name: "What is on screen" });
    expect([await what.isChecked(), await what.isEnabled()]).toEqual([true, false]);
    await approve.getByText(/Good for 1[12]\d s\./u).waitFor();
    expect(await barriers(page)).toEqual([]);
    const [, shown = ""] = await collector.shows(/screen-tracker.* the code is (\d{6})/u);
    await code.pressSequentially(shown === "000000" ? "111111" : "000000");
    await approve.getByText("That is not the code.").waitFor();
    expect(toml()).not.toContain("screen-tracker");
    await code.pressSequentially(shown);
    await said("screen-tracker was added.");
    await page.getByRole("heading", { level: 1, name: "screen-tracker" }).waitFor();
    expect(visitor.complaints().filter(isAnswered)).toEqual([]);
    await go(page, "Agents");
    // Nothing of a screen is to be seen in a test: the row says so below its badge.
    await row("screen-tracker").getByText("degraded", { exact: true }).waitFor();
    await row("screen-tracker")
      .getByText(/DISPLAY is not set/u)
      .waitFor();
    await page.getByRole("link", { name: "letters", exact: true }).click();
  });

  test("its page shows what it uses, may and says; what it says comes by itself", async () => {
    const { page } = visitor;
    await page.getByText("running", { exact: true }).first().waitFor();
    await page.getByRole("region", { name: "What it may, and what stops it" }).getByText("trusted").waitFor();
    const log = page.getByRole("log", { name: "Log of letters" });
    await log
      .getByText(/folders watched: \d/u)
      .first()
      .waitFor();
    const lines = await log.getByRole("time").count();
    await button("Restart").click();
    await said("letters has a fresh process.");
    await expect.poll(() => log.getByRole("time").count()).toBeGreaterThan(lines);
    const last = page.getByRole("region", { name: "What it last said" });
    await page.getByText("running", { exact: true }).first().waitFor();
    await button("Flush").click();
    await last.getByRole("link", { name: /^summary · (?:idle|worked)/u }).waitFor();
    expect(await last.getByRole("link", { name: "Its records" }).getAttribute("href")).toBe("#/evidence?agent=letters");
    expect(await barriers(page)).toEqual([]);
    expect(visitor.complaints()).toEqual([]);
  });

  test("its settings are written into the file they stand in, and taken out of it again", async () => {
    const { page } = visitor;
    const form = page.getByRole("form", { name: "Settings" });
    await form.getByLabel("Heartbeat interval (s)", { exact: true }).fill("often");
    await form.getByText("This must be a number.").waitFor();
    await form.getByLabel("Heartbeat interval (s)", { exact: true }).fill("2,5");
    await form.getByLabel("Extensions", { exact: true }).fill(".txt");
    await button("Save 2 changes", form).click();
    await form.getByText(/heartbeat_interval_s · you, mimolo\.toml:\d+/u).waitFor();
    expect(toml()).toContain("heartbeat_interval_s = 2.5");
    await button("Take out Heartbeat interval (s)", form).click();
    await button("Save 1 change", form).click();
    await expect.poll(toml).not.toContain("heartbeat_interval_s");
    expect(visitor.complaints().filter(isAnswered)).toEqual([]);
  });

  test("it is duplicated and removed, once that is confirmed", async () => {
    const { page } = visitor;
    await button("Duplicate…").click();
    const copy = dialog("Duplicate letters");
    expect(await copy.getByLabel("Its name").inputValue()).toBe("letters-2");
    await button("Duplicate", copy).click();
    await page.getByRole("heading", { level: 1, name: "letters-2" }).waitFor();
    expect(toml()).toContain("[plugins.letters-2]");
    await button("Remove…").click();
    await button("Cancel", dialog("Remove letters-2?")).click();
    await expect.poll(() => page.evaluate("document.activeElement.textContent.trim()")).toBe("Remove…");
    await button("Remove…").click();
    await button("Remove", dialog("Remove letters-2?")).click();
    await said("letters-2 was removed.");
    await row("letters-2").waitFor({ state: "detached" });
    await row("letters").waitFor();
    expect(toml()).not.toContain("letters-2");
    expect(visitor.complaints()).toEqual([]);
  });
});

interface Told {
  readonly label: string;
  readonly pid: number | null;
}
