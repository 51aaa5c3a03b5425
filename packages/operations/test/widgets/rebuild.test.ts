import { expect, test } from "vitest";
import { rebuildFragment, rebuildWidget } from "../../src/widgets/rebuild.ts";

const htmlOf = (html: string, policy = {}): string => {
  const rebuilt = rebuildFragment(html, policy);
  return rebuilt.ok ? rebuilt.html : rebuilt.code;
};

test("a widget of allowed elements comes through as it was written", () => {
  const widget =
    '<section class="mml-card"><header><h2>Folders</h2></header><table><thead><tr><th>Name</th><th>Files</th></tr></thead>' +
    '<tbody><tr><td colspan="2" title="a &quot;b&quot;">src &amp; test</td></tr></tbody></table>' +
    '<ul><li>one</li><li>two <span class="mml-muted">2</span></li></ul><p aria-label="x">\u20ac 5 &lt; 6</p>' +
    '<figure><img src="mimolo://artifact/abc-_1" alt="The screen"><figcaption>Now</figcaption></figure></section>';
  expect(rebuildFragment(widget)).toEqual({ ok: true, html: widget, artifacts: ["abc-_1"], nodes: 28 });
});

test("tokens of pictures are told once each, in the order of the pictures", () => {
  const picture = (token: string): string => `<img src="mimolo://artifact/${token}">`;
  expect(rebuildFragment(["b", "a", "b"].map(picture).join(""))).toMatchObject({ artifacts: ["b", "a"] });
  expect(rebuildFragment("<p title='mimolo://artifact/c'>mimolo://artifact/d</p>")).toMatchObject({ artifacts: [] });
});

test("an element off the list loses its tags and keeps its text", () => {
  expect(htmlOf("<p>a <b>bold</b> <custom-x>word</custom-x></p>")).toBe("<p>a bold word</p>");
});

test("raw text, foreign elements and what embeds others go with their content", () => {
  expect(htmlOf("a<script>b</script><style>c</style><svg><text>d</text></svg><select><option>e</select>f")).toBe("af");
});

test("neighbouring texts become one", () => {
  expect(rebuildFragment("a<!-- x --><b>b</b><script></script>c")).toEqual({
    ok: true,
    html: "abc",
    artifacts: [],
    nodes: 1,
  });
});

test("of a class attribute the names that the page defines stay", () => {
  expect(htmlOf('<p class="evil mml-card\n mml-row mmlx x-mml-card mml-unknown">x</p><p class="evil">y</p>')).toBe(
    '<p class="mml-card mml-row">x</p><p>y</p>',
  );
});

test("a cell spans from 1 to 100 others", () => {
  const cell = (span: string): string => htmlOf(`<table><tbody><tr><td colspan="${span}"></td></tr></tbody></table>`);
  for (const span of ["1", "42", "100"]) expect(cell(span)).toContain(`colspan="${span}"`);
  for (const span of ["0", "01", "101", "-1", "1.5", " 2", "1e1", ""]) expect(cell(span)).not.toContain("colspan");
});

test("a link leads nowhere unless the policy says so, and it is asked for plain web addresses only", () => {
  const asked: string[] = [];
  const allowsLink = (address: URL): boolean => asked.push(address.href) > 0 && address.protocol === "https:";
  const links = ["HTTPS://A.example/x y", "http://b.example", "javascript:1", "//c.example", "https://me:pw@d.example"];
  const html = links.map((link) => `<a href="${link}">x</a>`).join("");
  expect(htmlOf(html)).toBe("<a>x</a>".repeat(5));
  expect(htmlOf(html, { allowsLink })).toBe(`<a href="https://a.example/x%20y">x</a>${"<a>x</a>".repeat(4)}`);
  expect(asked).toEqual(["https://a.example/x%20y", "http://b.example/"]);
});

test("only a link has an address", () => {
  expect(htmlOf('<div href="https://a.example"><img href="https://a.example"></div>', { allowsLink: () => true })).toBe(
    "<div><img></div>",
  );
});

test("a link in a link is one link", () => {
  expect(htmlOf("<a>x<table><tbody><tr><td><a>y</a></td></tr></tbody></table></a>")).toBe(
    "<a>x<table><tbody><tr><td>y</td></tr></tbody></table></a>",
  );
});

test("a table gets the groups and rows it lacks, and what is no part of it stands before it", () => {
  expect(htmlOf("<table><caption>Sum</caption><tr><td>1</td></tr><tfoot><tr><td>2</td></tr></tfoot></table>")).toBe(
    "Sum<table><tbody><tr><td>1</td></tr></tbody><tbody><tr><td>2</td></tr></tbody></table>",
  );
});

test("what is no item of a list becomes one", () => {
  expect(htmlOf("<ul> a<b>b</b> <li>c</li> </ul>")).toBe("<ul><li> ab </li><li>c</li></ul>");
});

test("an item outside a list, or a block in a paragraph, leaves its text", () => {
  expect(htmlOf("<li>a</li><p>x<object><div>gone</div></object><button><div>b</div></button></p>")).toBe("a<p>xb</p>");
});

test("control characters go, line ends are one kind, half a surrogate pair is a replacement character", () => {
  expect(htmlOf("a\u0001b&#13;c\u007f\ud800<p title='\u0002x'></p>")).toBe('ab\nc\ufffd<p title="x"></p>');
});

test("a frame is rebuilt by its mode", () => {
  expect(rebuildWidget({ mode: "html_fragment_v1", html: "<p>x", ttl_ms: 1 })).toMatchObject({ html: "<p>x</p>" });
  expect(rebuildWidget({ mode: "tree_v1", tree: { tag: "p", children: ["x"] }, ttl_ms: 1 })).toMatchObject({
    html: "<p>x</p>",
  });
});

test("an error of the policy is nobody's widget: it is thrown", () => {
  const allowsLink = (): boolean => {
    throw new TypeError("broken");
  };
  expect(() => rebuildFragment('<a href="https://a.example">', { allowsLink })).toThrow(TypeError);
});
