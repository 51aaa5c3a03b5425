import { describe, expect, test } from "vitest";
import { rebuildFragment } from "../../src/widgets/rebuild.ts";
import { allVectors, vectorClasses } from "./all-vectors.ts";
import { CONTEXTS, offList } from "./off-list.ts";

const anyLink = { allowsLink: () => true };

test("there are more than 300 attacks, no two the same", () => {
  expect(new Set(allVectors).size).toBe(allVectors.length);
  expect(allVectors.length).toBeGreaterThan(300);
});

test("the check itself finds what it is there for", () => {
  expect(offList("div", '<p onclick="x">a<script>b</script><!-- c --><svg></svg><a href="https://a.example">')).toEqual(
    expect.arrayContaining(["p[onclick=x]", "script", "#comment", "svg", "a[href=https://a.example]"]),
  );
  expect(offList("div", '<a href="javascript:alert(1)">x</a><p src="mimolo://artifact/a">', true)).toHaveLength(2);
});

describe.each(Object.entries(vectorClasses))("attacks by %s", (_, vectors) => {
  test.each(vectors.map((vector, index) => [index, vector.slice(0, 120), vector] as const))(
    "leave nothing off the allowlist wherever they are shown: %i %j",
    (_index, _start, vector) => {
      for (const policy of [{}, anyLink]) {
        const rebuilt = rebuildFragment(vector, policy);
        if (!rebuilt.ok) continue;
        for (const context of CONTEXTS) expect(offList(context, rebuilt.html, policy === anyLink)).toEqual([]);
        expect(rebuildFragment(rebuilt.html, policy)).toEqual(rebuilt);
      }
    },
  );
});

test("an attack is refused only for its size", () => {
  const refused = Object.entries(vectorClasses).flatMap(([name, vectors]) =>
    vectors.filter((vector) => !rebuildFragment(vector).ok).map(() => name),
  );
  expect(new Set(refused)).toEqual(new Set(["sizes"]));
});
