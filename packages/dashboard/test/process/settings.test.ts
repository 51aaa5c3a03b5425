import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "@mimolo/operations";
import type { RulesReport } from "@mimolo/protocol";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { barriers } from "./browser/visitor.ts";
import { agentFile, openStage, type Stage } from "./views/stage.ts";

vi.setConfig({ testTimeout: 90_000 });

/** Where pictures of the views are to go, if anywhere. */
const shots = process.env["MIMOLO_SHOTS"];
const folder = mkdtempSync(join(tmpdir(), "mimolo-settings-"));
const file = join(folder, "mimolo.toml");
const toml = `[monitor]
cooldown_seconds = 600 # ten minutes

[plugins.counter]
executable = ${JSON.stringify(process.execPath)}
args = [${JSON.stringify(agentFile("draws-widget"))}]
`;

describe.runIf(needs("chromium"))("the views of reports, rules and settings", () => {
  let stage: Stage;

  beforeAll(async () => {
    writeFileSync(file, toml);
    const load = (texts?: ReadonlyMap<string, string>) => ({
      config: loadConfig({
        cwd: folder,
        env: {},
        configFile: file,
        userConfigDir: join(folder, "none"),
        globalFile: join(folder, "none.toml"),
        consent: true,
        ...(texts === undefined ? {} : { texts }),
      }),
    });
    stage = await openStage({
      config: load().config,
      more: { allow: [agentFile("draws-widget")], cwd: folder, reload: { load, watch: false } },
    });
  });
  afterAll(async () => {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("a setting that is saved stands in the file, with the comments around it", async () => {
    const { page } = stage;
    await stage.to("settings");
    const cooldown = page.getByLabel(/cooldown/i).first();
    await cooldown.fill("300");
    await page.getByRole("button", { name: "Save 1 change" }).click();
    await page.getByText("Saved, and in effect.").waitFor();
    expect(readFileSync(file, "utf8")).toBe(toml.replace("600", "300"));
    await page.getByRole("radio", { name: "dark" }).check();
    expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("dark");
    await page.getByRole("radio", { name: "as the device" }).check();
  });

  test("a privacy rule shows what it would have done before it is in force, and is taken out again", async () => {
    const { page } = stage;
    await page.getByRole("button", { name: "Add a rule…" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a privacy rule" });
    await dialog.getByLabel("Which values", { exact: true }).fill("*bank*");
    await dialog.getByText(/of the newest/u).waitFor();
    await dialog.getByLabel("Name", { exact: true }).fill("banks");
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Change banks" }).waitFor();
    expect(readFileSync(file, "utf8")).toContain(
      '[[privacy]]\nname = "banks"\nfield = "data.title"\nglob = "*bank*"\n',
    );
    await page.getByRole("button", { name: "Remove banks" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await page.getByText("Nothing is kept back").waitFor();
    expect(readFileSync(file, "utf8")).not.toContain("privacy");
  });

  test("rules are tried without anything being done", async () => {
    const { page } = stage;
    writeFileSync(
      file,
      `${readFileSync(file, "utf8")}\n[[rules]]\nname = "long"\nwhen = { source = "segment", event = "closed" }\ndo = { plugin = "local.counter" }\n`,
    );
    await stage.collector.reload();
    await stage.to("rules");
    await page.getByRole("heading", { name: "long" }).waitFor();
    await page.getByRole("button", { name: "Try", exact: true }).click();
    await page.getByText("would run", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Change long" }).click();
    const dialog = page.getByRole("dialog", { name: "Change a rule" });
    await dialog.getByLabel("Only if").fill("data.duration_s > 7200");
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.getByText("if data.duration_s > 7200").waitFor();
    expect(readFileSync(file, "utf8")).toContain('where = "data.duration_s > 7200"');
  });

  test("a report counts what was worked, in the range one asks for", async () => {
    const { page } = stage;
    const nowMs = Date.now();
    await stage.collector.importSpans([
      {
        start: new Date(nowMs - 7_200_000).toISOString(),
        end: new Date(nowMs - 3_600_000).toISOString(),
        source: "test",
        external_id: "1",
        confidence: "observed",
        label: "test",
      },
    ]);
    await stage.to("reports?span=year");
    await page.getByRole("region", { name: "Work by month" }).getByText("Together").waitFor();
    await page.getByRole("region", { name: "Worked", exact: true }).getByText("1 h 00 min").waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "CSV" }).click(),
    ]);
    expect(readFileSync(await download.path(), "utf8")).toMatch(/^from,to,worked_s/);
    await page.getByRole("tab", { name: "Plugins" }).click();
    await page.getByRole("combobox", { name: "Plugin" }).waitFor();
  });

  test("a rule that failed says when, and why", async () => {
    const { page } = stage;
    writeFileSync(
      file,
      `${readFileSync(file, "utf8")}\n[[rules]]\nname = "told"\nwhen = { source = "summary" }\ndo = { plugin = "local.counter" }\n`,
    );
    await stage.collector.reload();
    await stage.ask("POST", "/agents/counter/flush");
    const told = async () =>
      (await stage.ask<RulesReport>("GET", "/rules")).rules.find(({ name }) => name === "told")?.last_failure?.message;
    await expect.poll(told, { timeout: 30_000 }).toMatch(/counter/u);
    await stage.to("settings");
    await stage.to("rules");
    const card = page.getByRole("region", { name: "told" });
    await card.getByText(`: ${await told()}`).waitFor();
    expect(await card.innerText()).toMatch(/1 failure\s+Failed .*(?:now|ago): /u);
    expect(await page.getByRole("region", { name: "long" }).getByText("Failed").count()).toBe(0);
    await stage.to("settings");
  });

  test("nothing stands in anybody's way", async () => {
    for (const view of ["reports", "rules", "settings"]) {
      await stage.to(view);
      await stage.page.getByRole("heading", { level: 1, name: view, exact: false }).waitFor();
      await stage.page.waitForLoadState("networkidle");
      expect.soft(await barriers(stage.page), view).toEqual([]);
      await stage.page.setViewportSize({ width: 360, height: 780 });
      expect
        .soft(await stage.page.evaluate("document.documentElement.scrollWidth - innerWidth"), `${view} is too wide`)
        .toBeLessThanOrEqual(0);
      await stage.page.setViewportSize({ width: 1280, height: 900 });
      if (shots === undefined) continue;
      for (const [width, height] of [
        [360, 780],
        [1280, 900],
        [2560, 1440],
      ] as const) {
        await stage.page.setViewportSize({ width, height });
        for (const colorScheme of ["light", "dark"] as const) {
          await stage.page.emulateMedia({ colorScheme });
          await stage.page.screenshot({ path: join(shots, `${view}-${width}-${colorScheme}.png`), fullPage: true });
        }
      }
      await stage.page.setViewportSize({ width: 1280, height: 900 });
    }
  });

  test("the console stays silent all along", () => expect(stage.visitor.complaints()).toEqual([]));
});
