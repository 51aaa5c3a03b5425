import type { WidgetReport } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { checked, isOutdone, isTakenBack, isWithout } from "../../../src/page/views/widgets/reports.ts";

const drawn = (at: string, html: string | null = "<p>x</p>") => ({ html, received_at: at });
const nothing = { html: null, received_at: null };

test("a picture that the collector has no more, as after a new privacy rule, is taken off the page", () => {
  expect(isTakenBack(nothing)).toBe(true);
  expect(isOutdone(nothing, drawn("2026-11-21T09:00:00Z"))).toBe(false);
});

test("a picture that could not be rebuilt leaves the one before it", () => {
  expect(isTakenBack(drawn("2026-11-21T09:00:00Z", null))).toBe(false);
});

test("an older picture does not take the place of a newer one", () => {
  expect(isOutdone(drawn("2026-11-21T09:00:00Z"), drawn("2026-11-21T09:00:01Z"))).toBe(true);
  expect(isOutdone(drawn("2026-11-21T09:00:01Z"), drawn("2026-11-21T09:00:00Z"))).toBe(false);
  expect(isOutdone(drawn("2026-11-21T09:00:01Z"), nothing)).toBe(false);
  expect(isOutdone(drawn("2026-11-21T09:00:01Z"), null)).toBe(false);
});

test("the picture of an agent that may not run any more goes; one that cannot be asked for now stays", () => {
  expect(isWithout({ code: "agent-not-running" })).toBe(true);
  expect(isWithout({ code: "unreachable" })).toBe(false);
  expect(isWithout({ code: "too-many-requests" })).toBe(false);
});

test("what is not as the collector writes it is not there, and the report says so", () => {
  const report = { html: "<p>x</p>", problem: null } as WidgetReport;
  expect(checked(report)).toBe(report);
  expect(checked({ ...report, html: "<p onclick=x>x</p>" })).toMatchObject({
    html: null,
    problem: { code: "not-as-written" },
  });
});
