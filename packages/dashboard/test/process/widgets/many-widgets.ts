import type { WidgetReport } from "@mimolo/protocol";
import type { Page } from "playwright-core";
import { vi } from "vitest";
import type { Stage } from "../views/stage.ts";

/** Shows texts on the page; resolves when each stands there as it is to stand. */
export type Show = (texts: readonly string[]) => Promise<void>;

interface Status {
  readonly agents: readonly Readonly<Record<string, unknown>>[];
}

/**
 * The page's view of widgets, with as many agents as there are texts and each text as what one of them drew: answers in place of the
 * collector's, as if it had let everything through. Wants a stage with one agent, and should be called once for it.
 */
export async function manyWidgets({ page, collector }: Stage): Promise<{
  /** Each text as the collector would say it. */
  readonly say: Show;
  /** Each in the frame that the page makes, as if the page had not looked at it either. */
  readonly inFrames: Show;
}> {
  await page.addInitScript(SMALL);
  await page.addInitScript(SWAPPED);
  let said: readonly string[] = [];
  let round = 0;
  await page.route("**/api/v1/status", async (route) => {
    const status = (await (await route.fetch()).json()) as Status;
    const [agent] = status.agents;
    const agents = said.map((_, index) => ({ ...agent, label: `w${index}`, instance_id: `${round}-${index}` }));
    await route.fulfill({ json: { ...status, agents } });
  });
  await page.route("**/api/v1/widgets/*", (route) => {
    const label = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
    return route.fulfill({ json: reportOf(label, said[Number(label.slice(1))] ?? "") });
  });
  const open = async () => {
    round += 1;
    await page.setViewportSize({ width: 2_400, height: 3_200 });
    await page.goto("about:blank");
    await page.goto(`${collector.http}/#/widgets`);
  };
  return {
    async say(texts) {
      said = texts;
      await open();
      await page
        .getByText("it is not as the collector writes it")
        .nth(texts.length - 1)
        .waitFor();
      await settled(page);
    },
    async inFrames(texts) {
      said = texts.map((_, index) => standIn(index));
      await page.addInitScript(`globalThis.swappedFor = ${JSON.stringify(texts)}`);
      await open();
      await vi.waitUntil(() => areShown(page, texts.length), { timeout: 60_000, interval: 50 });
      await settled(page);
    },
  };
}

/** Whatever begins by itself has begun within two frames and a turn of the clock. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))",
  );
}

export function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

const standIn = (index: number) => `<p title="${index}"></p>`;
/** What stands for a text becomes that text on its way into the frame. */
const SWAPPED = `if (window === top) {
  const make = trustedTypes.createPolicy.bind(trustedTypes);
  trustedTypes.createPolicy = (name, rules) => make(name, name !== "mimolo-widget" ? rules : {
    createHTML: (html) => rules.createHTML(html).replace(/<p title="(\\d+)"><\\/p>/, (_, index) => swappedFor[index]),
  });
}`;

/** Only what is in view is drawn: small cards, so that many are. */
const SMALL = `if (window === top) {
  const small = new CSSStyleSheet();
  small.replaceSync("main .grid { grid-template-columns: repeat(auto-fill, 180px) !important } .place { height: 80px !important }");
  document.adoptedStyleSheets = [small];
}`;

/** Whether so many widgets have come to stand there. */
function areShown(page: Page, wanted: number): boolean {
  const frames = page.frames().filter((frame) => frame.parentFrame() === page.mainFrame());
  return frames.length >= wanted && frames.every((frame) => frame.url() !== "");
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
