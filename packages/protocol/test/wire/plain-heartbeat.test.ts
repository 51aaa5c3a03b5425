import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeLine, PlainHeartbeats } from "../../src/wire/index.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const endOf = (text: string) => new PlainHeartbeats().endOf(encode(text), 0);
const STAMP = "2026-11-21T10:00:00.000Z";

const nasty = fc.constantFrom("{", "}", "[", ":", ",", "0", "é", '"', "\\", "\n", "\u007f");
const text = fc.string({
  unit: fc.oneof({ weight: 9, arbitrary: fc.constantFrom("a", "_", "7", " ", ".") }, nasty),
  maxLength: 6,
});
const key = fc.oneof(text, fc.constantFrom("metrics", "agent_id", "agent_label", "type", "timestamp", "__proto__"));
const simple = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
const value = fc.oneof(simple, fc.dictionary(key, simple, { maxKeys: 4 }), fc.array(simple, { maxLength: 2 }));
const stamp = fc.oneof(
  fc.constantFrom(STAMP, "2026-11-21T10:00:00Z", "2026-11-21T10:00Z", "2026-11-21T10:00:00.123456+01:00"),
  fc.constantFrom("2026-02-30T10:00:00Z", "2026-11-21 10:00:00Z", "", "yesterday", "2026-11-21T10:00:00"),
);
const more = fc.dictionary(key, value, { maxKeys: 4 });
const heartbeat = fc
  .tuple(fc.constantFrom("heartbeat", "heartbeat", "heartbeat", "summary"), stamp, more)
  .map(([type, timestamp, rest]) =>
    JSON.stringify(Object.fromEntries([["type", type], ["timestamp", timestamp], ...Object.entries(rest)])),
  );
/** As Python writes it. */
const spaced = heartbeat.map((line) => line.replaceAll('":', '": ').replaceAll(',"', ', "'));

test("heartbeats as agents write them are taken, with either line end", () => {
  const lines = [
    `{"type":"heartbeat","timestamp":"${STAMP}"}\n`,
    `{"type":"heartbeat","timestamp":"${STAMP}","metrics":{}}\r\n`,
    `{"type":"heartbeat","timestamp":"${STAMP}","metrics":{"queue":0,"cpu":0.25,"rss":-1.5e-3,"on":true,"x":null,"y":false}}\n`,
    `{"type": "heartbeat", "timestamp": "${STAMP}", "agent_id": "a-1", "agent_label": "a", "metrics": {"latency_ms": 1.0}}\n`,
    `{"type":"heartbeat","timestamp":"2026-11-21T10:00:00.123456+00:00","protocol_version":"0.3","n":10}\n`,
  ];
  for (const line of lines) expect(endOf(`${line}{"type":"hea`), line).toBe(line.length);
});

test("what is not certain is left to the decoder", () => {
  const begin = `{"type":"heartbeat","timestamp":"${STAMP}"`;
  for (const line of [
    begin,
    `${begin}}`,
    `${begin}} \n`,
    `${begin},}\n`,
    `${begin}}}\n`,
    `${begin},"metrics":{"a":01}}\n`,
    `${begin},"metrics":{"a":1.}}\n`,
    `${begin},"metrics":{"a":1e}}\n`,
    `${begin},"metrics":{"a":-}}\n`,
    `${begin},"metrics":{"a":.5}}\n`,
    `${begin},"metrics":{"a":+1}}\n`,
    `${begin},"metrics":{"a":tru}}\n`,
    `${begin},"metrics":{"a":nullx}}\n`,
    `${begin},"metrics":{"a":{}}}\n`,
    `${begin},"metrics":{"a"}}\n`,
    `${begin},"metrics":{a:1}}\n`,
    `${begin},"metrics":{"a":1,}}\n`,
    `${begin},"metrics":{,}}\n`,
    `${begin},"note":"\\n"}\n`,
    `${begin},"note":"é"}\n`,
    `${begin},"note":"\t"}\n`,
    `${begin},"type":"summary"}\n`,
    `${begin},"timestamp":"never"}\n`,
    `${begin},"agent_id":7}\n`,
    `${begin},"agent_label":{}}\n`,
    `{"type":"heartbeat","timestamp":"2026-02-30T10:00:00Z"}\n`,
    `{"type":"heartbeat"}\n`,
    `{"timestamp":"${STAMP}","type":"heartbeat"}\n`,
    ` ${begin}}\n`,
  ])
    expect(endOf(line), line).toBe(-1);
});

test("a byte before the line is seen, whatever kind of array the chunk is", () => {
  for (const first of [0xff, 0xfe, 0xef, 0x00, 0x20]) {
    const bytes = [first, ...encode(`{"type":"heartbeat","timestamp":"${STAMP}"}\n`)];
    expect(new PlainHeartbeats().endOf(Uint8Array.from(bytes), 0)).toBe(-1);
    expect(new PlainHeartbeats().endOf(Uint8Array.from(bytes), 1)).toBe(bytes.length);
  }
});

test("whatever is taken, the decoder takes too, and it is one whole line", () => {
  const beats = new PlainHeartbeats();
  let taken = 0;
  const check = (bytes: Uint8Array) => {
    const end = beats.endOf(bytes, 0);
    if (end === -1) return;
    taken += 1;
    expect(bytes.indexOf(10)).toBe(end - 1);
    const line = bytes.subarray(0, bytes[end - 2] === 13 ? end - 2 : end - 1);
    expect(decodeLine(line)).toMatchObject({ ok: true, known: true, message: { type: "heartbeat" } });
  };
  const change = fc.record({
    at: fc.nat(200),
    byte: fc.nat(255),
    how: fc.constantFrom("set", "put", "cut", "none", "none", "none"),
  });
  fc.assert(
    fc.property(fc.oneof(heartbeat, spaced), change, (line, { at, byte, how }) => {
      const bytes = [...encode(`${line}\n{"type"`)];
      const place = at % bytes.length;
      if (how === "set") bytes[place] = byte;
      if (how === "put") bytes.splice(place, 0, byte);
      if (how === "cut") bytes.splice(place, 1);
      check(Uint8Array.from(bytes));
    }),
    { numRuns: 10_000 },
  );
  expect(taken).toBeGreaterThan(500);
});

test("of every heartbeat that is plain, the answer is where it ends", () => {
  const plain = fc.dictionary(
    fc.constantFrom("metrics", "n", "pending", "note", "agent_id", "__proto__"),
    fc.oneof(fc.constantFrom("a", "", "some text: {}"), fc.constantFrom("x"), fc.constant("7")),
  );
  fc.assert(
    fc.property(plain, fc.double({ noNaN: true, noDefaultInfinity: true }), (rest, number) => {
      const line = `${JSON.stringify({ type: "heartbeat", timestamp: STAMP, ...rest, metrics: { number } })}\n`;
      expect(endOf(line), line).toBe(line.length);
    }),
    { numRuns: 500 },
  );
});
