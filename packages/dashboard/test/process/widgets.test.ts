import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { barriers } from "./browser/visitor.ts";
import { openStage, type Stage } from "./views/stage.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });
const PATIENCE = { timeout: 20_000, interval: 100 };

describe.runIf(needs("chromium"))("the view of widgets", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage({ agents: { counter: "draws-widget", screens: "keeps-pictures" } });
    await stage.ask("POST", "/agents/screens/flush");
    await vi.waitUntil(async () => (await stage.ask<Items>("GET", "/artifacts")).items.length === 3, PATIENCE);
    await stage.to("widgets");
  });
  afterAll(() => stage.close());

  const card = (label: string) => stage.page.getByRole("region", { name: label });
  const frame = (label: string) => stage.page.frameLocator(`iframe[title="Widget of ${label}"]`);

  test("shows what an agent draws, in a frame that may nothing", async () => {
    const { page } = stage;
    await frame("counter").getByRole("heading", { name: "What was counted" }).waitFor();
    const iframe = page.locator('iframe[title="Widget of counter"]');
    expect(await iframe.getAttribute("sandbox")).toBe("");
    // The page cannot look in, so neither can anything look out.
    expect(
      await iframe.evaluate((element: object) => "contentDocument" in element && element.contentDocument),
    ).toBeNull();
    // Its style is the one that the page's policy knows.
    await expect.poll(() => frame("counter").locator(".mml-number").first().evaluate(sizeOf)).toBe("26px");
  });

  test("refreshing has the agent look, and what it found is in the evidence when that is said", async () => {
    const { page } = stage;
    await page.getByRole("button", { name: "Refresh counter" }).click();
    await page.getByRole("status").filter({ hasText: "did refresh" }).waitFor();
    await frame("counter").getByText("1", { exact: true }).waitFor();
    const { items } = await stage.ask<Items>("GET", "/evidence?agent=counter&kind=message");
    expect(items.some(({ message }) => message?.data?.looked === 1)).toBe(true);
  });

  test("an action of the agent's own is done with what is said to it; a payload that is no JSON is not sent", async () => {
    const { page } = stage;
    await page.getByRole("button", { name: "Another action of counter" }).click();
    const dialog = page.getByRole("dialog", { name: "Have counter do something" });
    await dialog.getByLabel("Action").fill("add");
    await dialog.getByLabel("With").fill("{by: 7}");
    await dialog.getByText("This is no JSON").waitFor();
    expect(await dialog.getByRole("button", { name: "Do it" }).isDisabled()).toBe(true);
    await dialog.getByLabel("With").fill('{"by": 7}');
    await dialog.getByRole("button", { name: "Do it" }).click();
    await dialog.waitFor({ state: "hidden" });
    await frame("counter").getByText("7", { exact: true }).waitFor();
    await expect
      .poll(() => page.evaluate("document.activeElement.getAttribute('aria-label')"))
      .toBe("Another action of counter");
  });

  test("a picture of an artifact is fetched by the page and stands in the frame itself", async () => {
    const picture = frame("screens").getByRole("img", { name: "the newest picture" });
    await picture.waitFor();
    expect(await picture.getAttribute("src")).toMatch(/^data:image\/png;base64,/);
    await expect
      .poll(() => picture.evaluate((image: object) => "naturalWidth" in image && image.naturalWidth))
      .toBe(320);
  });

  test("new pictures take the place of old ones and leave no trace in the browser's history", async () => {
    const { page } = stage;
    const length = await page.evaluate("history.length");
    for (const count of [2, 3]) {
      await page.getByRole("button", { name: "Refresh counter" }).click();
      await frame("counter").getByText(String(count), { exact: true }).waitFor();
    }
    await expect.poll(() => page.locator('iframe[title="Widget of counter"]').count()).toBe(1);
    expect(await page.evaluate("history.length")).toBe(length);
  });

  test("a frame follows the theme, and one can be made larger", async () => {
    const { page } = stage;
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => frame("counter").locator("html").evaluate(groundOf)).toBe("rgb(24, 28, 34)");
    const height = async () => (await card("counter").boundingBox())?.height ?? 0;
    const before = await height();
    await page.getByRole("button", { name: "Larger: counter" }).click();
    await expect.poll(height).toBeGreaterThan(before);
    await page.getByRole("button", { name: "Smaller: counter" }).click();
    await page.emulateMedia({ colorScheme: "light" });
  });

  test("what may not be shown is said, and the last good picture stays", async () => {
    const { page } = stage;
    await page.getByRole("button", { name: "Another action of counter" }).click();
    const dialog = page.getByRole("dialog", { name: "Have counter do something" });
    await dialog.getByLabel("Action").fill("refuse");
    await dialog.getByLabel("With").fill("");
    await dialog.getByRole("button", { name: "Do it" }).click();
    await card("counter")
      .getByText(/is no element of a widget/)
      .waitFor();
  });

  test("one whose agent stops keeps its picture and says so", async () => {
    const { page } = stage;
    await stage.ask("POST", "/agents/counter/stop");
    await card("counter").getByText("stopped").waitFor();
    expect(await page.getByRole("button", { name: "Refresh counter" }).isDisabled()).toBe(true);
  });

  test("nothing stands in anybody's way, and the console stays silent", async () => {
    expect(await barriers(stage.page)).toEqual([]);
    expect(stage.visitor.complaints()).toEqual([]);
  });
});

interface Items {
  readonly items: readonly { readonly message?: { readonly data?: { readonly looked?: number } } }[];
}

declare function getComputedStyle(element: unknown): { fontSize: string; backgroundColor: string };
const sizeOf = (element: unknown) => getComputedStyle(element).fontSize;
const groundOf = (element: unknown) => getComputedStyle(element).backgroundColor;
