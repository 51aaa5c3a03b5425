// Texts that read back as what they are, wherever a parser finds them.

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSHOWABLE = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/g;
const SPECIAL = /[&<>"']/;
const NEEDS_CARE = /[^\n -~\u00a0-\ud7ff]/;

/** Without control characters; line ends are `\n`, half a surrogate pair is U+FFFD. */
export function plainText(text: string): string {
  if (!NEEDS_CARE.test(text)) return text;
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/\f/g, " ")
    .replace(UNSHOWABLE, "")
    .replace(/\p{Surrogate}/gu, "\ufffd");
}

/** A plain text for between two tags or between the quotes of an attribute. */
export function escapeHtml(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
