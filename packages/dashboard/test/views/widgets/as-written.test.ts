import { WIDGET_ATTRIBUTE_PATTERN, WIDGET_TAGS } from "@mimolo/protocol";
import { describe, expect, test } from "vitest";
import { rebuildFragment, rebuildTree } from "../../../../operations/src/widgets/rebuild.ts";
import { allVectors } from "../../../../operations/test/widgets/all-vectors.ts";
import { offList } from "../../../../operations/test/widgets/off-list.ts";
import { isAsWritten } from "../../../src/page/views/widgets/frame/as-written.ts";
import { leaks, lures } from "../../process/widgets/leaks.ts";

const ADDRESS = "http://evil.example/x";

describe("what the collector writes", () => {
  test.each(WIDGET_TAGS.map((tag) => [tag]))("a %s is shown", (tag) => {
    const attributes = { class: "mml-card", title: `a <b> "c" 'd'`, "aria-label": "&lt;" };
    const widget = rebuildTree({ tag, attributes, children: tag === "img" ? [] : ["<x>", '"', "'", "é\n"] });
    expect(widget.ok && isAsWritten(widget.html)).toBe(true);
  });

  test("every attack is, once it is rebuilt", () => {
    const kept = allVectors.filter((vector) => {
      const widget = rebuildFragment(vector);
      return widget.ok && !isAsWritten(widget.html);
    });
    expect(kept).toEqual([]);
  });

  test("pictures are, and their size on the page is no matter", () => {
    expect(WIDGET_ATTRIBUTE_PATTERN.test("src")).toBe(true);
    const html = `<img src="mimolo://artifact/${"a".repeat(43)}" alt="a &quot;b&quot;">`;
    expect(isAsWritten(`<figure>${html}</figure>`)).toBe(true);
  });
});

describe("what the collector does not write", () => {
  test.each([...Object.entries(leaks), ...Object.entries(lures)])("%s is not shown", (_, leak) => {
    expect(isAsWritten(leak(ADDRESS))).toBe(false);
  });

  test("an attack that is shown all the same has nothing off the list in it", () => {
    const shown = allVectors.filter(isAsWritten);
    expect(
      shown.filter((html) => ["div", "body", "table", "noscript"].some((place) => offList(place, html).length > 0)),
    ).toEqual([]);
    expect(shown.length).toBeLessThan(allVectors.length / 10);
  });

  test.each([
    ["<p"],
    ["p>"],
    ["<P>x</P>"],
    ["<p >x</p>"],
    ["<p/>"],
    ["<p title=x>"],
    ["<p title='x'>"],
    ['<p title="x"title="y">'],
    ['<p\ntitle="x">'],
    ['<a href="https://a.example/">x</a>'],
    ['<img src="data:,">'],
    ["<!-- x -->"],
    ["<<p>p>"],
    ["<p<p>>"],
    ['<p title="<p>">'],
  ])("%s", (html) => {
    expect(isAsWritten(html)).toBe(false);
  });

  test("that is said of much in no time", () => {
    const before = performance.now();
    for (const each of ["<", "<p ", '<p title="', "<p>", '<p title="x" ', "a"])
      isAsWritten(each.repeat(200_000 / each.length));
    expect(performance.now() - before).toBeLessThan(500);
  });
});
