import fc from "fast-check";
import { expect, test } from "vitest";
import { cookieIn } from "../../src/x11/authority.ts";
import { authorityWith } from "./xvfb.ts";

const entry = (family: number, address: string, number: string, cookie: string) =>
  authorityWith({ family, address, number, cookie: Buffer.from(cookie) });
const wordIn = (file: Uint8Array, number = "0") => {
  const cookie = cookieIn(file, { number, host: "desk" });
  return cookie === null ? null : Buffer.from(cookie).toString();
};

test("the word of this machine's display counts before one for any machine, and that before another machine's", () => {
  const [other, any, here] = [
    entry(256, "old-name", "0", "other"),
    entry(65_535, "", "0", "any"),
    entry(256, "desk", "0", "here"),
  ];
  expect(wordIn(Buffer.concat([other, any, here]))).toBe("here");
  expect(wordIn(Buffer.concat([other, any]))).toBe("any");
  expect(wordIn(other)).toBe("other");
});

test("an entry without a number is for every display, one with another number for none of ours", () => {
  expect(wordIn(entry(256, "desk", "", "word"), "7")).toBe("word");
  expect(wordIn(entry(256, "desk", "1", "word"))).toBeNull();
  expect(wordIn(entry(0, "desk", "0", "over the network"))).toBeNull();
});

test("of a file cut anywhere, what is whole counts, and whatever the bytes are nothing is thrown", () => {
  const whole = Buffer.concat([entry(256, "desk", "0", "word"), entry(256, "desk", "1", "other")]);
  fc.assert(
    fc.property(fc.nat(whole.length), fc.uint8Array({ maxLength: 64 }), (length, garbage) => {
      const cut = whole.subarray(0, length);
      expect(wordIn(cut)).toBe(length >= entry(256, "desk", "0", "word").length ? "word" : null);
      cookieIn(Buffer.concat([cut, garbage]), { number: "0", host: "desk" });
    }),
    { numRuns: 200 },
  );
});
