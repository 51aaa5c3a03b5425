import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const policy = {
  "default-src": "'none'",
  "script-src": "'self'",
  "img-src": "'self' data:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "manifest-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
  // Text of agents never becomes markup by accident: only the page's framework makes any, and what frames a widget.
  "require-trusted-types-for": "'script'",
  "trusted-types": "svelte-trusted-html mimolo-widget",
};

/** What the build of a page says of it in `page-policy.json`: the digests of the styles it writes into frames. */
const PagePolicy = z.object({
  style_hashes: z.array(z.string().regex(/^sha256-[A-Za-z0-9+/]{43}=$/)).max(8),
});

/** A page that holds a token runs what came with it and nothing else, talks to nobody but us, and stands in nobody's frame. What
 *  it shows in frames of its own is held to the same. Throws where the folder's `page-policy.json` is no such thing. */
export function pageHeaders(folder: string): Readonly<Record<string, string>> {
  const styles = ["'self'", ...styleHashesIn(folder).map((hash) => `'${hash}'`)];
  const directives = Object.entries({ ...policy, "style-src": styles.join(" ") });
  return {
    "content-security-policy": directives.map(([directive, sources]) => `${directive} ${sources}`).join("; "),
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
  };
}

function styleHashesIn(folder: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(join(folder, "page-policy.json"), "utf8");
  } catch {
    // A page without frames needs none.
    return [];
  }
  return PagePolicy.parse(JSON.parse(text)).style_hashes;
}
