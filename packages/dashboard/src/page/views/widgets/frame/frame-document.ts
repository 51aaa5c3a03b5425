import { FRAME_STYLESHEET } from "./stylesheet.ts";

export type Theme = "light" | "dark";

/** What a frame shows: a widget's HTML, as the collector rebuilt it, with its pictures in it already. */
export interface FrameContent {
  readonly html: string;
  readonly theme: Theme;
}

/** Beside what a frame inherits of the page's own policy: not even the page's address may be asked for anything. It stands in the
 *  document for browsers that do not heed it on the frame, where it holds before the first byte is read. */
export const FRAME_POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const HEAD = [
  '<meta charset="utf-8">',
  `<meta http-equiv="content-security-policy" content="${FRAME_POLICY}">`,
  '<meta name="referrer" content="no-referrer">',
  `<style>${FRAME_STYLESHEET}</style>`,
].join("");

/** The document of a widget's frame. Its one style element is what the page's policy knows by its hash. */
export function frameDocument({ html, theme }: FrameContent): string {
  return `<!doctype html><html lang="en" data-theme="${theme}"><head>${HEAD}</head><body>${html}</body></html>`;
}
