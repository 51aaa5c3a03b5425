import fc from "fast-check";
import { expect, test } from "vitest";
import {
  beginPurge,
  canArchive,
  mayPurge,
  type PurgeEvent,
  type PurgePlan,
  type PurgeReport,
  type PurgeState,
  stepPurge,
} from "../../../src/page/views/artifacts/purge.ts";

const plan = (can: boolean): PurgePlan => ({
  plan_id: "p1",
  expires_at: "2026-11-21T10:00:00.000Z",
  artifacts: [
    {
      artifact_id: "a1",
      label: "screen",
      rel_path: "artifacts/a1.jpg",
      bytes: 9,
      captured_at: "2026-11-21T09:00:00.000Z",
      state: "present",
    },
  ],
  bytes: 9,
  can_archive: { screen: can },
  warnings: [],
});
const report: PurgeReport = { plan_id: "p1", purged: ["a1"], bytes: 9, archive_ids: [], kept: [] };
const run = (events: readonly PurgeEvent[], from: PurgeState = beginPurge({})) => events.reduce(stepPurge, from);
const planned = (can = true): PurgeEvent[] => [{ type: "plan-asked" }, { type: "planned", plan: plan(can) }];
const yes: PurgeEvent = { type: "consent-given", consent: true };
const archive = (first: boolean): PurgeEvent => ({ type: "archive-answered", archive: first });
const purge: PurgeEvent = { type: "purge-asked" };

test("a purge is planned, shown, answered, consented to, and done", () => {
  const asked = run([...planned(), archive(true), yes]);
  expect(mayPurge(asked)).toBe(true);
  expect(stepPurge(asked, purge)).toMatchObject({ name: "purging", archive: true, plan: { plan_id: "p1" } });
  expect(run([purge, { type: "purged", report }], asked)).toEqual({ name: "done", report });
});

test("without consent, or with the offer of an archive unanswered, nothing is purged", () => {
  for (const events of [[yes], [archive(false)], [archive(true)], [yes, { ...yes, consent: false }, archive(false)]])
    expect(run([...planned(), ...events, purge]).name).toBe("asking");
});

test("what cannot be archived is not said to be", () => {
  expect(canArchive(plan(false))).toBe(false);
  expect(run([...planned(false), archive(true), yes, purge])).toMatchObject({ name: "asking", archive: null });
  expect(run([...planned(false), archive(false), yes, purge]).name).toBe("purging");
});

test("an empty plan takes nothing away", () => {
  const empty: PurgeEvent = { type: "planned", plan: { ...plan(true), artifacts: [] } };
  expect(run([{ type: "plan-asked" }, empty, archive(false), yes, purge]).name).toBe("asking");
});

test("what was refused is chosen and planned anew, and says why", () => {
  const refusal = new Error("the archive could not be written");
  const refused = run([...planned(), archive(true), yes, purge, { type: "refused", refusal }]);
  expect(refused).toEqual({ name: "choosing", choice: {}, refusal });
  expect(run(planned(), refused)).toMatchObject({ name: "asking", consent: false, archive: null });
});

test("whatever is pressed in whatever order, a purge has consent and an answer", () => {
  const events = fc.constantFrom<PurgeEvent>(
    ...planned(),
    yes,
    { type: "consent-given", consent: false },
    archive(true),
    archive(false),
    purge,
    { type: "turned-back" },
    { type: "refused", refusal: new Error("no") },
    { type: "chosen", choice: { label: "screen" } },
  );
  fc.assert(
    fc.property(fc.array(events, { maxLength: 25 }), (pressed) => {
      let state = beginPurge({});
      for (const event of pressed) {
        const next = stepPurge(state, event);
        if (next.name === "purging" && state.name !== "purging")
          expect(state).toMatchObject({ name: "asking", consent: true, archive: next.archive });
        state = next;
      }
    }),
    { numRuns: 300 },
  );
});
