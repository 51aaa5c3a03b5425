import { expect, test } from "vitest";
import { filterOf } from "../../../src/page/views/evidence/filter.ts";

test("a day of the address is one that the calendar has, or none was asked for", () => {
  expect(filterOf({ from: "2026-02-28", to: "2028-02-29" })).toEqual({ from: "2026-02-28", to: "2028-02-29" });
  for (const day of ["2026-02-30", "2026-02-29", "2026-04-31", "2026-13-01", "2026-11-00", "2026-11-1", "soon", ""]) {
    expect(filterOf({ from: day, to: day })).toEqual({});
  }
});
