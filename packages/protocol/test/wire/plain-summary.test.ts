import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeLine, PlainSummaries } from "../../src/wire/index.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => new PlainSummaries().read(encode(text));
const STAMP = "2026-11-21T10:00:00.000Z";
const READ = ["type", "timestamp", "seq", "stream", "metrics", "agent_id", "agent_label"] as const;

const nasty = fc.constantFrom("{", "}", "[", ":", ",", "0", "é", '"', "\\", "\n", "\u007f");
const text = fc.string({
  unit: fc.oneof({ weight: 20, arbitrary: fc.constantFrom("a", "_", "7", " ", ".") }, nasty),
  maxLength: 6,
});
const simple = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
const deep = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    simple,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(text, tie("value"), { maxKeys: 3 }),
  ),
})).value;
const signal = fc.oneof(
  { weight: 4, arbitrary: fc.record({ mode: fc.constant("active"), keep_alive: fc.boolean(), reason: text }) },
  { weight: 1, arbitrary: fc.constantFrom({ mode: "passive", keep_alive: null }, { mode: "active" }, null, 7, []) },
);
const data = fc
  .tuple(fc.dictionary(text, deep, { maxKeys: 3 }), fc.option(signal, { nil: undefined }), fc.boolean())
  .map(([rest, activity_signal, first]) => (first ? { activity_signal, ...rest } : { ...rest, activity_signal }));
const key = fc.oneof(text, fc.constantFrom("seq", "stream", "metrics", "agent_id", "agent_label", "type", "__proto__"));
const seq = fc.oneof(fc.nat(9), fc.constantFrom(0, 1.5, 2 ** 53));
const line = fc
  .tuple(
    fc.constantFrom(STAMP, STAMP, STAMP, "never"),
    data,
    fc.dictionary(key, fc.oneof(deep, seq), { maxKeys: 3 }),
    seq,
  )
  .map(([timestamp, content, rest, n]) => ({ timestamp, data: content, ...rest, ...(n === 0 ? {} : { seq: n }) }))
  .map(({ timestamp, ...rest }) => JSON.stringify({ type: "summary", timestamp, ...rest }));
const spaced = line.map((one) => one.replaceAll('":', '": ').replaceAll(',"', ', "'));

/** The part of a whole message that is read. */
function part(message: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = READ.filter((name) => Object.hasOwn(message, name)).map((name) => [name, message[name]]);
  const { activity_signal } = message["data"] as { activity_signal?: unknown };
  return { ...Object.fromEntries(kept), data: activity_signal === undefined ? {} : { activity_signal } };
}

test("a summary as agents write it is read: what counts of it, and nothing else", () => {
  const metrics = { interval_s: 60, samples: 11 };
  const whole = {
    type: "summary",
    timestamp: STAMP,
    seq: 7,
    stream: "s",
    data: { schema: "x.v1", folders: ["a", ["b", {}]], activity_signal: { mode: "active", keep_alive: true } },
    metrics,
    agent_label: "x",
    more: { deep: [1, -2.5e3, null] },
  };
  expect(read(JSON.stringify(whole))).toEqual({
    type: "summary",
    timestamp: STAMP,
    seq: 7,
    stream: "s",
    metrics,
    agent_label: "x",
    data: { activity_signal: { mode: "active", keep_alive: true } },
  });
  expect(read(`{"type": "summary", "timestamp": "${STAMP}", "data": {}}`)).toEqual({
    type: "summary",
    timestamp: STAMP,
    data: {},
  });
});

test("what is not certain is left to the decoder", () => {
  const begin = `{"type":"summary","timestamp":"${STAMP}"`;
  for (const one of [
    `${begin}}`,
    `${begin},"data":[]}`,
    `${begin},"data":{}`,
    `${begin},"data":{}} `,
    `${begin},"data":{}}}`,
    `${begin},"data":{},}`,
    `${begin},"data":{"a":[1,]}}`,
    `${begin},"data":{"a":[1 2]}}`,
    `${begin},"data":{"a":01}}`,
    `${begin},"data":{"a":"\\u0041"}}`,
    `${begin},"data":{"a":"é"}}`,
    `${begin},"data":{},"data":{}}`,
    `${begin},"data":{},"seq":0}`,
    `${begin},"data":{"a":1,}}`,
    `${begin},"data":{,"a":1}}`,
    `${begin},"data":{"a":[,1]}}`,
    `${begin},"data":{},"type":"event"}`,
    `${begin},"data":{},"agent_id":7}`,
    `${begin},"data":{"artifacts":[]}}`,
    `${begin},"data":{"activity_signal":null}}`,
    `${begin},"data":{"activity_signal":{"mode":"idle","keep_alive":true}}}`,
    `${begin},"data":{"a":${"[".repeat(64)}${"]".repeat(64)}}}`,
    `{"type":"summary","timestamp":"2026-02-30T10:00:00Z","data":{}}`,
    `{"type":"event","timestamp":"${STAMP}","data":{}}`,
  ])
    expect(read(one), one).toBeNull();
});

test("whatever is read, the decoder takes too and reads the same of it", () => {
  const summaries = new PlainSummaries();
  let taken = 0;
  const change = fc.record({ at: fc.nat(300), byte: fc.nat(255), how: fc.constantFrom("set", "put", "cut", "", "") });
  fc.assert(
    fc.property(fc.oneof(line, spaced), change, (one, { at, byte, how }) => {
      const changed = [...encode(one)];
      const place = at % changed.length;
      if (how === "set") changed[place] = byte;
      if (how === "put") changed.splice(place, 0, byte);
      if (how === "cut") changed.splice(place, 1);
      const bytes = Uint8Array.from(changed);
      const message = summaries.read(bytes);
      if (message === null) return;
      taken += 1;
      const decoded = decodeLine(bytes);
      expect(decoded).toMatchObject({ ok: true, known: true });
      if (decoded.ok) expect(message).toEqual(part(decoded.message));
    }),
    { numRuns: 5_000 },
  );
  expect(taken).toBeGreaterThan(250);
});

test("what is shared with the summary before cannot be changed by who got that", () => {
  const summaries = new PlainSummaries();
  const bytes = encode(`{"type":"summary","timestamp":"${STAMP}","data":{},"metrics":{"list":[1]}}`);
  const [first, second] = [summaries.read(bytes), summaries.read(bytes)];
  expect(first?.metrics).toBe(second?.metrics);
  expect(Object.isFrozen(first?.metrics)).toBe(true);
  expect(first?.data).not.toBe(second?.data);
});
