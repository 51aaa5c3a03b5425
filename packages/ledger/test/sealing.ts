import type { VerifyOptions } from "../src/index.ts";
import { signWith, verifySignature } from "./temporary-ledger.ts";

/** In these tests a signature file is base64 of the signature; minisign's own format is trust's business. */
export const signFile = (bytes: Uint8Array, comment: string) =>
  `${comment}\n${Buffer.from(signWith(bytes)).toString("base64")}\n`;
export const verifySeal = (key: string, bytes: Uint8Array, text: string) => {
  const [comment, line = ""] = text.split("\n");
  const signature = Buffer.from(line, "base64");
  // The decoder passes over what is no base64; a check must not.
  return text === `${comment}\n${signature.toString("base64")}\n` && verifySignature(key, bytes, signature);
};

/** An erasure record as these tests write it. */
export const erasure = (seq: number) => (leaf: string) => ({
  members: `"kind":"erasure"`,
  bodyKey: "data" as const,
  body: JSON.stringify({ seq, leaf, by: "a test", why: "it should not be there" }),
  timeMs: null,
});

/** Reads such a record. */
export const erasureOf: NonNullable<VerifyOptions["erasureOf"]> = (line) => {
  const text = Buffer.from(line).toString();
  if (!text.includes('"kind":"erasure"')) return null;
  const { seq, leaf } = JSON.parse(text).data;
  return { seq, leaf };
};
