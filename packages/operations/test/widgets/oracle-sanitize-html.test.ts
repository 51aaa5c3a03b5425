import fc from "fast-check";
import { expect, test } from "vitest";
import { rebuildFragment } from "../../src/widgets/rebuild.ts";
import { allVectors } from "./all-vectors.ts";
import { bySanitizeHtml, disagreement } from "./oracles.ts";
import { soup } from "./soup.ts";

const small = allVectors.filter((vector) => vector.length < 3_000);

function disagreementOn(html: string): string[] {
  const rebuilt = rebuildFragment(html);
  return rebuilt.ok ? disagreement(bySanitizeHtml, html, rebuilt.html) : [];
}

test("of every attack, what sanitize-html removes is not in ours, and in ours it finds nothing to remove", () => {
  const disagreements = small.map((vector) => ({ vector, rest: disagreementOn(vector) }));
  expect(disagreements.filter(({ rest }) => rest.length > 0)).toEqual([]);
});

test("of tags in any order, what sanitize-html removes is not in ours, and in ours it finds nothing to remove", () => {
  fc.assert(
    fc.property(soup, (html) => {
      expect(disagreementOn(html)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
