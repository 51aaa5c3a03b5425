// A body that is no JSON any more, or JSON that nobody writes.
import fc from "fast-check";
import type { Asked } from "./asked.ts";

type Text = Pick<Asked, "body" | "misfit">;

export function spoiltText(text: string): fc.Arbitrary<Text>[] {
  const ways = [
    cutShort(text),
    fc.constantFrom("}", "x", ",{}", "\0", "{", "//").map((more) => no(`${text}${more}`, "more after its end")),
    fc.constantFrom("NaN", "undefined", "'{}'", "{a:1}", '{"a":1,}', "0x10", " ").map((other) => no(other, "no JSON")),
    fc.constantFrom("[]", "[{}]", "true", "0", '""').map((other) => no(other, "no object")),
    fc.constantFrom(1_000, 20_000).map((depth) => no(`${"[".repeat(depth)}${"]".repeat(depth)}`, "no object")),
    fc.constant({
      body: Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0xc0, 0x80])]),
      misfit: "no UTF-8",
    }),
    fc.constant(
      no(`${text.slice(0, -1)}${text === "{}" ? "" : ","}"__proto__":{"admin":true}}`, "__proto__ is no member"),
    ),
    fc.constant(no(`${" ".repeat(70_000 * 16)}${text}`, "too much of it")),
  ];
  return text.startsWith("{") ? ways : ways.slice(0, 2);
}

function cutShort(text: string): fc.Arbitrary<Text> {
  return fc.nat(Math.max(text.length - 2, 0)).map((at) => no(text.slice(0, at + 1), "cut short"));
}

function no(body: string, misfit: string): Text {
  return { body, misfit };
}
