// Two sanitizers of others, told the same allowlist.
import createDOMPurify from "dompurify";
import { JSDOM } from "jsdom";
import sanitizeHtml from "sanitize-html";
import { parsedIn } from "./off-list.ts";

const TAGS =
  "div section article header footer h1 h2 h3 p span ul ol li table thead tbody tr th td figure figcaption img a".split(
    " ",
  );
const GONE =
  "script style template noscript title textarea xmp plaintext iframe noembed noframes svg math object embed audio video canvas select option optgroup datalist".split(
    " ",
  );

/** What sanitize-html leaves. */
export function bySanitizeHtml(html: string): string {
  return sanitizeHtml(html, {
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

/** What DOMPurify leaves, in jsdom. */
export function byDomPurify(html: string): string {
  return purify.sanitize(html, {
    ALLOWED_TAGS: ["#text", ...TAGS],
    ALLOWED_ATTR: ["class", "title", "alt", "colspan", "rowspan", "src"],
    ALLOW_ARIA_ATTR: true,
    ALLOW_DATA_ATTR: false,
    ALLOWED_URI_REGEXP: /^mimolo:\/\/artifact\//,
    ADD_FORBID_CONTENTS: GONE,
  });
}

/** Every element, and every attribute with its value, that stands in the HTML. */
export function factsIn(html: string): Set<string> {
  return new Set(
    parsedIn("div", html).flatMap((node) =>
      "tagName" in node
        ? [node.tagName, ...node.attrs.map(({ name, value }) => `${node.tagName}[${name}=${value}]`)]
        : [],
    ),
  );
}

/** Every word that is shown. */
export function wordsIn(html: string): Set<string> {
  const text = parsedIn("div", html).flatMap((node) => ("value" in node ? [node.value] : []));
  return new Set(text.join(" ").match(/[\p{L}\p{N}]+/gu) ?? []);
}
