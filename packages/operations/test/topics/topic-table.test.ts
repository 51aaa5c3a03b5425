import fc from "fast-check";
import { expect, test } from "vitest";
import { MOST_TOPIC_CHARACTERS, TopicTable, topicFault } from "../../src/topics/topic-table.ts";

test("a topic is heard by whoever named it, or how it begins, each once", () => {
  const table = new TopicTable<string>();
  table.add("mail:new", "exact");
  table.add("mail:*", "beginning");
  table.add("*", "all");
  table.add("mail:new", "beginning");
  expect([...table.hearing("mail:new")].toSorted()).toEqual(["all", "beginning", "exact"]);
  expect([...table.hearing("mail:")].toSorted()).toEqual(["all", "beginning"]);
  expect([...table.hearing("mai")]).toEqual(["all"]);
  table.remove("*", "all");
  table.remove("mail:*", "beginning");
  expect([...table.hearing("mail:old")]).toEqual([]);
});

test.each([
  ["", "topic", "empty"],
  ["x".repeat(MOST_TOPIC_CHARACTERS + 1), "topic", "at most"],
  ["a\nb", "topic", "control"],
  ["half \ud800", "topic", "control"],
  ["a*", "topic", "must not hold a *"],
  ["a*b", "subscription", "at its end"],
  ["**", "subscription", "at its end"],
] as const)("%j is no %s", (text, kind, why) => {
  expect(topicFault(text, kind)).toContain(why);
});

const letters = fc.array(fc.constantFrom("a", "b", ":"), { minLength: 1, maxLength: 4 }).map((all) => all.join(""));
const step = fc.record({
  do: fc.constantFrom("add", "remove"),
  subscription: fc.tuple(letters, fc.constantFrom("", "*")).map(([text, end]) => text + end),
  who: fc.constantFrom("x", "y"),
});

test("whatever is added and removed, a topic is heard by whose subscriptions fit it, and by nobody else", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), letters, (steps, topic) => {
      const table = new TopicTable<string>();
      const held = new Set<string>();
      for (const { do: what, subscription, who } of steps) {
        table[what](subscription, who);
        held[what === "add" ? "add" : "delete"](`${who} ${subscription}`);
      }
      const fits = [...held].filter((each) => {
        const subscription = each.slice(2);
        return subscription.endsWith("*") ? topic.startsWith(subscription.slice(0, -1)) : subscription === topic;
      });
      expect([...table.hearing(topic)].toSorted()).toEqual(
        [...new Set(fits.map((each) => each.slice(0, 1)))].toSorted(),
      );
    }),
    { numRuns: 500 },
  );
});
