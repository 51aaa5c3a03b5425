import fc from "fast-check";
import { expect, test } from "vitest";
import { EvidenceError, parseRecord } from "../src/index.ts";
import { PlainRecords } from "../src/plain-record.ts";
import { observationOf, observationOfMessage } from "../src/timeline/observation.ts";
import { at, recordsOf, worked } from "./timeline/records.ts";

const plain = new PlainRecords();
const same = (text: string) => text;

/** What both ways say of a line; a line that is no record has no observation. */
function told(line: string) {
  const read = plain.read(line);
  try {
    const slow = observationOf(parseRecord(line));
    return { isPlain: read !== null, plain: read === null ? slow : observationOfMessage(read, same), slow };
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    return { isPlain: read !== null, plain: read, slow: null };
  }
}

const text = fc.oneof(
  fc.constantFrom("active", "passive", "summary", "metrics", '"', "\\", "ä", "a, b", "}", at(5), "", "__proto__"),
  fc.string({ maxLength: 5 }),
);
const small = fc.oneof(text, fc.constantFrom(true, false, null, 0, 60, -1, 1.5, 1e21), fc.double());
const value = fc.oneof(small, fc.array(small, { maxLength: 2 }), fc.dictionary(text, fc.array(small), { maxKeys: 2 }));
const signal = fc.dictionary(fc.constantFrom("mode", "keep_alive", "reason", "more"), small, { maxKeys: 4 });
const metrics = fc.oneof(fc.dictionary(fc.constantFrom("interval_s", "n"), small), value);
const twice = fc.tuple(fc.constantFrom("type", "timestamp", "data"), fc.oneof(fc.constantFrom("event", at(7)), value));
const known = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant("metrics"), metrics) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom("seq", "stream", "__proto__", "a"), value) },
  { weight: 1, arbitrary: twice },
);
const inData = fc.oneof(
  fc.tuple(fc.constant("activity_signal"), fc.oneof(signal, value)),
  fc.tuple(fc.constantFrom("schema", "metrics", "counts", "__proto__"), value),
);
const frame = fc.oneof(
  { weight: 6, arbitrary: fc.constant("") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(',"stream":"s"', ',"agent_seq":7', ',"stream":"s","agent_seq":7', ',"agent_seq":07'),
  },
  { weight: 1, arbitrary: fc.constantFrom(',"redacted":["r"]', ',"seq":9', ',"instance_id":"other"') },
);

type Members = readonly (readonly [string, unknown])[];

// As text, not as objects: the same name may stand in a line twice.
function objectText(members: readonly string[], space: string): string {
  return `{${members.join(`,${space}`)}}`;
}

const line = fc
  .record({
    seq: fc.oneof(
      { weight: 9, arbitrary: fc.nat() },
      { weight: 1, arbitrary: fc.constantFrom("01", "1.0", "9007199254740993") },
    ),
    receivedAt: fc.constantFrom(at(1), at(86_400), "yesterday", ""),
    stamp: fc.constantFrom(at(5), at(90_000), "2026-03-02T09:00:00+01:00", "2026-02-30T09:00:00Z", ""),
    frame,
    before: fc.array(known, { maxLength: 2 }),
    data: fc.array(inData, { maxLength: 3 }),
    behind: fc.array(known, { maxLength: 2 }),
    space: fc.constantFrom("", "", "", " ", " ", "  "),
  })
  .map(({ seq, receivedAt, stamp, frame: more, before, data, behind, space }) => {
    const texts = (members: Members) =>
      members.map(([key, one]) => `${JSON.stringify(key)}:${space}${JSON.stringify(one)}`);
    const body = `"data":${space}${objectText(texts(data), space)}`;
    const head = [`"type":${space}"summary"`, `"timestamp":${space}"${stamp}"`];
    const message = objectText([...head, ...texts(before), body, ...texts(behind)], space);
    const origin = `"instance_id":"i","plugin_id":"p","agent_label":"l","run_id":"r","trust":"trusted"${more}`;
    return `{"seq":${seq},"kind":"message","received_at":"${receivedAt}",${origin},"salt":"s","message":${message}}`;
  });

test("what is read from a plain line is what parsing it tells, whatever stands in it and how often", () => {
  let plainOnes = 0;
  fc.assert(
    fc.property(line, (one) => {
      const { isPlain, plain: quick, slow } = told(one);
      if (isPlain) plainOnes += 1;
      expect(quick).toEqual(slow);
    }),
    { numRuns: 4000 },
  );
  expect(plainOnes).toBeGreaterThan(400);
});

test("a line in which one letter is another, is missing or comes twice is never read otherwise than by parsing it", () => {
  const letters = fc.constantFrom('"', "\\", "{", "}", ",", ":", " ", "0", "a", "\u0000", "ü", "");
  fc.assert(
    fc.property(line, fc.nat(), letters, fc.boolean(), (one, place, letter, isAdded) => {
      const where = place % one.length;
      const changed = one.slice(0, where) + letter + one.slice(isAdded ? where : where + 1);
      const { plain: quick, slow } = told(changed);
      expect(quick).toEqual(slow);
    }),
    { numRuns: 4000 },
  );
});

test("the records of the built-in agents' summaries are plain", () => {
  const [record] = recordsOf(worked(60, 30));
  const { seq, received_at, salt, kind, message, ...origin } = JSON.parse(JSON.stringify(record));
  expect(told(JSON.stringify({ seq, kind, received_at, ...origin, salt, message }))).toMatchObject({ isPlain: true });
});
