import { WIDGET_TAGS } from "@mimolo/protocol";
import fc from "fast-check";

const OTHERS =
  "b i a nobr font form button input select option optgroup textarea script style template noscript svg math mtext mi desc foreignObject title annotation-xml caption colgroup col tfoot object marquee dd dt pre br hr image body html head frameset iframe xmp plaintext ruby rt listing";
const tags = fc.oneof(fc.constantFrom<string>(...WIDGET_TAGS), fc.constantFrom(...OTHERS.split(" ")));
/** Texts that a parser has to think about. */
export const words = fc.oneof(
  fc.constantFrom("x", " ", "\n", "<", "&", "&lt;", "\u0000", "\r", "\f", "<!--", "-->", "]]>", "<![CDATA[", "\ufeff"),
  fc.string({ maxLength: 6, unit: "binary" }),
);
const attributes = fc.oneof(
  fc.constantFrom(
    "",
    " class=mml-a",
    " class='x mml-b'",
    " onclick=x",
    " title='<p>\"'",
    " href=javascript:x",
    " is=y",
  ),
  fc.constantFrom(
    " src=mimolo://artifact/a",
    " href=https://a.example/?b&c",
    " colspan=2",
    " id=x",
    " encoding=text/html",
  ),
);
/** Tags in any order, most of them never closed, as no tree would have them. */
export const soup = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.tuple(tags, attributes).map(([tag, given]) => `<${tag}${given}>`) },
      { weight: 3, arbitrary: tags.map((tag) => `</${tag}>`) },
      { weight: 2, arbitrary: words },
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));
