// A frame runs nothing and fetches nothing, but no policy keeps a browser from looking up a name and connecting to it ahead of a
// request that the policy then stops: a link, a frame within, a hint. Such markup the collector never writes, and so it is not
// framed.

const TAGS =
  "div|section|article|header|footer|h1|h2|h3|p|span|ul|ol|li|table|thead|tbody|tr|th|td|figure|figcaption|img|a";
const ATTRIBUTES = [
  `(?:title|alt|aria-[a-z]{1,32})="[^<>"']*"`,
  `class="mml-[\\w-]+(?: mml-[\\w-]+)*"`,
  `(?:col|row)span="\\d{1,3}"`,
  `src="mimolo://artifact/[\\w-]{1,128}"`,
].join("|");
const TAG = new RegExp(`<(?:/(?:${TAGS})|(?:${TAGS})(?: (?:${ATTRIBUTES}))*)>`, "g");

/** Whether it is HTML in the one form in which the collector writes widgets: tags of its list, and texts with nothing unescaped. */
export function isAsWritten(html: string): boolean {
  return !/[<>"']/.test(html.replace(TAG, ""));
}
