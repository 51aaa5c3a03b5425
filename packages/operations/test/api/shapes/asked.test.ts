import { expect, test } from "vitest";
import { Moment } from "../../../src/api/shapes/asked.ts";

test.each(["2026-11-21T09:00:00+01:00", "2026-11-21T08:00:00.000Z", "2026-11-21T08:00Z", "2026-11-21T03:00:00-05:00"])(
  "%s is a moment",
  (text) => expect(Moment.parse(text)).toBe(Date.UTC(2026, 10, 21, 8)),
);

test("a plus that nobody escaped in an address is one all the same", () => {
  const { searchParams } = new URL("http://localhost/?from=2026-11-21T09:00:00+01:00");
  expect(Moment.parse(searchParams.get("from"))).toBe(Date.UTC(2026, 10, 21, 8));
});

const impossible = ["2026-02-30T09:00:00Z", "2026-04-31T09:00Z", "2026-11-21T24:00Z", "2026-11-21T09:60Z"];

test.each(["2026-11-21T09:00:00", "2026-11-21", "2026-11-21 01:00", "01:00", "yesterday 01:00", "", ...impossible])(
  "%s is none, and what one looks like is said",
  (text) => expect(Moment.safeParse(text).error?.message).toContain("use ISO-8601 with zone"),
);
