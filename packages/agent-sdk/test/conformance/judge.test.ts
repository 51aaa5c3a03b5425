import { expect, test } from "vitest";
import { judge, type Mark, type Recording, rules } from "../../src/testing/index.ts";
import { goodLife, HANDSHAKE, recorded } from "./written.ts";

const mark = (happening: object) => happening as Mark;

/** What a rule says of these recordings. */
function finding(id: string, ...recordings: readonly Recording[]) {
  const [rule] = judge(recordings, { only: [id], release: true }).rules;
  return { ok: rule?.ok, seen: rule?.seen };
}

test("every rule has a number of its area, in order, and something to say", () => {
  const hundreds = { handshake: 1, lines: 2, commands: 3, evidence: 4, heartbeats: 5, tolerance: 6, ending: 7 };
  const ids = rules.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].toSorted());
  for (const { id, area, title, says, why, fix } of rules) {
    const hundred = { ...hundreds, resources: 8, features: 9 }[area];
    expect(id).toMatch(new RegExp(`^JLP${hundred}\\d\\d$`));
    for (const text of [title, says, why, fix]) expect(text.length, id).toBeGreaterThan(5);
    expect(title, id).not.toMatch(/\.$/);
    expect(fix, id).toMatch(/[.!?]$/);
  }
});

test("nothing recorded breaks nothing and throws nothing", () => {
  for (const recordings of [[], [recorded("first-contact")], [recorded("live")]]) {
    const broken = judge(recordings, { release: true }).rules.filter(({ ok }) => ok === false);
    expect(broken.map(({ id }) => id)).toEqual(recordings[0]?.scenario === "first-contact" ? ["JLP101"] : []);
  }
});

test("a good life breaks no required rule", () => {
  const { rules: reports, failed, passed } = judge([goodLife()]);
  expect(reports.filter(({ ok, required }) => required && ok === false)).toEqual([]);
  expect(failed).toBe(0);
  expect(passed).toBeGreaterThan(10);
});

test("a type that is no text, and cannot be made one, throws nothing", () => {
  const odd = '> {"type":{"toString":1,"valueOf":1},"seq":1,"stream":"s"}';
  const phase = '< {"cmd":"lifecycle","id":"1","params":{"phase":{"toString":1,"valueOf":1}}}';
  const handshake = HANDSHAKE.replace('["summary"]', '["summary","durable_ack","lifecycle"]');
  const committed = '< {"cmd":"committed","params":{"stream":"s","through":{"valueOf":1,"toString":1}}}';
  const lives = ["first-contact", "phases", "committed"].map((name) =>
    recorded(name, handshake, phase, committed, odd, '< {"cmd":"flush","id":"2"}'),
  );
  expect(judge(lives).rules.find(({ id }) => id === "JLP205")?.ok).toBe(false);
});

test("counts are of required rules; advice fails nobody", () => {
  const report = judge([recorded("live", HANDSHAKE.replace('["summary"]', '["sumary"]'))], {
    only: ["JLP103", "JLP106", "JLP110"],
  });
  expect(report).toMatchObject({ passed: 1, failed: 0, advice: 1, not_applicable: 1, took_ms: 0, level: "agent" });
  expect(report.rules.map(({ id, page }) => [id, page])).toContainEqual(["JLP106", "docs/conformance/JLP106.md"]);
});

test("a rule that nobody knows is refused", () => {
  expect(() => judge([], { only: ["JLP001"] })).toThrow("no rule is called JLP001");
});

test("rules of releases are asked for only there", () => {
  const ids = (release: boolean) => judge([], { release }).rules.map(({ id }) => id);
  expect(ids(false)).not.toContain("JLP951");
  expect(ids(true)).toContain("JLP951");
});

const brokenLines: readonly (readonly [string, string, string])[] = [
  ["JLP102", '> {"type":"status","health":"ok"}', "before its handshake"],
  ["JLP201", "> loading …", "not JSON"],
  ["JLP201", "> [1]", "no object"],
  ["JLP201", '> {"type":"summary","data":{"came":0,files: 9}}', '▸: …mmary","data":{"came":0,▸files: 9}}'],
  ["JLP204", `> {"type":"log","level":"info","message":"","extra":${"[".repeat(70)}${"]".repeat(70)}}`, "deep"],
  ["JLP205", '> {"level":"info"}', "has no type"],
  ["JLP206", '> {"type":"log","level":"loud","message":"x"}', "log: level"],
  ["JLP207", '> {"type":"log","level":"info","message":"x","timestamp":"2026-03-01 09:00"}', "timestamp"],
  ["JLP207", '> {"type":"heartbeat"}', "timestamp"],
  ["JLP208", '> {"type":"heartbeat","timestamp":"2026-03-01T10:00:00Z"}', "60 minutes off"],
  ["JLP210", '> {"type":"sumary","data":{}}', "sumary"],
  ["JLP203", `> {"type":"log","level":"info","message":"${"x".repeat(70_000)}"}`, "bytes"],
];

test.each(brokenLines)("%s sees %s", (id, line, seen) => {
  expect(finding(id, recorded("live", line, HANDSHAKE))).toEqual({ ok: false, seen: expect.stringContaining(seen) });
  expect(finding(id, goodLife()).ok).not.toBe(false);
  const others = judge([recorded("live", line, HANDSHAKE)]).rules.filter(
    (rule) => rule.ok === false && rule.id !== id && rule.required,
  );
  // A status that is no handshake is fine in itself, whatever comes first.
  expect(others.map((rule) => rule.id).filter((other) => other !== "JLP102")).toEqual([]);
});

test("a line that a signal has cut is not the agent's fault, one without line end at its own end is", () => {
  const cut = (end: object) => recorded("live", HANDSHAKE, '> {"type":', mark({ what: "unfinished-line" }), mark(end));
  expect(finding("JLP201", cut({ what: "ended", code: null, signal: "SIGTERM" })).ok).toBe(true);
  expect(finding("JLP209", cut({ what: "ended", code: null, signal: "SIGTERM" })).ok).toBe(null);
  expect(finding("JLP209", cut({ what: "ended", code: 0, signal: null })).ok).toBe(false);
});

test("a flood is more in a second than a collector takes, unless it was asked for", () => {
  const many = (line: string) => {
    const { lines, marks, scenario } = recorded("live", HANDSHAKE, ...Array.from({ length: 1100 }, () => line));
    return { scenario, marks, lines: lines.map((each) => ({ ...each, at_ms: each.at_ms / 20 })) };
  };
  expect(finding("JLP211", many('> {"type":"log","level":"info","message":"x"}')).ok).toBe(false);
  expect(finding("JLP211", many('> {"type":"status","health":"ok"}')).ok).toBe(true);
});

test("bad lines: the first kind that was not survived is broken, what came before held, what follows was not tried", () => {
  const badLines = recorded(
    "bad-lines",
    HANDSHAKE,
    mark({ what: "step", name: "no-json" }),
    "< {",
    mark({ what: "step", name: "no-object" }),
    "< null",
    "! TypeError: null has no cmd",
    mark({ what: "ended", code: 1, signal: null }),
    mark({ what: "not-seen", waited_for: "the ack of flush", within_ms: 10_000 }),
  );
  expect(finding("JLP601", goodLife(), badLines)).toEqual({ ok: true, seen: "after { it answered" });
  expect(finding("JLP602", goodLife(), badLines)).toEqual({
    ok: false,
    seen: "after null … the ack of flush never came; it ended with exit code 1; its stderr says: TypeError: null has no cmd",
  });
  expect(finding("JLP603", goodLife(), badLines).ok).toBe(null);
  // Whoever answers no flush at all breaks another rule.
  expect(finding("JLP602", badLines).ok).toBe(null);
});

test("what was waited for after a command is named, not what was missed before it", () => {
  const missed = (what: string, within = 10_000) => mark({ what: "not-seen", waited_for: what, within_ms: within });
  const commands = recorded(
    "commands",
    HANDSHAKE,
    '< {"cmd":"status","id":"1"}',
    missed("the status of status"),
    '< {"cmd":"stop","id":"2"}',
    missed("the ack of stop", 3000),
    '< {"cmd":"start","id":"3"}',
    missed("the ack of start", 500),
  );
  expect(finding("JLP303", commands).seen).toBe(
    'no ack after {"cmd":"stop","id":"2"}; the ack of stop did not come within 3 s',
  );
  expect(finding("JLP304", commands).seen).toBe(
    'no ack after {"cmd":"start","id":"3"}; the ack of start did not come within 0.5 s',
  );
  const widgets = recorded(
    "widgets",
    HANDSHAKE.replace("summary", "widget_frame"),
    '< {"cmd":"widget_render","id":"1"}',
    missed("the widget_frame of widget_render"),
    '< {"cmd":"widget_action","id":"2"}',
    missed("the ack of widget_action", 3000),
  );
  expect(finding("JLP908", widgets).seen).toBe("no ack; the ack of widget_action did not come within 3 s");
});

test("endings: to stay is one fault, another exit code a second one", () => {
  const ending = (...entries: Parameters<typeof recorded>[1][]) =>
    recorded("stdin-ends", HANDSHAKE, mark({ what: "step", name: "ending" }), ...entries);
  const stays = ending(mark({ what: "killed" }));
  expect([finding("JLP704", stays).ok, finding("JLP705", stays).ok]).toEqual([false, null]);
  const fails = ending(mark({ what: "ended", code: 2, signal: null }));
  expect([finding("JLP704", fails).ok, finding("JLP705", fails).ok]).toEqual([true, false]);
  const never = recorded("stdin-ends");
  expect([finding("JLP704", never).ok, finding("JLP705", never).ok]).toEqual([null, null]);
});

test("whoever leaves a process behind is told so once", () => {
  const left = mark({ what: "left-behind", processes: ["sleep (7)"] });
  const life = goodLife();
  const first = { ...life, marks: [...life.marks, { ...left, at_ms: 99, after: 9 }] };
  const stdin = recorded(
    "stdin-ends",
    mark({ what: "step", name: "ending" }),
    mark({ what: "ended", code: 0, signal: null }),
    left,
  );
  expect(finding("JLP703", first)).toEqual({ ok: false, seen: "still there: sleep (7)" });
  expect(finding("JLP706", first, stdin).ok).toBe(null);
  expect(finding("JLP706", goodLife(), stdin).ok).toBe(false);
});

test("lines beside the answers to a burst of commands are no flood; those of one command are, once there are many", () => {
  const fast = (entries: readonly string[]) => {
    const { lines, marks, scenario } = recorded("live", HANDSHAKE, ...entries);
    return { scenario, marks, lines: lines.map((each) => ({ ...each, at_ms: each.at_ms / 100 })) };
  };
  const numbers = Array.from({ length: 1100 }, (_, number) => number);
  const flushes = numbers.map((number) => `< {"cmd":"flush","id":"${number}"}`);
  const answered = (beside: readonly string[]) =>
    numbers.flatMap((number) => [...beside, `> {"type":"ack","ack_command":"flush","id":"${number}"}`]);
  for (const beside of [["> looking"], ["> looking", '> {"type":"log","level":"info","message":"x"}']]) {
    expect(finding("JLP211", fast([...flushes, ...answered(beside)])).ok).toBe(true);
    expect(finding("JLP201", fast([...flushes, ...answered(beside)])).ok).toBe(false);
  }
  const poured = numbers.map(() => '> {"type":"log","level":"info","message":"x"}');
  expect(finding("JLP211", fast([...flushes.slice(0, 1), ...poured])).ok).toBe(false);
  expect(finding("JLP211", fast([...flushes, ...answered([]), ...poured])).ok).toBe(false);
  // What only tells it something asks for nothing.
  expect(finding("JLP211", fast(poured.flatMap((line) => ['< {"cmd":"committed","id":"1"}', line]))).ok).toBe(false);
});

const complaints: readonly (readonly [string, string, string])[] = [
  [
    "a Python traceback",
    `Traceback (most recent call last):
  File "/home/a/main.py", line 12, in <module>
    main()
  File "/home/a/look.py", line 7, in look
    json.loads("{")
  File "/usr/lib/python3.11/json/__init__.py", line 346, in loads
    return _default_decoder.decode(s)
json.decoder.JSONDecodeError: Expecting property name`,
    "/home/a/look.py, line 7: json.decoder.JSONDecodeError: Expecting property name",
  ],
  [
    "a Python file that does not parse",
    '  File "main.py", line 3\n    def\n       ^\nSyntaxError: invalid syntax\n',
    "main.py, line 3: SyntaxError: invalid syntax",
  ],
  [
    "a Node error",
    "file:///a/agent.mjs:3\nnul\n^\n\nReferenceError: nul is not defined\n    at file:///a/agent.mjs:3:1\n\nNode.js v20.20.0\n",
    "/a/agent.mjs, line 3: ReferenceError: nul is not defined",
  ],
  ["anything else", "warming up\nno such folder\n", "no such folder"],
];

test.each(complaints)("of %s on stderr the error is told, and its place", (_, stderr, told) => {
  const lines = stderr.split("\n").map((line) => `! ${line}`);
  const recording = recorded("first-contact", ...lines, mark({ what: "ended", code: 1, signal: null }));
  expect(finding("JLP101", recording).seen).toMatch(/its stderr says: /);
  expect(finding("JLP101", recording).seen?.split("its stderr says: ")[1]).toBe(told);
});
