// Two sanitizers of others, told the same allowlist.
import createDOMPurify from "dompurify";
import { JSDOM } from "jsdom";
import sanitizeHtml from "sanitize-html";
import { defaultTreeAdapter, html as names, parseFragment, serialize } from "parse5";
import { parsedIn } from "./off-list.ts";

const TAGS =
  "div section article header footer h1 h2 h3 p span ul ol li table thead tbody tr th td figure figcaption img a".split(
    " ",
  );
const GONE = [
  "script style template noscript title textarea xmp plaintext iframe noembed noframes svg math object embed audio video",
  "canvas select option optgroup datalist selectedcontent annotation-xml desc foreignobject mi mn mo ms mtext colgroup",
].flatMap((tags) => tags.split(" "));

/** What sanitize-html leaves. Its own parser is none of the standard's (all of `<svg>x<p>y` is foreign to it), so it is
 *  told what a browser reads, and spared raw text that it would take for elements, or for the rest of all. */
export function bySanitizeHtml(html: string): string {
  const place = defaultTreeAdapter.createElement("div", names.NS.HTML, []);
  const read = serialize(parseFragment(place, html, { scriptingEnabled: false }));
  return sanitizeHtml(read.replace(/<(iframe|noembed|noframes|plaintext)\b.*?<\/\1>/gs, "<$1></$1>"), {
    allowedTags: TAGS,
    allowedAttributes: {
      "*": ["class", "title", "aria-*"],
      img: ["alt", "src"],
      td: ["colspan", "rowspan"],
      th: ["colspan", "rowspan"],
    },
    allowedSchemes: ["mimolo"],
    allowProtocolRelative: false,
    nonTextTags: GONE,
    parseStyleAttributes: false,
  });
}

const purify = createDOMPurify(new JSDOM("").window);

/** What DOMPurify leaves, in jsdom. The doctype keeps the document out of quirks mode, as a fragment and a frame's `srcdoc` are:
 *  there, `<p><desc><table>` would be one inside the other. The character before it keeps it in a body. Of attributes that look
 *  like markup it has no fear here: they are escaped, which a browser's own `innerHTML` does not do. */
export function byDomPurify(html: string): string {
  return purify.sanitize(`<!doctype html>\u200b${html}`, {
    ALLOWED_TAGS: ["#text", ...TAGS],
    ALLOWED_ATTR: ["class", "title", "alt", "colspan", "rowspan", "src"],
    ALLOW_ARIA_ATTR: true,
    ALLOW_DATA_ATTR: false,
    ALLOWED_URI_REGEXP: /^mimolo:\/\/artifact\//,
    ADD_URI_SAFE_ATTR: ["colspan", "rowspan"],
    ADD_FORBID_CONTENTS: GONE,
    SAFE_FOR_XML: false,
  });
}

/** Every element, every class name, and every other attribute with its value, that stands in the HTML. */
function factsIn(html: string): Set<string> {
  return new Set(
    parsedIn("div", html).flatMap((node) => {
      if (!("tagName" in node)) return [];
      const attributes = node.attrs.flatMap(({ name, value }) =>
        name === "class" ? value.split(/\s+/).map((each) => `class ${each}`) : [`${name}=${visible(value)}`],
      );
      return [node.tagName, ...attributes.map((attribute) => `${node.tagName}: ${attribute}`)];
    }),
  );
}

/** All text that is shown, without spaces. */
function textOf(html: string): string {
  return visible(
    parsedIn("div", html)
      .flatMap((node) => ("value" in node ? [node.value] : []))
      .join(""),
  );
}

function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\p{Zs}\p{Zl}\p{Zp}\u200b\ufeff\ufffd\ufffe\uffff]/gu, "");
}

/** What the writer adds of itself, so that a parser need not. */
const ADDED: ReadonlySet<string> = new Set(["li", "tbody", "tr"]);

/** What is in ours although the oracle removed it from the source, or would remove it from ours. */
export function disagreement(oracle: (html: string) => string, source: string, ours: string): string[] {
  const [facts, text] = [factsIn(ours), textOf(ours)];
  const fromSource = oracle(source);
  const [theirFacts, theirText] = [factsIn(fromSource), textOf(fromSource)];
  const fromOurs = oracle(ours);
  const [kept, keptText] = [factsIn(fromOurs), textOf(fromOurs)];
  return [
    ...[...facts].filter((fact) => !theirFacts.has(fact) && !ADDED.has(fact)),
    ...new Set(Array.from(text).filter((character) => !theirText.includes(character))),
    ...[...facts].filter((fact) => !kept.has(fact)),
    ...(keptText === text ? [] : [`${text} is ${keptText}`]),
  ];
}
