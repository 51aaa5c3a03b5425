/** What a browser may take for what it says it is: pictures that run nothing, and text that is only text. */
const SHOWN: ReadonlyMap<string, string> = new Map([
  ["image/png", "image/png"],
  ["image/jpeg", "image/jpeg"],
  ["image/gif", "image/gif"],
  ["image/webp", "image/webp"],
  ["image/avif", "image/avif"],
  ["image/bmp", "image/bmp"],
  ["text/plain", "text/plain; charset=utf-8"],
  ["text/csv", "text/csv; charset=utf-8"],
  ["text/markdown", "text/plain; charset=utf-8"],
  ["application/json", "text/plain; charset=utf-8"],
]);

/** How bytes that an agent calls `mime` are handed out. Everything that is not known to be harmless is a file to be kept. */
export function headersFor(mime: string): Readonly<Record<string, string>> {
  const shown = SHOWN.get(mime.split(";", 1)[0]?.trim().toLowerCase() ?? "");
  return {
    "content-type": shown ?? "application/octet-stream",
    ...(shown === undefined ? { "content-disposition": "attachment" } : {}),
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
  };
}
