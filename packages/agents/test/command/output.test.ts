import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readInflux } from "../../src/command/output/influx.ts";
import { readJson } from "../../src/command/output/json.ts";
import { readLines } from "../../src/command/output/lines.ts";
import { readNagios } from "../../src/command/output/nagios.ts";
import { readOutput } from "../../src/command/output/read-output.ts";
import { readPerformanceData } from "../../src/command/output/perfdata.ts";

const check = (stdout: string, exitCode: number | null = 0) => readNagios({ stdout, exitCode });

describe("nagios", () => {
  test("state, text, long text and numbers of a check with all of them", () => {
    const printed =
      "DISK OK - free space: / 3326 MB (56%); | /=2643MB;5948;5958;0;5968\n/boot 68 MB (69%)\n/home 69357 MB (27%) | /boot=68MB;88;93;0;98\n/home=69357MB;253404;253409;0;253414\n";
    expect(check(printed, 1)).toEqual({
      ok: true,
      fields: {
        state: "warning",
        text: "DISK OK - free space: / 3326 MB (56%);",
        long_text: "/boot 68 MB (69%)\n/home 69357 MB (27%)",
        perfdata: [
          { label: "/", value: 2643, unit: "MB", warn: "5948", crit: "5958", min: 0, max: 5968 },
          { label: "/boot", value: 68, unit: "MB", warn: "88", crit: "93", min: 0, max: 98 },
          { label: "/home", value: 69357, unit: "MB", warn: "253404", crit: "253409", min: 0, max: 253414 },
        ],
      },
    });
  });

  test.each([
    [0, "ok"],
    [1, "warning"],
    [2, "critical"],
    [3, "unknown"],
    [4, "unknown"],
    [255, "unknown"],
    [null, "unknown"],
  ])("exit code %s is %s", (code, state) => {
    expect(check("", code)).toMatchObject({ ok: true, fields: { state, text: "" } });
  });

  test("labels in quotes, unknown values, ranges, and what is no value", () => {
    expect(readPerformanceData("'it''s a label'=0.5s;@1:2;~:5 load=U nonsense a=b c=-1.5e3% =1")).toEqual({
      values: [
        { label: "it's a label", value: 0.5, unit: "s", warn: "@1:2", crit: "~:5" },
        { label: "load", value: null, unit: "" },
        { label: "c", value: -1500, unit: "%" },
      ],
      unread: 3,
    });
  });

  test("a decimal comma and a limit beyond every number are no values; nothing is made up of them", () => {
    expect(readPerformanceData("a=5,3s b=1.2.3 c=1;;;-1e999;1e999")).toEqual({
      values: [{ label: "c", value: 1, unit: "" }],
      unread: 2,
    });
  });

  test("whatever a check prints comes to an end, in time that grows with its length", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 300, unit: fc.constantFrom("'", "=", ";", " ", "|", "1", "a", "\n") }),
        (text) => check(text).ok,
      ),
    );
    const startedMs = performance.now();
    check(`x|${"'a' ".repeat(60_000)}`);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});

describe("influx", () => {
  test("tags, every kind of field, escapes, timestamps and comments", () => {
    const printed = [
      "# a comment",
      "weather,location=us\\ midwest,with\\,comma=x temperature=82.5,humidity=71i,free=18446744073709551615u,wet=t 1465839830100400200",
      'log\\ file text="two words, one = sign, \\"quoted\\" and a\nline",ok=FALSE',
      "",
    ].join("\n");
    expect(readInflux(printed)).toEqual({
      ok: true,
      fields: {
        points: [
          {
            measurement: "weather",
            tags: { location: "us midwest", "with,comma": "x" },
            fields: { temperature: 82.5, humidity: 71, free: "18446744073709551615", wet: true },
            timestamp_ns: "1465839830100400200",
          },
          {
            measurement: "log file",
            tags: {},
            fields: { text: 'two words, one = sign, "quoted" and a\nline', ok: false },
          },
        ],
        points_total: 2,
      },
    });
  });

  test.each([
    ["cpu", "it has no field"],
    ["cpu value", "field value"],
    ["cpu value=", "field value="],
    ["cpu value=1 soon", "the timestamp is no whole number"],
    ["cpu,host= value=1", "tag host="],
    [",host=a value=1", "the measurement is missing"],
    ["cpu value=nan", "field value=nan"],
    ['cpu value="open', 'field value="open'],
    ["cpu value=9223372036854775808i", "field value=9223372036854775808i"],
    ["cpu value=18446744073709551616u", "field value=18446744073709551616u"],
    ["cpu value=-1u", "field value=-1u"],
    ["cpu value=1 9223372036854775808", "the timestamp does not fit 64 bits"],
  ])("%s is refused: %s", (line, why) => {
    expect(readInflux(`ok v=1\n${line}`)).toEqual({
      ok: false,
      why: `line 2 is no line protocol: ${why}: ${line}`,
    });
  });

  test("the ends of 64 bits are whole, before 1970 is a time", () => {
    expect(readInflux("m a=-9223372036854775808i,b=9223372036854775807i,c=18446744073709551615u -9")).toMatchObject({
      fields: {
        points: [
          {
            fields: { a: "-9223372036854775808", b: "9223372036854775807", c: "18446744073709551615" },
            timestamp_ns: "-9",
          },
        ],
      },
    });
  });

  test("a comment ends with its line, whatever stands in it", () => {
    expect(readInflux('# how: m f="\n  # is it\nm f=1\n')).toEqual({
      ok: true,
      fields: { points: [{ measurement: "m", tags: {}, fields: { f: 1 } }], points_total: 1 },
    });
  });

  test("points that were written by the rules come back as they were", () => {
    const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom("a", "é", ",", "=", " ", '"', "0") });
    const value = fc.oneof(
      fc.boolean(),
      fc.integer(),
      fc.string({ maxLength: 20, unit: fc.constantFrom("a", '"', "\\", "\n", " ", ",", "=") }),
    );
    const escaped = (text: string, marks: RegExp) => text.replaceAll(marks, "\\$&");
    const points = fc.array(
      fc.record({
        measurement: word.filter((text) => text.trim() === text && !text.startsWith("#")),
        tag: word,
        tagValue: word,
        field: word,
        value,
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(points, (given) => {
        const lines = given.map(({ measurement, tag, tagValue, field, value: one }) => {
          const written =
            typeof one === "string" ? `"${escaped(one, /["\\]/g)}"` : typeof one === "number" ? `${one}i` : String(one);
          const key = (text: string) => escaped(text, /[,= ]/g);
          return `${escaped(measurement, /[, ]/g)},${key(tag)}=${key(tagValue)} ${key(field)}=${written}`;
        });
        const expected = given.map(({ measurement, tag, tagValue, field, value: one }) => ({
          measurement,
          tags: { [tag]: tagValue },
          fields: { [field]: one },
        }));
        expect(readInflux(lines.join("\n"))).toEqual({
          ok: true,
          fields: { points: expected, points_total: given.length },
        });
      }),
    );
  });

  test("quotes without end take no longer than their length", () => {
    const startedMs = performance.now();
    readInflux(`m f="${'a"'.repeat(100_000)}`);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});

describe("json", () => {
  test("one value, or one on each line", () => {
    expect(readJson(' {"a": 1}\n')).toEqual({ ok: true, fields: { value: { a: 1 } } });
    expect(readJson("[1,\n2]")).toEqual({ ok: true, fields: { value: [1, 2] } });
    expect(readJson('{"a":1}\n\n{"a":2}\n')).toEqual({ ok: true, fields: { value: [{ a: 1 }, { a: 2 }] } });
  });

  test("numbers that a JSON number does not hold are texts, as they were written", () => {
    expect(
      readJson('{"id": 9007199254740993, "far": [1e999, -1e999], "text": "9007199254740993 \\" 1e999", "ok": 1e20}'),
    ).toEqual({
      ok: true,
      fields: {
        value: { id: "9007199254740993", far: ["1e999", "-1e999"], text: '9007199254740993 " 1e999', ok: 1e20 },
      },
    });
  });

  test("what is none says which line", () => {
    expect(readJson("")).toMatchObject({ ok: false, why: expect.stringContaining("printed nothing") });
    expect(readJson("hello")).toMatchObject({ ok: false, why: expect.stringContaining("line 1") });
    expect(readJson('{"a":1}\nhello')).toMatchObject({ ok: false, why: expect.stringContaining("line 2: hello") });
  });

  test("what is nested deeper than the wire takes is told, not sent", () => {
    expect(readJson("[".repeat(51) + "]".repeat(51))).toMatchObject({ ok: false });
    expect(readJson("[".repeat(100_000) + "]".repeat(100_000))).toMatchObject({ ok: false });
    expect(readJson("[".repeat(50) + "]".repeat(50))).toMatchObject({ ok: true });
  });
});

test("lines: empty ones are none, the last hundred are kept, long ones are cut", () => {
  expect(readLines("a\r\n\n  \nb")).toEqual({ ok: true, fields: { lines: ["a", "b"], lines_total: 2 } });
  const many = Array.from({ length: 150 }, (_, index) => `line ${index}`);
  expect(readLines(many.join("\n"))).toEqual({ ok: true, fields: { lines: many.slice(50), lines_total: 150 } });
  expect(readLines("x".repeat(5_000))).toEqual({
    ok: true,
    fields: { lines: [`${"x".repeat(1_000)}…`], lines_total: 1 },
  });
});

const ended = {
  startedMs: 0,
  tookMs: 1,
  timeoutMs: 1_000,
  exitCode: 0,
  signal: null,
  timedOut: false,
  givenUp: false,
} as const;
const printed = (stdout: string) => ({ ...ended, failure: null, stdout, truncated: false, stderr: "" });

test.each([
  ["lines", "first", { lines: ["first"] }],
  ["json", '{"a":1}', { value: { a: 1 } }],
  ["nagios", "OK", { text: "OK" }],
  ["influx", "room celsius=21", { points: [{ measurement: "room" }] }],
] as const)("%s: a mark of the order of bytes is none of what was printed", (as, text, fields) => {
  expect(readOutput(as, printed(`\uFEFF${text}\r\n`))).toMatchObject({ ok: true, fields });
});

test("what is cut ends with a whole character", () => {
  const long = `${"x".repeat(999)}😀y`;
  expect(readLines(long)).toMatchObject({ fields: { lines: [`${"x".repeat(999)}…`] } });
  const text = `${"x".repeat(4_095)}😀y`;
  expect(check(`${text}\n${text}`)).toMatchObject({
    fields: { text: "x".repeat(4_095), long_text: "x".repeat(4_095) },
  });
  expect(readJson(`${"x".repeat(59)}😀y`)).toMatchObject({ why: expect.stringMatching(/: x{59}…$/) });
});

test("numbers of a check beyond the two hundred that are kept are counted as unread", () => {
  const many = Array.from({ length: 5_000 }, (_, index) => `l${index}=${index};1;2`).join(" ");
  const { values, unread } = readPerformanceData(many);
  expect([values.length, unread]).toEqual([200, 4_800]);
});
