import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { barriers } from "./browser/visitor.ts";
import { openStage, type Stage } from "./views/stage.ts";

// Whole processes and a browser, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });
const PATIENCE = { timeout: 20_000, interval: 100 };

describe.runIf(needs("chromium"))("the view of artifacts", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage({ agents: { screens: "keeps-pictures" } });
    await stage.to("artifacts");
  });
  afterAll(() => stage.close());

  const button = (name: string | RegExp) => stage.page.getByRole("button", { name, exact: typeof name === "string" });
  const rows = () => stage.page.getByRole("table", { name: "Artifacts, newest first" }).locator("tbody tr");
  const dialog = () => stage.page.getByRole("dialog");
  const said = (text: string | RegExp) => stage.page.getByRole("status").filter({ hasText: text }).first().waitFor();
  const states = async () =>
    (await stage.ask<Listed>("GET", "/artifacts")).items
      .map(({ artifact_id, state }) => `${artifact_id} ${state}`)
      .sort();

  test("says what is missing while there are none, and shows them as they come", async () => {
    await stage.page.getByText("No agent keeps any files here.").waitFor();
    expect(await barriers(stage.page)).toEqual([]);
    await stage.ask("POST", "/agents/screens/flush");
    await vi.waitUntil(async () => (await rows().count()) === 3, PATIENCE);
    await stage.page.getByText("3 artifacts, newest first").waitFor();
    await stage.page.getByRole("meter", { name: "Space of screens" }).waitFor();
  });

  test("a picture is looked at, with what is known of it, and the record that names it", async () => {
    await rows().first().getByRole("button").click();
    const picture = dialog().getByRole("img");
    await picture.waitFor();
    expect(await picture.getAttribute("src")).toMatch(/^data:image\/png;base64,/);
    expect(await picture.evaluate((image: object) => "naturalWidth" in image && image.naturalWidth)).toBe(320);
    const download = stage.page.waitForEvent("download");
    await button("Download").click();
    expect((await download).suggestedFilename()).toBe("picture-3.png");
    await dialog()
      .getByRole("link", { name: /^record \d+$/ })
      .click();
    await stage.page.getByRole("heading", { level: 1, name: "Evidence" }).waitFor();
    await stage.page.getByText('"artifact_id": "picture-3"').waitFor();
    await stage.to("artifacts");
  });

  test("some are selected and archived, and an archive is restored", async () => {
    for (const name of ["picture-1", "picture-2"]) await stage.page.getByLabel(`Select ${name}`).check();
    await button("Archive").click();
    await said("screens put 2 artifacts into an archive.");
    await vi.waitUntil(async () => (await rows().filter({ hasText: "archived" }).count()) === 2, PATIENCE);
    expect(await states()).toEqual(["picture-1 archived", "picture-2 archived", "picture-3 present"]);
    await rows().filter({ hasText: "archived" }).first().getByRole("button").click();
    await dialog().getByText("It lies in an archive.").waitFor();
    await button("Restore its archive").click();
    await said("screens brought 2 artifacts back.");
    await dialog().getByRole("img").waitFor();
    await button("Close").click();
    expect(await states()).toEqual(["picture-1 present", "picture-2 present", "picture-3 present"]);
  });

  test("a purge shows what would go, wants consent and an answer, archives first, and leaves a tombstone", async () => {
    await button("Purge").click();
    expect(await button("Show what would go").isEnabled()).toBe(true);
    await button("Show what would go").click();
    await dialog().getByText("Say at least one of the three.").waitFor();
    await dialog().getByLabel("Kept as").selectOption("ephemeral");
    await dialog().getByLabel("Reason").fill("not needed any more");
    await button("Show what would go").click();
    await dialog().getByText("1 artifact, ").waitFor();
    const purge = button("Purge for good");
    expect(await purge.isDisabled()).toBe(true);
    await dialog()
      .getByRole("checkbox", { name: /I agree/ })
      .check();
    expect(await purge.isDisabled()).toBe(true);
    await dialog()
      .getByRole("radio", { name: /Yes, so that they can be restored/ })
      .check();
    expect(await barriers(stage.page)).toEqual([]);
    expect(await states()).toContain("picture-1 present");
    await rows().filter({ hasText: "present" }).first().waitFor({ state: "attached" });
    await purge.click();
    await dialog().getByText("1 artifact, 1,009 B, was purged.").waitFor();
    await dialog().getByText("They can be restored from 1 archive").waitFor();
    await dialog().getByRole("button", { name: "Close" }).last().click();
    await rows().filter({ hasText: "purged" }).getByRole("button").click();
    await dialog()
      .getByText(/^Purged .* by .*: not needed any more/)
      .waitFor();
    await button("Close").click();
    expect(await states()).toEqual(["picture-1 purged", "picture-2 present", "picture-3 present"]);
  });

  test("without consent nothing is purged, and a refusal is shown where it happened", async () => {
    await stage.page.getByLabel("Select picture-2").check();
    await button("Purge selected").click();
    await button("Show what would go").click();
    await dialog()
      .getByRole("radio", { name: /No, they are gone then/ })
      .check();
    expect(await button("Purge for good").isDisabled()).toBe(true);
    await button("Back").click();
    await button("Show what would go").waitFor();
    await stage.page.keyboard.press("Escape");
    await dialog().waitFor({ state: "hidden" });
    expect(await states()).toContain("picture-2 present");
    await stage.page.getByLabel("Select picture-2").uncheck();
  });

  test("one whose bytes were changed is not shown, and says so", async () => {
    const name = readdirSync(stage.dataDir, { recursive: true, encoding: "utf8" }).find((each) =>
      each.endsWith("artifacts/picture-3.png"),
    );
    writeFileSync(join(stage.dataDir, name ?? ""), "something else");
    await rows().first().getByRole("button").click();
    await dialog()
      .getByText(/not those that the evidence names|altered/)
      .first()
      .waitFor();
    await button("Close").click();
  });

  test("filters stand in the address, and the console stays silent", async () => {
    await stage.page.getByLabel("State").selectOption("purged");
    await vi.waitUntil(async () => (await rows().count()) === 1, PATIENCE);
    expect(stage.page.url()).toContain("state=purged");
    await stage.page.getByLabel("State").selectOption("missing");
    await stage.page.getByText("No artifact is what you look for.").waitFor();
    await button("Show all").click();
    await vi.waitUntil(async () => (await rows().count()) === 3, PATIENCE);
    // What the browser notes of a refusal is the refusal's.
    expect(stage.visitor.complaints().filter((each) => !/409|410/.test(each))).toEqual([]);
  });
});

interface Listed {
  readonly items: readonly {
    readonly artifact_id: string;
    readonly state: string;
  }[];
}
