// Elements that are not on the allowlist: most lose their tags and keep their text, these go with everything in them.

/** Raw text, foreign namespaces, what embeds other things, and what parsers of different age read differently. */
export const GONE_WITH_CONTENT: ReadonlySet<string> = new Set(
  [
    "script style template noscript title textarea xmp plaintext",
    "iframe noembed noframes frameset frame head base link meta",
    "svg math annotation-xml desc foreignobject mi mn mo ms mtext mglyph malignmark",
    "object embed applet param portal fencedframe",
    "audio video canvas source track map area colgroup col",
    "select option optgroup datalist selectedcontent",
  ].flatMap((names) => names.split(" ")),
);
