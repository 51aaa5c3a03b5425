/** Decodes base64 that has exactly one spelling: standard alphabet, padded, no spare bits. Null for anything else, or when
 *  the bytes are not `length` many. */
export function decodeCanonical(text: string, length: number): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.length === length && bytes.toString("base64") === text ? bytes : null;
}
