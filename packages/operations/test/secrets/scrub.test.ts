import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Scrub, SCRUBBED } from "../../src/secrets/scrub.ts";

function cleaned(secrets: readonly string[], text: string): string {
  const scrub = new Scrub();
  scrub.learn(secrets);
  return scrub.clean(text);
}

test("a secret goes in the forms in which programs print it", () => {
  const secret = 'pass"word\\with space';
  const base64 = Buffer.from(secret).toString("base64");
  const printed = [secret, JSON.stringify(secret), encodeURIComponent(secret), base64].join(" | ");
  expect(cleaned([secret], printed)).toBe(`${SCRUBBED} | "${SCRUBBED}" | ${SCRUBBED} | ${SCRUBBED}`);
});

test("of several lines each goes, the longest first, and what a cut left over", () => {
  expect(cleaned(["first line of it\nsecond line of it"], "read: second line of it")).toBe(`read: ${SCRUBBED}`);
  expect(cleaned(["token", "token-and-more"], "is token-and-more")).toBe(`is ${SCRUBBED}`);
  expect(cleaned(["token-and-more"], "is token-an…")).toBe(`is ${SCRUBBED}…`);
});

test("what is too short to be told from other words stays, and so does every text without secrets", () => {
  expect(cleaned(["no"], "nobody knows")).toBe("nobody knows");
  const text = "the same text";
  expect(cleaned(["something else"], text)).toBe(text);
});

test("whatever is learnt, none of it is left", () => {
  const secret = fc
    .string({ minLength: 4, maxLength: 12, unit: "binary" })
    .filter((each) => !SCRUBBED.includes(each.trim()));
  fc.assert(
    fc.property(
      fc.array(secret, { minLength: 1, maxLength: 3 }),
      fc.string(),
      fc.string(),
      (secrets, before, after) => {
        const [one = ""] = secrets;
        const left = cleaned(secrets, `${before}${one}${after}`);
        expect(left.replaceAll(SCRUBBED, "").includes(one) && !`${before}${after}`.includes(one)).toBe(false);
      },
    ),
    { numRuns: 300 },
  );
});
