import { expect, test } from "vitest";
import { rebuildFragment, rebuildTree, type RebuiltWidget } from "../../src/widgets/rebuild.ts";

const codeOf = (rebuilt: RebuiltWidget): string => (rebuilt.ok ? "ok" : rebuilt.code);
const htmlCode = (html: string): string => codeOf(rebuildFragment(html));
const treeCode = (tree: unknown): string => codeOf(rebuildTree(tree));

function nested(depth: number, tag = "div"): unknown {
  let tree: unknown = { tag };
  for (let level = 1; level < depth; level += 1) tree = { tag, children: [tree] };
  return tree;
}

test("64 KiB are read, counted in bytes, and not one more", () => {
  expect(htmlCode("a".repeat(65_536))).toBe("ok");
  expect(htmlCode("a".repeat(65_537))).toBe("too-large");
  expect(htmlCode("\u20ac".repeat(21_846))).toBe("too-large");
  expect(treeCode(["a".repeat(65_536)])).toBe("ok");
  expect(treeCode(["\u20ac".repeat(21_846)])).toBe("too-large");
  expect(treeCode({ tag: "p", attributes: { title: "a".repeat(65_537) } })).toBe("too-large");
});

test("64 KiB are written, entities included", () => {
  expect(htmlCode("&".repeat(13_107))).toBe("ok");
  expect(htmlCode("&".repeat(13_108))).toBe("too-large");
  expect(treeCode(["<".repeat(20_000)])).toBe("too-large");
});

test("5,000 nodes are read, and not one more", () => {
  expect(htmlCode("<img>".repeat(5_000))).toBe("ok");
  expect(htmlCode("<img>".repeat(5_001))).toBe("too-many-nodes");
  expect(htmlCode("<p>a".repeat(2_501))).toBe("too-many-nodes");
  expect(htmlCode("<!---->".repeat(5_001))).toBe("too-many-nodes");
  expect(treeCode(Array.from({ length: 5_000 }, () => ({ tag: "p" })))).toBe("ok");
  expect(treeCode(Array.from({ length: 5_001 }, () => ({ tag: "p" })))).toBe("too-many-nodes");
});

test("5,000 nodes are written, those a table lacks included", () => {
  expect(treeCode({ tag: "table", children: Array.from({ length: 2_499 }, () => ({ tag: "tr" })) })).toBe("ok");
  const cells = Array.from({ length: 1_000 }, () => ({ tag: "td" }));
  expect(treeCode(cells.map((cell) => ({ tag: "table", children: [cell] })))).toBe("ok");
  expect(treeCode([...cells, ...cells].map((cell) => ({ tag: "table", children: [cell] })))).toBe("too-many-nodes");
});

test("elements stand 64 deep, and not one deeper", () => {
  expect(htmlCode("<div>".repeat(64))).toBe("ok");
  expect(htmlCode("<div>".repeat(65))).toBe("too-deep");
  expect(htmlCode(`${"<div>".repeat(64)}<img>`)).toBe("too-deep");
  expect(treeCode(nested(64))).toBe("ok");
  expect(treeCode(nested(65))).toBe("too-deep");
});

test("what goes with its content counts as deep as it stands, and what a table lacks is written as deep as it stands", () => {
  expect(htmlCode("<template>".repeat(65))).toBe("too-deep");
  expect(htmlCode("<svg>".repeat(65))).toBe("too-deep");
  let tables: unknown = "x";
  for (let level = 0; level < 17; level += 1) tables = { tag: "table", children: [{ tag: "td", children: [tables] }] };
  expect(treeCode(tables)).toBe("too-deep");
});

test("a parser that makes many nodes of a few is stopped at the cap", () => {
  const styles = Array.from({ length: 50 }, (_, index) => `<font a${index}>`).join("");
  expect(htmlCode(styles + "</p>".repeat(10_000))).toBe("too-many-nodes");
});

test("every refusal has a sentence for the author", () => {
  const refused = [rebuildFragment("a".repeat(65_537)), rebuildFragment("<p>".repeat(5_001)), rebuildTree(nested(65))];
  for (const rebuilt of refused)
    expect(rebuilt).toMatchObject({ ok: false, message: expect.stringMatching(/^A|^E.*\.$/) });
});

test.each(["div", "b", "svg", "template", "table><tr><td", "math><mi", "a", "blink"])(
  "5,000 of %s in each other are refused within 50 ms of processor time",
  (tags) => {
    const hostile = `<${tags}>`.repeat(5_000);
    const fits = hostile.length <= 65_536 ? hostile : hostile.slice(0, 65_536);
    const took = Array.from({ length: 5 }, () => {
      const before = process.cpuUsage();
      rebuildFragment(fits);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    });
    expect(Math.min(...took)).toBeLessThan(50);
  },
);

test("a tree 5,000 deep, or one that holds itself, is refused", () => {
  expect(treeCode(nested(5_000))).toBe("too-deep");
  const loop: { tag: string; children: unknown[] } = { tag: "div", children: [] };
  loop.children.push(loop);
  expect(treeCode(loop)).toBe("too-deep");
  const crowd = Array.from({ length: 2 }, () => loop.children);
  expect(treeCode({ tag: "div", children: [...crowd, ...Array.from({ length: 6_000 }, () => "x")] })).toBe(
    "too-many-nodes",
  );
});
