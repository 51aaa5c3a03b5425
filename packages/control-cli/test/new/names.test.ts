import * as fc from "fast-check";
import { expect, test } from "vitest";
import { KINDS } from "../../src/new/kinds.ts";
import { namesOf } from "../../src/new/names.ts";

test.each([
  ["inbox-watch", "local.inbox-watch", "inbox-watch-agent", "inbox_watch"],
  ["Inbox_Watch", "local.inbox-watch", "inbox-watch-agent", "Inbox_Watch"],
  ["my-agent", "local.my-agent", "my-agent", "my_agent"],
  ["_", "local.agent", "agent-agent", "_"],
])("%s is %s, its program %s, its identifier %s", (typed, id, program, identifier) => {
  expect(namesOf(typed, "agent")).toMatchObject({ ok: true, names: { label: typed, id, program, identifier } });
});

test.each([
  ["Inbox watch", "What about inbox-watch?"],
  ["7seas", "What about seas?"],
  ["Größe", "What about grosse?"],
  ["ŁÓDŹ-Ærø", "What about lodz-aero?"],
  ["дом", "What about my-agent?"],
  ["../x", "What about x?"],
  ["", "What about my-agent?"],
  ["x".repeat(65), `What about ${"x".repeat(58)}?`],
])("%j is no label, and another is proposed", (typed, proposal) => {
  const read = namesOf(typed, "agent");
  expect(read).toMatchObject({ ok: false, why: expect.stringContaining(proposal) });
  expect(namesOf(read.ok ? "" : read.instead, "agent")).toMatchObject({ ok: true });
});

test("whatever is typed, what is proposed will do; a word of Latin letters stays one word", () => {
  const typed = fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), fc.string({ unit: "binary", maxLength: 200 }));
  fc.assert(
    fc.property(typed, fc.constantFrom(...KINDS), (name, kind) => {
      const read = namesOf(name, kind);
      if (!read.ok) expect(namesOf(read.instead, kind)).toMatchObject({ ok: true });
    }),
    { numRuns: 60 },
  );
  const letters = "aZäÖéçñåůİıßẞøÆœŁđÞðħŧŋǅﬁ";
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...letters.split("")), { minLength: 1, maxLength: 20 }), (word) => {
      const read = namesOf(`${word.join("")} 1`, "agent");
      expect(read.ok ? "" : read.instead).toMatch(/^[a-z]+-1$/);
    }),
    { numRuns: 60 },
  );
});

test("an id that is none is refused with one that is", () => {
  const read = namesOf("inbox", "agent", "Acme.Inbox Watch");
  expect(read).toMatchObject({ ok: false, why: expect.stringContaining("--id acme.inbox-watch?") });
  expect(read).toMatchObject({ instead: "inbox --id acme.inbox-watch" });
  expect(namesOf("inbox", "agent", "acme.inbox")).toMatchObject({ ok: true, names: { id: "acme.inbox" } });
});
