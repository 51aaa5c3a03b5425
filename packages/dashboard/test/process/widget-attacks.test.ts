import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { rebuildFragment } from "../../../operations/src/widgets/rebuild.ts";
import { allVectors } from "../../../operations/test/widgets/all-vectors.ts";
import { launchBrowser } from "./browser/visitor.ts";
import { openStage, type Stage } from "./views/stage.ts";
import { chunks, manyWidgets, type Show } from "./widgets/many-widgets.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 240_000 });

/** Where a page could put a widget, and what a parser makes of it there. */
const CONTEXTS = {
  div: (html: string) => `<div>${html}</div>`,
  table: (html: string) => `<table><tbody><tr><td>${html}</td></tr>${html}</tbody></table>`,
  list: (html: string) => `<ul>${html}<li>${html}</li></ul>`,
} as const;

/** So many agents draw at once. */
const FRAMES = 24;
/** So many vectors stand in one frame, where each has been rebuilt and so ends by itself. */
const TOGETHER = 40;
const LARGEST = 20_000;

const isSmall = (vector: string) => vector.length <= LARGEST;
const vectors = allVectors.filter(isSmall);

describe.runIf(needs("chromium"))("attacks by a widget, in the page's own frames", () => {
  let stage: Stage;
  let inFrames: Show;
  const happened: string[] = [];

  beforeAll(async () => {
    stage = await openStage({ agents: { w: "draws-widget" } });
    await watch(stage.page, happened);
    ({ inFrames } = await manyWidgets(stage));
  });
  afterAll(() => stage.close());

  /** Shows one text a frame, waits until each stands there, and says what came of it. */
  async function show(texts: readonly string[]): Promise<readonly string[]> {
    const { page } = stage;
    happened.length = 0;
    await inFrames(texts);
    const strayed = page.frames().filter((frame) => !isAtHome(frame, page));
    return [...happened, ...strayed.map((frame) => `navigated to ${frame.url()}`)];
  }

  test.each(Object.entries(CONTEXTS))(
    "rebuilt and put into a %s, none runs, asks for anything or leads anywhere",
    async (_, within) => {
      const rebuilt = vectors.flatMap((vector) => {
        const widget = rebuildFragment(vector, { allowsLink: () => true });
        return widget.ok ? [within(widget.html)] : [];
      });
      expect(rebuilt.length).toBeGreaterThan(300);
      for (const batch of chunks(
        chunks(rebuilt, TOGETHER).map((each) => each.join("")),
        FRAMES,
      ))
        expect(await show(batch)).toEqual([]);
    },
  );

  test("this would be noticed: without the frame's walls they run, ask and lead away", async () => {
    const browser = await launchBrowser();
    const page = await browser.newPage();
    const seen: string[] = [];
    await page.addInitScript("globalThis.alert = (what) => console.log(`ran ${what}`)");
    await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: "<body></body>" }));
    await watch(page, seen);
    for (const batch of chunks(vectors, FRAMES).slice(0, 4)) {
      await page.goto("http://127.0.0.1:9/");
      await page.evaluate(`Promise.all(${JSON.stringify(batch)}.map((text) => new Promise((loaded) => {
        const frame = Object.assign(document.createElement("iframe"), { srcdoc: "<body>" + text + "</body>", onload: loaded });
        document.body.append(frame);
        setTimeout(loaded, 3000);
      })))`);
    }
    expect(count(seen, "ran")).toBeGreaterThan(20);
    expect(count(seen, "asked")).toBeGreaterThan(20);
    await browser.close();
  });
});

function count(seen: readonly string[], what: string): number {
  return seen.filter((each) => each.startsWith(what)).length;
}

/** Notes what runs and what is asked for beyond the page itself. */
async function watch(page: Page, happened: string[]): Promise<void> {
  page.on("dialog", (dialog) => {
    happened.push(`ran ${dialog.message()}`);
    void dialog.dismiss().catch(() => undefined);
  });
  // A frame that may not open dialogs says so when a script in it tries to.
  page.on("console", (message) => {
    if (/^ran |Ignored call to/.test(message.text())) happened.push(`ran: ${message.text().slice(0, 120)}`);
  });
  page.on("popup", (popup) => happened.push(`opened ${popup.url()}`));
  page.on("download", (download) => happened.push(`downloaded ${download.url()}`));
  // Where requests come through on their way out: what a policy stops is announced, too, and does not get there.
  await page.route("**/*", async (route) => {
    const request = route.request();
    if (request.frame() === page.mainFrame()) return route.fallback();
    happened.push(`asked ${request.url().slice(0, 120)}`);
    return route.fulfill({ contentType: "text/html", body: "<body></body>" });
  });
  page.on("framenavigated", (frame) => {
    if (!isAtHome(frame, page)) happened.push(`went to ${frame.url().slice(0, 120)}`);
  });
}

/** A widget's frame is what the page wrote. One within it shows nothing: what a policy stops is an error's page. */
function isAtHome(frame: Frame, page: Page): boolean {
  return frame === page.mainFrame() || /^(?:about:srcdoc|about:blank|chrome-error:.*|)$/.test(frame.url());
}
