// A widget's pictures: addresses of artifacts, which only the page can fetch.

/** As the collector writes them: a quote in a text is escaped, so this stands nowhere else. */
const PICTURE = / src="mimolo:\/\/artifact\/([A-Za-z0-9_-]{1,128})"/g;

/** More of them are not fetched for one widget. */
export const MOST_PICTURES = 24;
/** Larger ones, in bytes, are not shown in a widget. */
export const LARGEST_PICTURE = 8 * 1_048_576;
/** More than these characters of addresses do not go into one document: one picture shown a thousand times is a thousand addresses,
 *  and more than a tab can hold. */
export const MOST_ADDRESSES = 32 * 1_048_576;

/** The tokens of the pictures in it, each once. */
export function pictureTokens(html: string): readonly string[] {
  const tokens = new Set<string>();
  for (const [, token] of html.matchAll(PICTURE)) if (token !== undefined) tokens.add(token);
  return [...tokens].slice(0, MOST_PICTURES);
}

/** The same HTML with pictures as `data:` addresses; one that is not there, or is too much, leaves its
 *  description alone. */
export function withPictures(html: string, pictures: ReadonlyMap<string, string>): string {
  let left = MOST_ADDRESSES;
  return html.replace(PICTURE, (_, token: string) => {
    const picture = pictures.get(token);
    if (picture === undefined || picture.length > left) return "";
    left -= picture.length;
    return ` src="${picture}"`;
  });
}
