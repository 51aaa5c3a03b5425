// What the docs show of the page: a month of somebody's work, the agents that are included, and one more to be approved.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory } from "@mimolo/operations";
import { type Browser, chromium, type Page } from "playwright-core";
import { findBrowser } from "../../../../../scripts/browser.mjs";
import { fakeScreen } from "../../../../agents/test/x11/xvfb.ts";
import { makePlace, type Place, type Running, runCollector } from "../browser/collector.ts";
import { go, launchBrowser, open, visit } from "../browser/visitor.ts";
import { writeMonth } from "../evidence/month.ts";
import { mimolo, packInbox } from "../plugins/signed-package.ts";
import { inFewColours } from "./few-colours.ts";

/** Somewhere it is early in the afternoon. */
const AHEAD_H = 14 - new Date().getUTCHours();
const TIME_ZONE = AHEAD_H === 0 ? "UTC" : `Etc/GMT${AHEAD_H > 0 ? "-" : "+"}${Math.abs(AHEAD_H)}`;
const VIEWPORT = { width: 1280, height: 800 };

export interface Picture {
  readonly name: string;
  readonly bytes: number;
}

/** Takes them all into `folder`. */
export async function takePictures(folder: string): Promise<Picture[]> {
  mkdirSync(folder, { recursive: true });
  const made = makePlace();
  const screen = await fakeScreen(made.folder, "1280x800x24");
  const place: Place = { ...made, env: { ...made.env, ...screen.environment, TZ: TIME_ZONE } };
  const browsers: Browser[] = [];
  try {
    const bundle = await prepare(place);
    const collector = await runCollector(place, "--port", "0");
    try {
      // What the agent that keeps pictures sees: the page itself, as somebody has it on their screen.
      const args = ["--no-sandbox", "--kiosk", "--window-size=1280,800", "--window-position=0,0"];
      const onScreen = await chromium.launch({
        executablePath: findBrowser() ?? "chromium",
        headless: false,
        args,
        env: { ...process.env, ...screen.environment },
      });
      browsers.push(onScreen);
      const { page: seen } = await visit(onScreen, { viewport: VIEWPORT, timezoneId: TIME_ZONE });
      await open(seen, collector.address);
      const browser = await launchBrowser();
      browsers.push(browser);
      const taken: Picture[] = [];
      for (const colorScheme of ["light", "dark"] as const) {
        const options = { viewport: VIEWPORT, timezoneId: TIME_ZONE, reducedMotion: "reduce", colorScheme } as const;
        const { page } = await visit(browser, options);
        await open(page, await collector.freshAddress());
        const keep = async (name: string) => {
          const png = inFewColours(await page.screenshot());
          writeFileSync(join(folder, name), png);
          taken.push({ name, bytes: png.length });
        };
        if (colorScheme === "light") await tour({ page, seen, bundle, folder: place.folder, ask: collector.ask, keep });
        else await today(page, () => keep("today-dark.png"));
      }
      return taken;
    } finally {
      await collector.stop();
    }
  } finally {
    for (const browser of browsers) await browser.close();
    await screen.end();
    place.remove();
  }
}

/** The month and the configuration; the path of a signed package that nobody installed yet. */
async function prepare(place: Place): Promise<string> {
  await writeMonth(dataDirectory(place.dataDir), {
    untilMs: Date.now() - 60_000,
    ahead_h: AHEAD_H,
    timeZone: TIME_ZONE,
  });
  mimolo(place, "key", "new", "--scope", "acme.*");
  const agents = ["folder-activity", "git-activity", "system-load"];
  const included = agents.map((name) => `[plugins.${name}]\nplugin = "mimolo.${name}"\n`);
  const screen = `[plugins.screen]\nplugin = "mimolo.screen-tracker"\nevery_seconds = 5\n`;
  const monitor = `[monitor]\ntime_zone = "${TIME_ZONE}"\n`;
  writeFileSync(join(place.folder, "mimolo.toml"), [monitor, ...included, screen].join("\n"));
  return packInbox(place);
}

type Keep = (name: string) => Promise<void>;

async function today(page: Page, keep: () => Promise<void>): Promise<void> {
  await page.getByLabel("Worked today").getByText(/\d h/u).waitFor();
  await settled(page);
  await keep();
}

interface Tour {
  readonly page: Page;
  /** The page on the screen that the agent looks at. */
  readonly seen: Page;
  /** A plugin to be installed. */
  readonly bundle: string;
  /** Where the person works. */
  readonly folder: string;
  readonly ask: Running["ask"];
  readonly keep: Keep;
}

async function tour({ page, seen, bundle, folder, ask, keep }: Tour): Promise<void> {
  await today(page, () => keep("today.png"));
  await go(page, "Timeline");
  await settled(page);
  await keep("timeline.png");
  for (const title of ["Reports", "Agents"]) {
    await go(seen, title);
    await seen.waitForTimeout(6_000);
    await ask("agent", "flush", "screen");
  }
  await go(page, "Plugins");
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  await button("Install…").click();
  await page.getByLabel("Package file").setInputFiles(bundle);
  await page.getByRole("dialog").getByRole("button", { name: "Install", exact: true }).click();
  await button("Approve…").click();
  await page.getByRole("dialog", { name: "What may acme.inbox touch?" }).waitFor();
  await settled(page);
  await keep("approval.png");
  await page.keyboard.press("Escape");
  for (const name of ["door.ts", "lamp.ts", "window.ts"]) writeFileSync(join(folder, name), "export {};\n");
  await go(page, "Widgets");
  await page.frameLocator('iframe[title="Widget of screen"]').getByRole("img").first().waitFor();
  await page.getByRole("button", { name: "Refresh folder-activity" }).click();
  await button("Put this message away").click();
  await settled(page);
  await keep("widgets.png");
  await go(page, "Evidence");
  await page.evaluate('location.hash = "#/evidence?kind=message"');
  await settled(page);
  await keep("evidence.png");
  await go(page, "Artifacts");
  await page.getByRole("table").locator("tbody tr").first().getByRole("button").click();
  await page.getByRole("dialog").getByRole("img").waitFor();
  await settled(page);
  await keep("artifacts.png");
  await page.keyboard.press("Escape");
  await go(page, "Agents");
  await page.waitForTimeout(20_000);
  await keep("agents.png");
}

/** Whatever was asked for has come and is drawn. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  await page.waitForTimeout(500);
}
