import { expect, test } from "vitest";
import { sparklinePath } from "../../src/page/design/sparkline-path.ts";

test("a line from the left, lifted where nothing is known, as high as the scale says", () => {
  const size = { width: 100, height: 22, top: 10 };
  expect(sparklinePath([0, 10, null, 5], size)).toBe("M0 21h1L33.3 1M100 11h1");
  expect(sparklinePath([], size)).toBe("");
  expect(sparklinePath([3], size)).toBe("M0 15h1");
});
