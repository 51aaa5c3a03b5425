import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ReceivedMessage } from "../src/index.ts";
import { paperAgent } from "./paper-agent.ts";

const STAMP = "2026-01-01T00:00:00Z";
const beat = (n: number) => `{"type":"heartbeat","timestamp":"${STAMP}","metrics":{"queue":${n}}}`;
const summary = (n: number) => `{"type":"summary","timestamp":"${STAMP}","data":{"n":${n}}}`;
const odd = (n: number) => `{"timestamp":"${STAMP}","type":"heartbeat","metrics":{"queue":${n}}}`;
const NONSENSE = '{"type":"heartbeat","timestamp":"now"}';

function running(more: Parameters<typeof paperAgent>[0] = {}) {
  const heard: Pick<ReceivedMessage, "message" | "lineNumber">[] = [];
  const paper = paperAgent({
    received: ({ message, lineNumber }) => void heard.push({ message, lineNumber }),
    ...more,
  });
  paper.agent.start();
  paper.processes.last.shakeHands();
  heard.splice(0);
  return { ...paper, child: paper.processes.last, heard };
}

const said = ({ message, lineNumber }: Pick<ReceivedMessage, "message" | "lineNumber">) => [
  message.type,
  message["metrics"] ?? message["data"],
  lineNumber,
];

test("of the heartbeats in one chunk the newest is handed on, whole and after the other lines; all are counted", () => {
  const { agent, child, heard } = running();
  child.say([beat(1), summary(7), beat(2), beat(3)].join("\n"));
  expect(heard.map(said)).toEqual([
    ["summary", { n: 7 }, 3],
    ["heartbeat", { queue: 3 }, 5],
  ]);
  expect(agent.snapshot.counters).toMatchObject({ lines: 5, refused: {} });
});

test("a heartbeat that comes alone is handed on like any line, with either line end", () => {
  const { child, heard } = running();
  child.say(beat(1), `${beat(2)}\r`);
  expect(heard.map(said)).toEqual([
    ["heartbeat", { queue: 1 }, 2],
    ["heartbeat", { queue: 2 }, 3],
  ]);
});

test("one beyond the configured length is refused, however plain", () => {
  const { child, heard, refused } = running({ maxLineBytes: 1024 });
  child.say(`{"type":"heartbeat","timestamp":"${STAMP}","note":"${"x".repeat(1024)}"}`);
  expect(heard).toEqual([]);
  expect(refused).toEqual(["line-too-long"]);
});

test("before its handshake an agent's first heartbeat stands for one, alone or among others", () => {
  const paper = paperAgent();
  paper.agent.start();
  paper.processes.last.say([beat(1), beat(2), beat(3)].join("\n"));
  expect(paper.handshakes).toEqual([null]);
  expect(paper.agent.snapshot).toMatchObject({ state: "running", counters: { lines: 3 } });
});

test("whatever is mixed into one chunk, every line is counted once, refused ones are told, evidence keeps its order", () => {
  const line = fc.oneof(
    { weight: 4, arbitrary: fc.nat(9).map(beat) },
    fc.nat(9).map(summary),
    fc.nat(9).map(odd),
    fc.constantFrom(NONSENSE, "{", '{"type":"heartbeat"'),
  );
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
      const { agent, child, heard, refused } = running();
      child.say(lines.join("\n"));
      const evidence = heard.filter(({ message }) => message.type === "summary");
      const expected = lines.filter((one) => one.includes('"summary"'));
      expect(evidence.map(({ message }) => JSON.stringify(message))).toEqual(expected);
      const good = lines.filter((one) => one.endsWith("}}"));
      expect(refused).toHaveLength(lines.length - good.length);
      expect(agent.snapshot.counters.lines).toBe(1 + lines.length);
      const beats = lines.filter((one) => one.startsWith('{"type":"heartbeat"') && one.endsWith("}}"));
      const plain = heard.filter(({ message }) => message.type === "heartbeat" && Object.keys(message)[0] === "type");
      expect(plain.map(({ message }) => JSON.stringify(message))).toEqual(beats.slice(-1));
    }),
    { numRuns: 300 },
  );
});

test("those that are only counted count against the rate", () => {
  const { child } = running({ limits: { messagesPerSecond: 10, bytesPerSecond: 0 } });
  child.say(Array.from({ length: 12 }, (_, n) => beat(n)).join("\n"));
  expect(child.paused).toBe(true);
});

test("a summary is handed on whole, unless its owner said that a part will do", () => {
  const whole = { type: "summary", timestamp: STAMP, data: { n: 1 }, metrics: { samples: 2 } };
  const sparse = running({ readsSparsely: () => true });
  for (const paper of [running(), sparse]) paper.child.say(JSON.stringify(whole));
  expect(sparse.heard.map(({ message }) => message)).toEqual([{ ...whole, data: {} }]);
  const asked = running();
  asked.child.say(JSON.stringify(whole));
  expect(asked.heard.map(({ message }) => message)).toEqual([whole]);
});
