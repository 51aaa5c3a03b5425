import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { findBrowser } from "../../../../../scripts/browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const executablePath = findBrowser() ?? "chromium";
/** Nothing but this machine is reached. */
const ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE *.localhost";
const HABITS: BrowserContextOptions = { locale: "en-GB", timezoneId: "Europe/Berlin" };

/** A browser that reaches nothing but this machine. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: [ALONE] });
}

/** The same as somebody has it whose history is kept in `folder`: it does what a browser does ahead of being asked. */
export function launchProfile(folder: string, flags: readonly string[] = []): Promise<BrowserContext> {
  const ignoreDefaultArgs = ["--disable-background-networking"];
  return chromium.launchPersistentContext(folder, {
    executablePath,
    args: [ALONE, ...flags],
    ignoreDefaultArgs,
    ...HABITS,
  });
}

/** Somebody at a browser, with an eye on what a reader never sees: the console, and where requests go. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the console, the page or the network had to complain about since it was last asked; and every request that went
   *  elsewhere. */
  complaints(): string[];
  /** Another tab of the same reader. */
  openTab(): Promise<Page>;
}

export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  return await visitIn(await browser.newContext({ ...HABITS, ...options }));
}

/** The same in a context that is there. */
export async function visitIn(context: BrowserContext): Promise<Visitor> {
  context.setDefaultTimeout(15_000);
  const heard: string[] = [];
  // A collector that is away is not reached: that the browser says so is no fault of the page.
  const isOutage = (text: string) =>
    /ERR_CONNECTION_(?:REFUSED|RESET)|ERR_EMPTY_RESPONSE|closed before|ERR_SOCKET/u.test(text);
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !isOutage(message.text()))
      heard.push(`${message.text()} ${message.location().url}`);
  });
  context.on("weberror", (error) => heard.push(String(error.error())));
  context.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== "data:" && hostname !== "127.0.0.1" && protocol !== "blob:") heard.push(`asked ${request.url()}`);
  });
  return {
    context,
    page: await context.newPage(),
    complaints: () => heard.splice(0),
    openTab: () => context.newPage(),
  };
}

/** Opens the page and waits until it is live. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole("banner").getByText("Live", { exact: true }).waitFor();
}

/** Goes to a view as a reader does, and waits until it is there. */
export async function go(page: Page, title: string): Promise<void> {
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: title, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

/**
 * What a screen reader, or somebody who sees little, could not use: serious findings of axe, one line each. Frames are
 * left out: no script of ours runs in them, so axe would only ask into the void, and Chromium complains of that aloud.
 */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return await page.evaluate<
    string[]
  >(`axe.run(document, { iframes: false, resultTypes: ["violations"] }).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ html, any }) => id + ": " + html.slice(0, 160) + " " + (any[0]?.message ?? ""))))`);
}
