import type { WidgetReport } from "@mimolo/protocol";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { rebuildFragment } from "../../../operations/src/widgets/rebuild.ts";
import { allVectors } from "../../../operations/test/widgets/all-vectors.ts";
import { launchBrowser } from "./browser/visitor.ts";
import { openStage, type Stage } from "./views/stage.ts";

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
  /** What the agents would have shown: an answer in place of the collector's, as if it had let everything through. */
  let shown: readonly string[] = [];
  let round = 0;
  const happened: string[] = [];

  beforeAll(async () => {
    stage = await openStage({ agents: { w: "draws-widget" } });
    const { page } = stage;
    await watch(page, happened);
    await page.route("**/api/v1/status", async (route) => {
      const status = (await (await route.fetch()).json()) as Status;
      const [agent] = status.agents;
      const agents = shown.map((_, index) => ({ ...agent, label: `w${index}`, instance_id: `${round}-${index}` }));
      await route.fulfill({ json: { ...status, agents } });
    });
    await page.route("**/api/v1/widgets/*", (route) => {
      const label = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
      return route.fulfill({ json: reportOf(label, shown[Number(label.slice(1))] ?? "") });
    });
  });
  afterAll(() => stage.close());

  /** Shows one text a frame, waits until each stands there, and says what came of it. */
  async function show(texts: readonly string[]): Promise<readonly string[]> {
    const { page } = stage;
    shown = texts;
    round += 1;
    happened.length = 0;
    await page.setViewportSize({ width: 2_400, height: 3_200 });
    await page.goto("about:blank");
    await page.goto(`${stage.collector.http}/#/widgets`);
    await vi.waitUntil(() => areShown(page, texts.length), { timeout: 60_000, interval: 50 });
    // Whatever begins by itself has begun within two frames and a turn of the clock.
    await page.evaluate(
      "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))",
    );
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

/** Whether so many widgets have come to stand there. */
function areShown(page: Page, wanted: number): boolean {
  const frames = page.frames().filter((frame) => frame.parentFrame() === page.mainFrame());
  return frames.length >= wanted && frames.every((frame) => frame.url() !== "");
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function reportOf(label: string, html: string): WidgetReport {
  const now = new Date().toISOString();
  return {
    label,
    plugin_id: "local.w",
    mode: "html_fragment_v1",
    html,
    received_at: now,
    ttl_ms: 3_600_000,
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    is_stale: false,
    state_token: null,
    nodes: 1,
    problem: null,
  };
}

interface Status {
  readonly agents: readonly Readonly<Record<string, unknown>>[];
}
