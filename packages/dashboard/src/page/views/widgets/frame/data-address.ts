/** Pictures that need no program to be shown: no SVG, which is a document. */
const PICTURE_TYPES = new Set(["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif", "image/bmp"]);

/** A chunk that `String.fromCharCode` takes as arguments at once. */
const CHUNK = 0x8000;

/** The bytes as `data:` address; `null` for what is no picture that may be shown. */
export function pictureAddress(bytes: Uint8Array, contentType: string): string | null {
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (!PICTURE_TYPES.has(type)) return null;
  let binary = "";
  for (let from = 0; from < bytes.length; from += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  }
  return `data:${type};base64,${btoa(binary)}`;
}
