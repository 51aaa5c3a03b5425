import fc from "fast-check";
import { expect, test } from "vitest";
import { CONCEALED, Concealed } from "../../src/http/concealed.ts";

const secret = fc
  .string({ minLength: 8, maxLength: 40, unit: "grapheme-ascii" })
  .filter((text) => /^\S.*\S$/.test(text));

test("a secret goes in every form in which a server may repeat it", () => {
  fc.assert(
    fc.property(secret, fc.string(), (token, around) => {
      const text = [token, JSON.stringify(token), encodeURIComponent(token), Buffer.from(token).toString("base64")]
        .map((form) => `${around}${form}${around}`)
        .join("\n");
      const clean = new Concealed([`Bearer ${token}`]).clean(text);
      return !clean.includes(token) && !clean.includes(Buffer.from(token).toString("base64"));
    }),
    { numRuns: 300 },
  );
});

test("of a text that was cut, the beginning of a secret at its end goes too", () => {
  fc.assert(
    fc.property(secret, fc.integer({ min: 4, max: 40 }), (token, length) => {
      const cut = token.slice(0, Math.min(length, token.length));
      return !new Concealed([token]).cleanCut(`said ~~~ ${cut}`).endsWith(cut);
    }),
    { numRuns: 300 },
  );
});

test("a password goes where it stands without its user, as servers print it", () => {
  const basic = `Basic ${Buffer.from("me:hunter22").toString("base64")}`;
  expect(new Concealed([basic]).clean("wrong password hunter22 for me")).toBe(`wrong password ${CONCEALED} for me`);
});

test("what is short stands in too many words to be taken out", () => {
  expect(new Concealed(["1", "abc"]).clean("1 abc of 10 abcs")).toBe("1 abc of 10 abcs");
});
