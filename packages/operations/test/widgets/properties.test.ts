import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WIDGET_TAGS } from "@mimolo/protocol";
import { rebuildFragment, rebuildTree, type RebuiltWidget } from "../../src/widgets/rebuild.ts";
import { allVectors } from "./all-vectors.ts";
import { CONTEXTS, offList, parsedIn } from "./off-list.ts";
import { soup, words } from "./soup.ts";

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    words,
    fc.record({
      tag: fc.constantFrom<string>(...WIDGET_TAGS),
      attributes: fc.dictionary(
        fc.constantFrom("class", "title", "alt", "src", "href", "colspan", "aria-label"),
        fc.oneof(words, fc.constantFrom("mml-a", "mimolo://artifact/t", "javascript:x", "7", 7, true)),
      ),
      children: fc.array(tie("tree"), { maxLength: 5 }),
    }),
  ),
}));

/** The tags in the order of the document: what a parser reads must be what was written. */
const tagsIn = (html: string): string[] =>
  parsedIn("div", html).flatMap((node) => ("tagName" in node ? [node.tagName] : []));

function holds(rebuilt: RebuiltWidget): void {
  if (!rebuilt.ok) return;
  for (const context of CONTEXTS.slice(0, 4)) expect(offList(context, rebuilt.html)).toEqual([]);
  expect(tagsIn(rebuilt.html).sort()).toEqual((rebuilt.html.match(/(?<=<)[a-z]\w*/g) ?? []).sort());
  expect(rebuildFragment(rebuilt.html)).toEqual(rebuilt);
}

describe("whatever comes, nothing is off the allowlist, and what was written is read back the same", () => {
  test("from tags in any order", () => {
    fc.assert(
      fc.property(soup, (html) => holds(rebuildFragment(html))),
      { numRuns: 500 },
    );
  });

  test("from trees in any order", () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 4 }), (nodes) => {
        const rebuilt = rebuildTree(nodes);
        expect(rebuilt.ok).toBe(true);
        holds(rebuilt);
      }),
      { numRuns: 500 },
    );
  });

  test("from random bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        holds(rebuildFragment(Buffer.from(bytes).toString("utf8")));
        holds(rebuildFragment(Buffer.from(bytes).toString("latin1")));
      }),
      { numRuns: 500 },
    );
  });

  test("from two attacks cut anywhere and put together", () => {
    const short = allVectors.filter((vector) => vector.length < 400);
    const piece = fc.tuple(fc.constantFrom(...short), fc.nat(400), fc.nat(400));
    fc.assert(
      fc.property(piece, piece, ([first, from, to], [second, start, end]) => {
        holds(
          rebuildFragment(first.slice(Math.min(from, to), Math.max(from, to)) + second.slice(Math.min(start, end))),
        );
      }),
      { numRuns: 500 },
    );
  });
});

test("a tree may be anything at all", () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withSparseArray: true, withBigInt: true }), (value) => {
      holds(rebuildTree(value));
      holds(rebuildTree([{ tag: "div", attributes: value, children: [value] }]));
    }),
    { numRuns: 500 },
  );
});
