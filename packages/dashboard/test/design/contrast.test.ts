import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { FRAME_STYLESHEET } from "../../src/page/views/widgets/frame/stylesheet.ts";
import { type Colour, contrastOf, hexColour, mixed, sourceOf, THEMES, type Theme, tokenIn } from "./contrast.ts";

/** WCAG 1.4.3. */
const LEAST_OF_TEXT = 4.5;
/** WCAG 1.4.11. */
const LEAST_OF_GRAPHICS = 3;

const SURFACES = ["page", "surface", "raised", "sunken"] as const;
/** Where drawings stand: every second day, or the row a mouse is over, is a little darker. */
const GROUNDS = ["surface", "surface hover", "raised"] as const;

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  text: [...SURFACES, "surface hover", "accent-soft"],
  "text-soft": [...SURFACES, "surface hover", "accent-soft"],
  accent: [...SURFACES, "surface hover", "accent-soft"],
  "accent-strong": [...SURFACES, "surface hover"],
  "text-on-accent": ["accent", "accent-strong", "work"],
  ok: ["page", "surface", "raised", "ok-soft"],
  warn: ["page", "surface", "raised", "warn-soft"],
  bad: ["page", "surface", "surface hover", "raised", "bad-soft"],
};

const GRAPHICS: Readonly<Record<string, readonly string[]>> = {
  work: [...GROUNDS, "sunken"],
  "work-reconstructed": [...GROUNDS, "sunken"],
  idle: [...GROUNDS, "sunken"],
  passive: [...GROUNDS, "sunken"],
  gap: [...GROUNDS, "sunken"],
  bad: [...GROUNDS, "sunken"],
  "line-strong": ["page", ...GROUNDS],
};

/** The grounds a meter fills. */
const METERS = ["accent", "ok", "warn", "bad"] as const;

/** A token, or one upon another: `surface hover`. */
function groundIn(theme: Theme, names: string): Colour {
  const [below = "", over] = names.split(" ");
  const ground = tokenIn(theme, below);
  return over === undefined ? ground : tokenIn(theme, over, ground);
}

function expectApart(theme: Theme, name: string, grounds: readonly string[], least: number): void {
  for (const ground of grounds) {
    const is = contrastOf(tokenIn(theme, name), groundIn(theme, ground));
    expect.soft(is, `${theme}: --${name} on ${ground}`).toBeGreaterThanOrEqual(least);
  }
}

test("black and white are 21 apart, and a colour from itself 1", () => {
  expect(contrastOf([0, 0, 0], [1, 1, 1])).toBeCloseTo(21);
  expect(contrastOf([0.2, 0.4, 0.6], [0.2, 0.4, 0.6])).toBe(1);
  // #777777 on white is the well-known near miss.
  expect(contrastOf([0x77 / 255, 0x77 / 255, 0x77 / 255], [1, 1, 1])).toBeCloseTo(4.48, 2);
});

describe.each(THEMES)("in the %s theme", (theme) => {
  test.each(Object.entries(TEXTS))("--%s can be read wherever it stands", (name, grounds) => {
    expectApart(theme, name, grounds, LEAST_OF_TEXT);
  });

  test.each(Object.entries(GRAPHICS))("--%s is seen wherever it is drawn", (name, grounds) => {
    expectApart(theme, name, grounds, LEAST_OF_GRAPHICS);
  });

  test.each(METERS)("a meter filled with --%s", (name) => {
    expectApart(theme, name, ["line", "surface"], LEAST_OF_GRAPHICS);
  });

  test("the days beside the window that is looked at", () => {
    const veil = Number(/\.veil \{[^}]*fill-opacity: ([\d.]+)/u.exec(sourceOf("views/timeline/overview.svelte"))?.[1]);
    const surface = tokenIn(theme, "surface");
    const veiled = mixed(tokenIn(theme, "work"), surface, veil);
    expect(contrastOf(veiled, surface)).toBeGreaterThanOrEqual(LEAST_OF_GRAPHICS);
  });

  test("the dot on a day of a year, whatever was worked on it: its inside or its edge", () => {
    const source = sourceOf("views/timeline/year-grid.svelte");
    const mark = /\.mark \{[^}]*\}/u.exec(source)?.[0] ?? "";
    const drawn = [...mark.matchAll(/(?:fill|stroke): var\(--([\w-]+)\)/gu)].map(([, name = ""]) =>
      tokenIn(theme, name),
    );
    const [surface, work] = [tokenIn(theme, "surface"), tokenIn(theme, "work")];
    for (const share of [0, 0.28, 0.52, 0.76, 1]) {
      const cell = mixed(surface, work, share);
      const best = Math.max(...drawn.map((colour) => contrastOf(colour, cell)));
      expect.soft(best, `on ${share * 100} %`).toBeGreaterThanOrEqual(LEAST_OF_GRAPHICS);
    }
  });
});

test("nothing that is drawn of time is thinner than its token says", () => {
  const folder = fileURLToPath(new URL("../../src/page/timeline-parts", import.meta.url));
  const thinned = readdirSync(folder).filter((name) => /opacity:/u.test(sourceOf(`timeline-parts/${name}`)));
  expect(thinned).toEqual([]);
});

describe("in the frames of widgets", () => {
  const rules = [...FRAME_STYLESHEET.matchAll(/:root(?:\[data-theme=dark\])?\{([^}]*--ink[^}]*)\}/gu)];
  const themes = rules.map(
    ([, rule = ""]) => new Map([...rule.matchAll(/--(\w+):(#[\da-f]+)/gu)].map(([, a, b]) => [a, b])),
  );

  test("there are two themes", () => expect(themes.length).toBe(2));

  test.each(["ink", "soft", "accent", "ok", "warn", "bad"])("--%s can be read on either ground", (name) => {
    for (const theme of themes) {
      for (const ground of ["ground", "raised"]) {
        const is = contrastOf(hexColour(theme.get(name) ?? ""), hexColour(theme.get(ground) ?? ""));
        expect.soft(is, `--${name} on --${ground}`).toBeGreaterThanOrEqual(LEAST_OF_TEXT);
      }
    }
  });
});
