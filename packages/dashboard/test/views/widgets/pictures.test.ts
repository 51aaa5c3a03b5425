import { expect, test } from "vitest";
import { pictureAddress } from "../../../src/page/views/widgets/frame/data-address.ts";
import {
  LARGEST_PICTURE,
  MOST_ADDRESSES,
  MOST_PICTURES,
  pictureTokens,
  withPictures,
} from "../../../src/page/views/widgets/frame/pictures.ts";

const image = (token: string) => `<img alt="a" src="mimolo://artifact/${token}" class="mml-image">`;

test("a widget's pictures are found, each once", () => {
  expect(pictureTokens(`<p>${image("one")}${image("two")}${image("one")}</p>`)).toEqual(["one", "two"]);
  expect(pictureTokens("<p>no picture</p>")).toEqual([]);
});

test("a text that looks like a picture is none", () => {
  const html = "<p> src=&quot;mimolo://artifact/one&quot;</p>";
  expect(pictureTokens(html)).toEqual([]);
  expect(withPictures(html, new Map([["one", "data:image/png;base64,AA=="]]))).toBe(html);
});

test("pictures become data addresses; one that is not there leaves its description", () => {
  const shown = withPictures(image("one") + image("two"), new Map([["one", "data:image/png;base64,AA=="]]));
  expect(shown).toBe('<img alt="a" src="data:image/png;base64,AA==" class="mml-image"><img alt="a" class="mml-image">');
});

test("a widget of a thousand pictures asks for some", () => {
  const html = Array.from({ length: 1_000 }, (_, index) => image(`t${index}`)).join("");
  expect(pictureTokens(html)).toHaveLength(MOST_PICTURES);
  expect(withPictures(html, new Map())).not.toContain("mimolo://");
});

test("one large picture shown a thousand times does not become a document that no tab can hold", () => {
  const address = `data:image/png;base64,${"A".repeat((LARGEST_PICTURE * 4) / 3)}`;
  const shown = withPictures(image("one").repeat(1_000), new Map([["one", address]]));
  expect(shown.length).toBeLessThan(MOST_ADDRESSES + 100_000);
  expect(shown.startsWith('<img alt="a" src="data:image/png;base64,AAAA')).toBe(true);
  expect(shown.match(/<img/g)).toHaveLength(1_000);
});

test("bytes of a picture become an address, whatever their number", () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
  const address = pictureAddress(bytes, "image/png; charset=binary");
  expect(address?.startsWith("data:image/png;base64,")).toBe(true);
  expect(Buffer.from(address?.split(",")[1] ?? "", "base64").equals(bytes)).toBe(true);
});

test.each(["image/svg+xml", "text/html", "application/octet-stream", ""])("%s is no picture to show", (type) => {
  expect(pictureAddress(new Uint8Array(3), type)).toBeNull();
});
