import { expect, test } from "vitest";
import { LiveTimeline, seqsSha256 } from "../../src/index.ts";
import { collectorId, happened, policy, recordsOf, timelineOf } from "./records.ts";

const agents = { mon: { resets_cooldown: true, infrequent: false, data_header: "items" } };
const told = [policy(0, { agents }), happened(10, ["b", "a"]), happened(30, "c"), happened(20, ["a", { n: 1 }])];

function answered(seqs: readonly number[], answer: object): object {
  const inputs = { agent_label: "mon", header: "items", input_seqs_sha256: seqsSha256(seqs) };
  return { kind: "aggregate", data: { segment_id: "c0:2", ...inputs, ...answer } };
}

test("numbers are hashed ascending, in decimal, joined by commas", () => {
  const ofText = "4e50763e42ed5c6adfe2c2f546df1a79d0da8c079c44c1c4d46e604180f7e6e9"; // printf 2,3,10 | sha256sum
  expect(seqsSha256([10, 2, 3])).toBe(ofText);
  expect(seqsSha256([2, 310])).not.toBe(ofText);
});

test("without an answer the items are flattened and unique, in order of time", () => {
  const { segments } = timelineOf(...told);
  expect(segments[0]?.aggregated).toEqual({ mon: { items: ["b", "a", { n: 1 }, "c"] } });
});

test("a monitor's answer is used while its inputs are those of the segment", () => {
  const answer = answered([2, 3, 4], { value: { count: 4 } });
  expect(timelineOf(...told, answer).segments[0]?.aggregated).toEqual({ mon: { items: { count: 4 } } });
  const late = happened(25, ["late"]);
  const stale = timelineOf(...told, answer, late).segments[0]?.aggregated;
  expect(stale).toEqual({ mon: { items: ["b", "a", { n: 1 }, "late", "c"] } });
});

test("a fallback is no answer, and of two answers the later counts", () => {
  const failed = answered([2, 3, 4], { fallback: "timeout" });
  expect(timelineOf(...told, failed).segments[0]?.aggregated).toEqual({ mon: { items: ["b", "a", { n: 1 }, "c"] } });
  const twice = [answered([2, 3, 4], { value: 1 }), answered([2, 3, 4], { value: null })];
  expect(timelineOf(...told, ...twice).segments[0]?.aggregated).toEqual({ mon: { items: null } });
});

test("the inputs of a closed segment say what its monitors have to be asked", () => {
  const live = new LiveTimeline({ collectorId });
  for (const record of recordsOf(...told)) live.add(record);
  expect(live.aggregationInputs("c0:2")).toEqual([
    {
      agent_label: "mon",
      header: "items",
      items: [["b", "a"], ["a", { n: 1 }], "c"],
      seqs: [2, 3, 4],
      input_seqs_sha256: seqsSha256([2, 3, 4]),
    },
  ]);
  expect(live.aggregationInputs("c0:99")).toEqual([]);
});

test("the oldest agents have their items beside the event instead of in its payload", () => {
  const old = {
    ...happened(10, []),
    message: { type: "event", timestamp: "2026-03-02T09:00:10Z", data: { event: "x", items: ["a"] } },
  };
  expect(timelineOf(policy(0, { agents }), old).segments[0]?.aggregated).toEqual({ mon: { items: ["a"] } });
});

test("a label or header named like a property of every object is but a name", () => {
  const odd = { ["__proto__"]: { resets_cooldown: true, infrequent: false, data_header: "items" } };
  const { segments } = timelineOf(policy(0, { agents: odd }), happened(10, ["a"], "__proto__"));
  expect(Object.entries(segments[0]?.aggregated ?? {})).toEqual([["__proto__", { items: ["a"] }]]);
});

test("a closed segment asks for its monitors' word until a record answers it, with a value or without one", () => {
  const live = new LiveTimeline({ collectorId });
  const [first, ...rest] = recordsOf(...told, answered([2, 3, 4], { fallback: "timed-out" }));
  const answer = rest.pop();
  for (const record of [first, ...rest]) if (record !== undefined) live.add(record);
  const laterMs = Date.parse("2026-03-02T12:00:00Z");
  expect(live.questions.closed(Date.parse("2026-03-02T09:01:00Z"))).toEqual([]);
  expect(live.questions.closed(laterMs)).toMatchObject([
    { segment: { id: "c0:2" }, unanswered: [{ agent_label: "mon", input_seqs_sha256: seqsSha256([2, 3, 4]) }] },
  ]);
  if (answer !== undefined) live.add(answer);
  expect(live.questions.closed(laterMs)).toMatchObject([{ segment: { id: "c0:2" }, unanswered: [] }]);
});

test("an answer that comes live revises exactly the segment whose inputs it names", () => {
  const live = new LiveTimeline({ collectorId });
  const records = recordsOf(...told, happened(5_000, ["z"]), answered([2, 3, 4], { value: ["b"] }));
  const answer = records.pop();
  for (const record of records) live.add(record);
  live.tick(Date.parse("2026-03-02T15:00:00Z"));
  const changes = answer === undefined ? [] : live.add(answer);
  expect(changes).toMatchObject([
    { type: "segment:revised", segment: { id: "c0:2", aggregated: { mon: { items: ["b"] } } }, replaces: ["c0:2"] },
  ]);
});

test("infrequent events that came are told once, with what is later", () => {
  const live = new LiveTimeline({ collectorId });
  const rare = { mon: { resets_cooldown: false, infrequent: true, data_header: "items" } };
  for (const record of recordsOf(policy(0, { agents: rare }), happened(10, ["a"]))) live.add(record);
  expect(live.takeFreshEntries()).toMatchObject([{ seq: 2, label: "mon" }]);
  expect(live.takeFreshEntries()).toEqual([]);
  expect(live.snapshot(0).infrequent).toMatchObject([{ seq: 2, label: "mon" }]);
});
