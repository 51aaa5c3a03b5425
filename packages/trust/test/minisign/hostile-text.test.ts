import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  parsePublicKey,
  parsePublicKeyFile,
  parseSecretKeyFile,
  parseSignature,
  verifyFile,
  verifyRaw,
} from "../../src/index.ts";
import { freshKey } from "../samples.ts";

const base64 = (length: number, head: string) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((rest) => Buffer.concat([Buffer.from(head, "latin1"), rest]).toString("base64"));
const line = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.base64String({ maxLength: 300 }),
  base64(40, "Ed"),
  base64(72, "ED"),
  base64(64, ""),
  base64(156, "Ed"),
  base64(102, `Ed\0\0B2${"\0".repeat(48)}`),
);
const comment = fc.constantFrom("untrusted comment: ", "trusted comment: ", "trusted comment: x", "");
const text = fc.array(fc.oneof(line, comment), { maxLength: 6 }).map((lines) => lines.join("\n"));
const signatureText = fc.tuple(comment, line, comment, line).map((lines) => `${lines.join("\n")}\n`);

test("no text of a stranger's makes a reader throw", () => {
  const { publicKey } = freshKey();
  fc.assert(
    fc.property(fc.oneof(text, signatureText), line, (stranger, key) => {
      for (const read of [parsePublicKey, parsePublicKeyFile, parseSecretKeyFile, parseSignature])
        expect(read(stranger)).toHaveProperty("ok");
      expect(verifyFile({ publicKey, bytes: Buffer.alloc(3), signatureText: stranger }).ok).toBe(false);
      expect(verifyFile({ publicKey: key, bytes: Buffer.alloc(3), signatureText: stranger }).ok).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test("no point of a stranger's, on the curve or not, makes a check throw or hold", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 40, maxLength: 40 }),
      fc.uint8Array({ maxLength: 70 }),
      (idAndPoint, signature) => {
        const publicKey = Buffer.concat([Buffer.from("Ed"), idAndPoint]).toString("base64");
        expect(verifyRaw(publicKey, Buffer.from("x"), signature)).toBe(false);
        expect(verifyRaw(publicKey, Buffer.from("x"), Buffer.alloc(64))).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});

test("a signature with its second half written another way does not hold", () => {
  const key = freshKey();
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const signature = Buffer.from(key.sign(Buffer.from("x")));
  const half = BigInt(`0x${Buffer.from(signature.subarray(32).toReversed()).toString("hex")}`) + order;
  const again = Buffer.from(half.toString(16).padStart(64, "0"), "hex").toReversed();
  expect(verifyRaw(key.publicKey, Buffer.from("x"), signature)).toBe(true);
  expect(verifyRaw(key.publicKey, Buffer.from("x"), Buffer.concat([signature.subarray(0, 32), again]))).toBe(false);
});
