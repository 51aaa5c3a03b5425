import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeLine, MAX_NESTING, MESSAGE_TYPES } from "../../src/wire/index.ts";
import { goodMessage } from "../any-message.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const codeOf = (line: string | Uint8Array, maxLineBytes?: number) => {
  const decoded = decodeLine(
    typeof line === "string" ? encode(line) : line,
    maxLineBytes === undefined ? {} : { maxLineBytes },
  );
  return decoded.ok ? "ok" : decoded.code;
};
const objects = (levels: number) => `{"type":"custom","x":${'{"a":'.repeat(levels)}1${"}".repeat(levels)}}`;
const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

/** A line of that type that is good for every type, exactly so long. */
const padded = (type: string, bytes: number) => {
  const data = '"timestamp":"2025-11-07T09:00Z","data":{"mode":"html_fragment_v1","ttl_ms":1,"html":""}';
  const head = `{"type":"${type}",${data},"pad":"`;
  return `${head}${"x".repeat(bytes - head.length - 2)}"}`;
};

test("a good message decodes to exactly what was sent, unknown fields included", () => {
  fc.assert(
    fc.property(goodMessage, (message) => {
      const line = JSON.stringify(message);
      expect(decodeLine(encode(line))).toEqual({ ok: true, known: true, message: JSON.parse(line) });
    }),
    { numRuns: 200 },
  );
});

test("whatever the bytes are, decoding answers and never throws", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.json().map(encode),
    fc.string().map((text) => encode(`{"type":"summary","data":${text}}`)),
  );
  fc.assert(
    fc.property(bytes, (line) => {
      expect(typeof decodeLine(line).ok).toBe("boolean");
    }),
    { numRuns: 1500 },
  );
});

test("an unknown type is no refusal: the caller ignores it and logs it once", () => {
  expect(decodeLine(encode('{"type":"telepathy","x":1}'))).toEqual({
    ok: true,
    known: false,
    type: "telepathy",
    message: { type: "telepathy", x: 1 },
  });
});

test("names from the object prototype are unknown types, not known ones", () => {
  for (const type of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
    expect(decodeLine(encode(JSON.stringify({ type })))).toMatchObject({ ok: true, known: false, type });
  }
});

test("a __proto__ key is a key like any other and lends no field", () => {
  expect(codeOf('{"__proto__":{"type":"heartbeat","timestamp":"2025-11-07T09:00Z"}}')).toBe("missing-type");
  expect(codeOf('{"type":"heartbeat","__proto__":{"timestamp":"2025-11-07T09:00Z"}}')).toBe("invalid-field");
  decodeLine(encode('{"type":"custom","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'));
  expect("polluted" in {}).toBe(false);
});

test("of duplicate keys the last counts", () => {
  expect(codeOf('{"type":"summary","data":{},"type":"heartbeat"}')).toBe("invalid-field");
  expect(codeOf('{"type":"nothing","type":"summary","data":5,"data":{}}')).toBe("ok");
});

test("each way to break a line has its code", () => {
  expect(codeOf("hello")).toBe("not-json");
  expect(codeOf("")).toBe("not-json");
  expect(codeOf('{"type":"log","level":"info","message":"a\0b"}')).toBe("not-json");
  expect(codeOf('\uFEFF{"type":"custom"}')).toBe("not-json");
  expect(codeOf("[1]")).toBe("not-object");
  expect(codeOf("null")).toBe("not-object");
  expect(codeOf('"text"')).toBe("not-object");
  expect(codeOf('{"kind":"summary"}')).toBe("missing-type");
  expect(codeOf('{"type":7}')).toBe("missing-type");
  expect(codeOf('{"type":""}')).toBe("missing-type");
});

test("bytes that are not UTF-8 are refused, a real replacement character is not", () => {
  const line = (...bytes: number[]) => Uint8Array.of(...encode('{"type":"custom","x":"'), ...bytes, ...encode('"}'));
  const broken = {
    cut: [0xc3],
    overlong: [0xc0, 0xaf],
    surrogate: [0xed, 0xa0, 0x80],
    tooHigh: [0xf4, 0x90, 0x80, 0x80],
  };
  for (const [name, bytes] of Object.entries(broken))
    expect([name, codeOf(line(...bytes))]).toEqual([name, "invalid-utf8"]);
  expect(codeOf(line(0xef, 0xbf, 0xbd))).toBe("ok");
  expect(codeOf(Buffer.from(line(0xff)))).toBe("invalid-utf8");
  expect(codeOf(Buffer.from(line(...encode("é€𝄞\uFFFD"))))).toBe("ok");
});

test("64 levels pass, 65 are too deep, in objects and arrays alike", () => {
  expect(codeOf(`{"type":"custom","x":${nested(MAX_NESTING - 1)}}`)).toBe("ok");
  expect(codeOf(`{"type":"custom","x":${nested(MAX_NESTING)}}`)).toBe("too-deep");
  expect(codeOf(objects(MAX_NESTING - 1))).toBe("ok");
  expect(codeOf(objects(MAX_NESTING))).toBe("too-deep");
  expect(codeOf(`{"type":"unheard","a":1,"b":[{"c":${nested(62)}}]}`)).toBe("too-deep");
});

test("a hundred thousand levels cost no stack", () => {
  expect(codeOf(`{"type":"custom","x":${nested(100_000)}}`, 1_048_576)).toBe("too-deep");
  expect(codeOf(nested(100_000), 1_048_576)).toBe("too-deep");
  expect(codeOf("[".repeat(200_000), 1_048_576)).toBe("not-json");
});

test("each type has its own cap, known only once the line is read", () => {
  expect(codeOf(padded("summary", 65_536))).toBe("ok");
  expect(codeOf(padded("summary", 65_537))).toBe("line-too-long");
  expect(codeOf(padded("summary", 100_000), 100_000)).toBe("ok");
  expect(codeOf(padded("widget_frame", 262_144))).toBe("ok");
  expect(codeOf(padded("widget_frame", 262_145))).toBe("line-too-long");
  expect(codeOf(padded("widget_frame", 300_000), 1_048_576)).toBe("ok");
  expect(codeOf(padded("unheard", 65_537))).toBe("line-too-long");
  expect(decodeLine(encode(padded("log", 70_000)))).toMatchObject({ type: "log", code: "line-too-long" });
});

test("a refusal names the field and the type in a sentence", () => {
  const line = '{"type":"summary","data":{"activity_signal":{"mode":"active","keep_alive":null}}}';
  expect(decodeLine(encode(line))).toEqual({
    ok: false,
    code: "invalid-field",
    type: "summary",
    field: "data.activity_signal.keep_alive",
    message: "summary: data.activity_signal.keep_alive is missing or not what JLP allows",
  });
});

test("metrics of any shape never cost a message", () => {
  for (const metrics of ["5", "null", "[]", '{"cpu":"high","cpu_budget_ok":3}', "1e999"]) {
    expect(codeOf(`{"type":"heartbeat","timestamp":"2025-11-07T09:00Z","metrics":${metrics}}`)).toBe("ok");
  }
});

test("every message type is decoded by a case of its own", () => {
  for (const type of MESSAGE_TYPES)
    expect(decodeLine(encode(`{"type":"${type}"}`)).ok).toBe(["metric", "custom"].includes(type));
});

test("a refusal tells the number it settles: of evidence, where it can be read", () => {
  const placeOf = (line: object, maxLineBytes?: number) => {
    const decoded = decodeLine(encode(JSON.stringify(line)), maxLineBytes === undefined ? {} : { maxLineBytes });
    return decoded.ok ? "ok" : [decoded.code, decoded.seq, decoded.stream];
  };
  expect(placeOf({ type: "summary", seq: 7, data: 1 })).toEqual(["invalid-field", 7, undefined]);
  expect(placeOf({ type: "event", seq: 7, stream: "s", data: {} })).toEqual(["invalid-field", 7, "s"]);
  expect(placeOf({ type: "event", seq: 7, stream: "", data: {} })).toEqual(["invalid-field", 7, undefined]);
  const long = { type: "summary", data: { pad: "x".repeat(2_000) }, seq: 8 };
  expect(placeOf(long, 1_000)).toEqual(["line-too-long", 8, undefined]);
  for (const seq of [0, 1.5, "7", 2 ** 53]) {
    expect(placeOf({ type: "summary", seq, data: {} })).toEqual(["invalid-field", undefined, undefined]);
  }
  expect(placeOf({ type: "heartbeat", seq: 7 })).toEqual(["invalid-field", undefined, undefined]);
});
