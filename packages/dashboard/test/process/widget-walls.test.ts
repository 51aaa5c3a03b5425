import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { allVectors } from "../../../operations/test/widgets/all-vectors.ts";
import { launchProfile } from "./browser/visitor.ts";
import { endsByItself } from "./widgets/ends-by-itself.ts";
import { openStage, type Stage } from "./views/stage.ts";
import { type Leak, leaks, lures } from "./widgets/leaks.ts";
import { chunks, manyWidgets, settled, type Show } from "./widgets/many-widgets.ts";
import { netLogTo, reachedIn } from "./widgets/net-log.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

/** Each attack would reach a host of its own, which is this machine. */
const DOMAIN = "leak.localhost";
/** So many stand on the page at once, and so many in one frame where each ends by itself. */
const FRAMES = 100;
const TOGETHER = 8;
const LARGEST = 20_000;

/** For these Chromium connects ahead of a request that the frame's policy then stops. */
const AHEAD: ReadonlySet<string> = new Set([
  "preconnect",
  "preconnect with cookies",
  "dns-prefetch",
  "iframe",
  "download",
  "link",
  "link to the top",
  "link to the parent",
  "link to another tab",
  "frame by name",
]);
/** These come to nothing in this browser, or in a document that is not a page of its own. */
const HEEDED_ELSEWHERE: ReadonlySet<string> = new Set([
  "frameset",
  "fencedframe",
  "portal",
  "icon",
  "manifest",
  "dns-prefetch of links",
  "prerender",
  "speculation rules",
  "without scripts",
  "css filter",
  "svg use",
  "where it counts",
  "xml stylesheet",
  "script that speaks",
]);

/** What the widgets view asks the collector for. */
const OWN_PATHS = /^\/(?:$|assets\/|api\/v1\/)/u;

const folder = mkdtempSync(join(tmpdir(), "mimolo-walls-"));
/** Hosts that somebody reached, and what came to pass in the page. */
const happened: string[] = [];
let server: Server;
let port = 0;

const hostOf = (kind: string, index: number) => `${kind}-${index}.${DOMAIN}`;
const addressOf = (host: string) => `http://${host}:${port}/x`;

/** The attacks of one kind, each with an address that tells it from all others. */
function aimed(kind: string, from: Readonly<Record<string, Leak>>): readonly string[] {
  return Object.values(from).map((leak, index) => leak(addressOf(hostOf(kind, index))));
}
function named(hosts: Iterable<string>): string[] {
  const names: Readonly<Record<string, readonly string[]>> = { leak: Object.keys(leaks), lure: Object.keys(lures) };
  return [...hosts].map((host) => {
    const [, kind = "", index = ""] = /^(?:.*\.)?([a-z]+)-(\d+)\./u.exec(host) ?? [];
    return names[kind]?.[Number(index)] ?? host;
  });
}

beforeAll(async () => {
  server = createServer((request, reply) => {
    happened.push(`asked ${request.headers.host} ${request.url}`);
    reply.writeHead(200, { "content-type": "text/html" }).end("<body>out</body>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.runIf(needs("chromium"))("what a collector let through by mistake, in the page's own frames", () => {
  const log = join(folder, "page.json");
  let stage: Stage;
  let inFrames: Show;
  let say: Show;
  let origin = "";

  beforeAll(async () => {
    stage = await openStage({
      agents: { w: "draws-widget" },
      browser: await launchProfile(join(folder, "one"), [netLogTo(log)]),
    });
    origin = stage.collector.http ?? "";
    await stage.page.addInitScript(SAYS_WHAT_RUNS);
    watch(stage.page);
    ({ inFrames, say } = await manyWidgets(stage));
  });
  afterAll(() => stage.close());

  async function seenAfter(work: () => Promise<unknown>): Promise<readonly string[]> {
    happened.length = 0;
    await work();
    const { page } = stage;
    const strayed = page.frames().filter((frame) => !isAtHome(frame, page));
    return [...happened, ...strayed.map((frame) => `navigated to ${frame.url()}`)];
  }

  test("the attacks on the rebuild run nowhere", async () => {
    const vectors = allVectors
      .filter((vector) => vector.length <= LARGEST)
      .map((vector, index) => vector.replaceAll(/\b(?:evil|a)\.example\b/gu, `${hostOf("vector", index)}:${port}`));
    const alone = vectors.filter((vector) => !endsByItself(vector));
    const together = chunks(vectors.filter(endsByItself), TOGETHER).map((each) => each.join(""));
    for (const batch of chunks([...alone, ...together], FRAMES)) {
      expect(await seenAfter(() => inFrames(batch))).toEqual([]);
      expect(await stage.page.evaluate(PAGE_ITSELF)).toEqual(untouched(batch.length));
    }
  });

  test("what goes out by itself stays in", async () => {
    for (const batch of chunks(aimed("leak", leaks), FRAMES)) {
      expect(await seenAfter(() => inFrames(batch))).toEqual([]);
      expect(await stage.page.evaluate(PAGE_ITSELF)).toEqual(untouched(batch.length));
    }
  });

  test("whoever clicks there is led nowhere", async () => {
    const batch = aimed("lure", lures);
    expect(await seenAfter(() => inFrames(batch))).toEqual([]);
    const seen = await seenAfter(async () => {
      for (const each of stage.page.frames().filter((any) => any.parentFrame() === stage.page.mainFrame()))
        await each.locator("a,button,input,summary,mtext,img").first().click({ force: true });
      await settled(stage.page);
    });
    expect(seen).toEqual([]);
    expect(await stage.page.evaluate(PAGE_ITSELF)).toEqual(untouched(batch.length));
  });

  test("said by the collector, they do not come into a frame at all", async () => {
    const texts = [...aimed("said", leaks), ...aimed("saidlure", lures)];
    expect(await seenAfter(() => say(texts))).toEqual([]);
    expect(await stage.page.evaluate(PAGE_ITSELF)).toEqual(untouched(0));
  });

  test("the browser's network log knows of nothing that left", async () => {
    await stage.visitor.context.close();
    const { hosts, paths } = reachedIn(log, DOMAIN, origin);
    // No request: a name looked up, a connection begun. That is why the page looks at the text before.
    expect(named(hosts).filter((name) => !AHEAD.has(name))).toEqual([]);
    expect([...hosts].filter((host) => host.startsWith("said"))).toEqual([]);
    expect([...paths].filter((path) => !OWN_PATHS.test(path))).toEqual([]);
    expect(paths).toContain("/api/v1/login");
  });
});

describe.runIf(needs("chromium"))("without those walls", () => {
  test("they go out, and it is noticed", async () => {
    const log = join(folder, "open.json");
    const context = await launchProfile(join(folder, "two"), [netLogTo(log)]);
    const page = await context.newPage();
    happened.length = 0;
    await page.addInitScript(SAYS_WHAT_RUNS);
    watch(page);
    const away = Object.keys(leaks).indexOf("script that leads away");
    const texts = [...aimed("leak", leaks)];
    const [own = ""] = texts.splice(away, 1);
    for (const batch of chunks(texts, 18)) {
      await page.goto(addressOf("here.localhost"));
      await page.evaluate(openFrames(batch));
      await settled(page);
    }
    await page.goto(addressOf("here.localhost"));
    await Promise.all([
      page.waitForURL(`**://${hostOf("leak", away)}:*/**`),
      page.evaluate(openFrames([own])).catch(String),
    ]);
    await context.close();
    const names = new Set(named(reachedIn(log, DOMAIN, "http://127.0.0.1").hosts));
    expect(Object.keys(leaks).filter((name) => !names.has(name) && !HEEDED_ELSEWHERE.has(name))).toEqual([]);
    const kinds = happened.map((each) => each.split(" ", 1)[0]);
    expect(new Set(kinds)).toEqual(new Set(["asked", "ran:", "went", "opened"]));
  });
});

/** Frames without walls; done when all are loaded, or as good as. */
function openFrames(texts: readonly string[]): string {
  return `Promise.all(${JSON.stringify(texts)}.map((text) => new Promise((done) => {
    const srcdoc = "<body>" + text + "</body>";
    document.body.append(Object.assign(document.createElement("iframe"), { srcdoc, onload: done }));
    setTimeout(done, 3000);
  })))`;
}

const SAYS_WHAT_RUNS = `
  globalThis.alert = (what) => console.log("ran " + what);
  if (window === top) addEventListener("message", ({ data }) => console.log("ran by message " + JSON.stringify(data)));
`;

/** The page beside its frames: where it is, and what stands in it. */
const PAGE_ITSELF = `({
  hash: location.hash,
  title: document.title,
  frames: document.querySelectorAll("iframe[sandbox='']").length,
  strangers: document.querySelectorAll("iframe:not([sandbox='']), form, base, object, embed, meta[http-equiv], #app script").length,
  windows: window.length,
})`;

function untouched(frames: number) {
  return { hash: "#/widgets", title: "Widgets · MiMoLo", frames, strangers: 0, windows: frames };
}

/** Notes what runs, opens, or leads away. */
function watch(page: Page): void {
  page.on("dialog", (dialog) => {
    happened.push(`ran ${dialog.message()}`);
    void dialog.dismiss().catch(() => undefined);
  });
  // A frame that may not open dialogs says so when a script in it tries to.
  page.on("console", (message) => {
    if (/^ran |Ignored call to/u.test(message.text())) happened.push(`ran: ${message.text().slice(0, 120)}`);
  });
  page.context().on("page", (opened) => happened.push(`opened ${opened.url()}`));
  page.on("download", (download) => happened.push(`downloaded ${download.url()}`));
  page.on("framenavigated", (frame) => {
    if (!isAtHome(frame, page)) happened.push(`went to ${frame.url().slice(0, 120)}`);
  });
}

/** A widget's frame is what the page wrote. One within it shows nothing: what a policy stops is an error's page. */
function isAtHome(frame: Frame, page: Page): boolean {
  return frame === page.mainFrame() || /^(?:about:srcdoc|about:blank|chrome-error:.*|)$/u.test(frame.url());
}
