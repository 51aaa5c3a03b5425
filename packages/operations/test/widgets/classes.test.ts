import { readFileSync } from "node:fs";
import { WIDGET_CLASSES } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { rebuildFragment } from "../../src/widgets/rebuild.ts";

test("every class that pages define comes through, each once, and no other", () => {
  expect(new Set(WIDGET_CLASSES).size).toBe(WIDGET_CLASSES.length);
  const html = `<p class="${WIDGET_CLASSES.join(" ")}">x</p>`;
  expect(rebuildFragment(html)).toMatchObject({ ok: true, html });
  expect(rebuildFragment('<p class="mml-bar-21 mml-sparkline-11 mml- MML-CARD mml-cards">x</p>')).toMatchObject({
    html: "<p>x</p>",
  });
});

test("the docs name every class, of bars and columns the first and the last", () => {
  const docs = readFileSync(new URL("../../../../docs/widgets.md", import.meta.url), "utf8");
  const between = /^mml-(?:bar|sparkline)-(?!0$|20$|10$)\d+$/;
  const named = WIDGET_CLASSES.filter((name) => !between.test(name) && name !== "mml-bar-10");
  expect(named.filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
});
