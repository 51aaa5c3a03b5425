import type { VerifyOptions } from "../src/index.ts";
import { signWith, verifySignature } from "./temporary-ledger.ts";

/** In these tests a signature file is base64 of the signature; minisign's own format is trust's business. */
export const signFile = (bytes: Uint8Array, comment: string) =>
  `${comment}\n${Buffer.from(signWith(bytes)).toString("base64")}\n`;
export const verifySeal = (key: string, bytes: Uint8Array, text: string) =>
  text === `${text.split("\n").slice(0, 2).join("\n")}\n` &&
  verifySignature(key, bytes, Buffer.from(text.split("\n")[1] ?? "", "base64"));

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
