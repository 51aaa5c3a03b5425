// What a widget may not hold, said a second time and apart from the code under test.
import { type DefaultTreeAdapterMap, defaultTreeAdapter, html as names, parseFragment } from "parse5";

type Node = DefaultTreeAdapterMap["childNode"];

const TAGS = new Set(
  "div section article header footer h1 h2 h3 p span ul ol li table thead tbody tr th td figure figcaption img a".split(
    " ",
  ),
);
const VALUES: Readonly<Record<string, RegExp>> = {
  class: /^mml-[\w-]+( mml-[\w-]+)*$/,
  title: /^/,
  alt: /^/,
  colspan: /^\d+$/,
  rowspan: /^\d+$/,
  src: /^mimolo:\/\/artifact\/[\w-]+$/,
};
const OWNERS: Readonly<Record<string, string>> = { alt: "img", src: "img", href: "a" };

/** Where a page could put a widget, and what each makes of it. */
export const CONTEXTS = ["div", "template", "td", "select", "table", "tr", "p", "button", "body", "noscript"] as const;

/** All nodes, as an HTML parser finds them in an element of that name. */
export function parsedIn(context: string, html: string): readonly Node[] {
  const place = defaultTreeAdapter.createElement(context, names.NS.HTML, []);
  const found: Node[] = [];
  const rest: Node[] = [...parseFragment(place, html, { scriptingEnabled: context !== "noscript" }).childNodes];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    found.push(node);
    if ("childNodes" in node) rest.push(...node.childNodes);
    if ("content" in node) rest.push(...node.content.childNodes);
  }
  return found;
}

/** What is off the allowlist in it; `href` only when `mayLink`, and only to the web. */
export function offList(context: string, html: string, mayLink = false): string[] {
  return parsedIn(context, html).flatMap((node) => {
    if (node.nodeName === "#text") return [];
    if (!("tagName" in node)) return [node.nodeName];
    const isKnown = TAGS.has(node.tagName) && node.namespaceURI === names.NS.HTML;
    const attributes = node.attrs.filter(({ name, value, prefix }) => {
      if (prefix !== undefined || (OWNERS[name] ?? node.tagName) !== node.tagName) return true;
      if (name === "href") return !mayLink || !/^https?:\/\/[^@]*$/.test(value);
      return !(/^aria-[a-z]+$/.test(name) || (Object.hasOwn(VALUES, name) && VALUES[name]?.test(value) === true));
    });
    return [
      ...(isKnown ? [] : [node.tagName]),
      ...attributes.map(({ name, value }) => `${node.tagName}[${name}=${value}]`),
    ];
  });
}
