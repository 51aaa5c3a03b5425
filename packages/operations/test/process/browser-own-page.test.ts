import { request } from "node:http";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import type { Collector } from "../../src/collector.ts";
import { launchBrowser } from "./browser/launch.ts";
import { openNaive } from "./browser/naive.ts";
import { type Watched, watchedCollector } from "./browser/watched.ts";

describe.runIf(needs("chromium"))("a page that the collector serves", () => {
  let watched: Watched;
  let collector: Collector;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [browser, watched] = await Promise.all([launchBrowser(), watchedCollector()]);
    collector = watched.collector;
    context = await browser.newContext();
    page = await context.newPage();
  });
  afterAll(async () => {
    await Promise.all([browser.close(), watched.end()]);
  });

  /** The page's address with a fresh code. */
  const freshAddress = (scope = "admin") =>
    new Promise<string>((resolve, reject) => {
      const options = { socketPath: collector.address ?? "", method: "POST", path: "/api/v1/login/code" };
      const asked = request({ ...options, headers: { "content-type": "application/json" } }, (reply) => {
        reply.setEncoding("utf8").on("data", (text: string) => resolve((JSON.parse(text) as Asked).address ?? ""));
      });
      asked.on("error", reject).end(JSON.stringify({ scope }));
    });
  const visit = async (address: string) => {
    await page.goto("about:blank");
    await page.goto(address);
    await page.waitForSelector("html[data-state=ready]");
    return await page.evaluate<Answer | null>("page.login");
  };
  const ask = (method: string, path: string, body?: object) =>
    page.evaluate<Answer>(`page.ask("${method}", "${path}", ${JSON.stringify(body)})`);

  test("trades the code of its address for a token, once, asks, acts and listens with it", async () => {
    const address = await freshAddress();
    expect(await visit(address)).toMatchObject({ status: 200, body: { scope: "admin" } });
    expect(page.url()).not.toContain("code");
    expect(await ask("GET", "/status")).toMatchObject({
      status: 200,
      body: { collector: { data_dir: watched.dataDir } },
    });
    const heard = await page.evaluate<Heard>(
      `page.listenUntil("evidence:committed", ["evidence:*"], () => page.ask("POST", "/agents/work/flush"))`,
    );
    expect(heard.heard.map(({ type }) => type)).toEqual(["subscribed", "evidence:committed"]);
    expect(await ask("POST", "/login/code", {})).toMatchObject({ status: 403, body: { code: "socket-only" } });
    // Its token outlives the page, the code does not.
    await visit(collector.http ?? "");
    expect((await ask("GET", "/status")).status).toBe(200);
    expect(await visit(address)).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    expect((await ask("GET", "/status")).status).toBe(200);
  });

  test("gets no further than its scope, and nowhere once it has logged out", async () => {
    expect(await visit(await freshAddress("read"))).toMatchObject({ status: 200, body: { scope: "read" } });
    expect((await ask("GET", "/timeline")).status).toBe(200);
    expect(await ask("POST", "/agents/work/restart")).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect((await ask("POST", "/logout", {})).status).toBe(200);
    expect(await ask("GET", "/status")).toMatchObject({ status: 401 });
    const heard = await page.evaluate<Heard>(`page.listenUntil("subscribed", ["*"], () => undefined)`);
    expect(heard).toMatchObject({ heard: [{ type: "error", code: "unauthorized" }], why: 1008 });
  });

  test("is served under the other name of this machine too, with a token of its own", async () => {
    const elsewhere = (await freshAddress()).replace("127.0.0.1", "localhost");
    expect(await visit(elsewhere)).toMatchObject({ status: 200 });
    expect((await ask("GET", "/agents")).status).toBe(200);
    expect((await visit(collector.http ?? ""))?.status).toBeUndefined();
  });

  test("runs nothing that stands in its text, and carries nothing away", async () => {
    const naive = await openNaive();
    await visit(await freshAddress());
    expect(await page.evaluate("globalThis.strange ?? null")).toBeNull();
    const tried = await page.evaluate<object>(`page.carryOff("http://127.0.0.1:${naive.port}")`);
    expect(Object.values(tried)).toEqual(Object.keys(tried).map(() => "refused"));
    expect([...naive.arrived]).toEqual([]);
    naive.close();
    // The page is told of some after the fact.
    await expect
      .poll(() => page.evaluate<string[]>("page.refusals"), { timeout: 20_000 })
      .toEqual(expect.arrayContaining(["img-src", "connect-src", "require-trusted-types-for", "form-action"]));
  });

  test("stands in nobody's frame, and is not opened by a link of others", async () => {
    const naive = await openNaive();
    const elsewhere = await context.newPage();
    const { http } = collector;
    const heading = "A page of the collector's own";
    await elsewhere.goto(`http://127.0.0.1:${naive.port}/`);
    await elsewhere.setContent(`<iframe src="${http}/"></iframe><a href="${http}/">here</a>`);
    await elsewhere.waitForLoadState();
    for (const frame of elsewhere.frames()) expect(await frame.content()).not.toContain(heading);
    await elsewhere.click("a");
    await elsewhere.waitForURL(`${http}/`);
    expect(await elsewhere.content()).not.toContain(heading);
    await elsewhere.goto(`${http}/`);
    expect(await elsewhere.content()).toContain(heading);
    await elsewhere.close();
    naive.close();
  });

  test("needs no cookie, gets none, and one that somebody plants from another port counts for nothing", async () => {
    await context.clearCookies();
    await visit(await freshAddress());
    expect((await ask("GET", "/status")).status).toBe(200);
    expect(await context.cookies()).toEqual([]);
    const names = ["token", "authorization", "session", "mimolo"];
    await context.addCookies(names.map((name) => ({ name, value: watched.token, url: collector.http ?? "" })));
    const bare = await page.evaluate<Answer>(`page.ask("GET", "/status", undefined, null)`);
    expect(bare).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    await context.clearCookies();
  });
});

interface Asked {
  readonly address: string | null;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What the page heard at the events' address, and the code it was closed with. */
interface Heard {
  readonly heard: readonly { readonly type: string; readonly code?: string }[];
  readonly why: number;
}
