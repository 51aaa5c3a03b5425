import { WidgetTree } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { rebuildFragment, rebuildTree } from "../../src/widgets/rebuild.ts";

const htmlOf = (tree: unknown): string => {
  const rebuilt = rebuildTree(tree);
  return rebuilt.ok ? rebuilt.html : rebuilt.message;
};

test("a tree says the same as the HTML it is drawn as", () => {
  const tree: WidgetTree = {
    tag: "section",
    attributes: { class: "mml-card", "aria-hidden": false },
    children: [
      { tag: "h2", children: ["a < b"] },
      {
        tag: "table",
        children: [{ tag: "tr", children: [{ tag: "td", attributes: { colspan: 2 }, children: ["x"] }] }],
      },
      { tag: "img", attributes: { src: "mimolo://artifact/t", alt: "it" } },
    ],
  };
  const html =
    '<section class="mml-card" aria-hidden="false"><h2>a &lt; b</h2>' +
    '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table><img src="mimolo://artifact/t" alt="it"></section>';
  expect(rebuildTree(tree)).toEqual({ ok: true, html, artifacts: ["t"], nodes: 9 });
  expect(rebuildFragment(html)).toEqual(rebuildTree(tree));
});

test("a text is a text, whatever it looks like", () => {
  expect(htmlOf(["<script>alert(1)</script>", "&lt;"])).toBe("&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;");
});

test("elements in places that HTML does not know are set right", () => {
  expect(htmlOf({ tag: "p", children: ["a", { tag: "div", children: ["b", { tag: "p", children: ["c"] }] }] })).toBe(
    "<p>abc</p>",
  );
  expect(htmlOf({ tag: "td", children: [{ tag: "li", children: ["x"] }] })).toBe("x");
  expect(htmlOf({ tag: "table", children: ["be", { tag: "td", children: ["x"] }, "fore"] })).toBe(
    "before<table><tbody><tr><td>x</td></tr></tbody></table>",
  );
  expect(htmlOf({ tag: "img", children: ["never shown"] })).toBe("<img>");
});

test.each([
  [
    [{ tag: "p" }, { tag: "div", children: ["a", { tag: "script" }] }],
    "tree[1].children[1].tag: is no element of a widget",
  ],
  [{ tag: "p", attributes: { onclick: "x" } }, "tree.attributes.onclick: is no attribute of a widget"],
  [{ tag: "p", attributes: { title: [] } }, "tree.attributes.title: is neither a text nor an element"],
  [{ tag: "p", children: [7] }, "tree.children[0]: is neither a text nor an element"],
  [{ tag: "p", children: "x" }, "tree.children: Invalid input: expected array, received string"],
  [null, "tree: is neither a text nor an element"],
  ["x", "tree: is neither a text nor an element"],
])("a tree that breaks its schema is refused, and the message says where: %j", (tree, message) => {
  expect(rebuildTree(tree)).toEqual({ ok: false, code: "invalid-tree", message });
});

test("values a widget may not show are left out, as in HTML", () => {
  expect(htmlOf({ tag: "a", attributes: { href: "javascript:alert(1)", class: "x", title: "t" } })).toBe(
    '<a title="t"></a>',
  );
  expect(htmlOf({ tag: "img", attributes: { src: "https://a.example/x.png" } })).toBe("<img>");
});

test("what a newer agent adds beside tag, attributes and children is ignored", () => {
  expect(htmlOf({ tag: "p", key: 1, children: ["x"] })).toBe("<p>x</p>");
});
