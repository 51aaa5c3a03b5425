// Arbitrary messages, commands and JSON for the properties: good ones, nearly good ones, and anything at all.
import * as fc from "fast-check";
import { COMMANDS, FEATURES, MESSAGE_TYPES } from "../src/index.ts";

type Fields = Record<string, unknown>;
const text = fc.string({ maxLength: 8 });
const filled = fc.string({ minLength: 1, maxLength: 8 });
const number = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
/** Any JSON value; few and fixed where it is only luggage, which is ten times quicker to make. */
export const anyJson = fc.jsonValue({ maxDepth: 3 });
const luggage = fc.constantFrom<unknown>(null, true, 0, 1e300, "", "é", [], [1, [2]], {}, { a: { b: [null] } }, ["x"]);
const object = fc.dictionary(fc.constantFrom("a", "ä b", "__proto__", "constructor", "mode", "html"), luggage, {
  maxKeys: 3,
});

/** Real moments in every shape the pattern allows. */
export const anyTimestamp = fc
  .tuple(
    fc.date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true }),
    fc.constantFrom("minutes", "seconds", "fraction"),
    fc.bigInt({ min: 0n, max: 10n ** 12n }),
    fc.constantFrom("Z", "+00:00", "-00:00", "+05:45", "-11:30", "+23:59"),
  )
  .map(([date, precision, fraction, zone]) => {
    const iso = date.toISOString();
    if (precision === "minutes") return `${iso.slice(0, 16)}${zone}`;
    return precision === "seconds" ? `${iso.slice(0, 19)}${zone}` : `${iso.slice(0, 19)}.${fraction}${zone}`;
  });

const artifact = fc.record({
  artifact_id: filled,
  rel_path: fc.constantFrom("a.png", "shots/1.png", "a\\b", "a..b/c"),
  sha256: fc.constant("0f".repeat(32)),
  bytes: fc.nat(),
  mime: fc.constantFrom("image/png", "text/plain"),
  captured_at: anyTimestamp,
  retention_class: fc.constantFrom("ephemeral", "retained", "archived"),
});
const activity = fc.oneof(
  some({ mode: fc.constant("active"), keep_alive: fc.boolean() }, { reason: text }),
  some({ mode: fc.constant("passive"), keep_alive: fc.constantFrom(true, false, null) }, { reason: text }),
);
const monitor = some(
  { label: fc.constantFrom("files", "_a1") },
  {
    data_header: fc.option(filled),
    resets_cooldown: fc.boolean(),
    infrequent: fc.boolean(),
    poll_interval_s: fc.double({ min: 0.1, max: 100, noNaN: true }),
  },
);
const callError = fc.record({ code: text, message: text });
const frame = { request_id: text, state_token: text };
const frameData = fc.oneof(
  some({ mode: fc.constant("html_fragment_v1"), html: text, ttl_ms: fc.nat() }, frame),
  some({ mode: fc.constant("tree_v1"), tree: fc.oneof(object, fc.array(luggage)), ttl_ms: fc.nat() }, frame),
);
const mode = fc.constantFrom("normal", "intensive");
const health = fc.constantFrom("initializing", "ok", "healthy", "degraded", "overload", "failed");
const statusExtras = { uptime_s: number, details: object, message: text };

const own: Record<string, fc.Arbitrary<Fields>> = {
  handshake: some(
    { protocol_version: fc.constantFrom("0.3", "0.4", "1.0"), agent_version: fc.constantFrom("1.0.0", "0.1.0-rc.1+b") },
    {
      min_app_version: fc.constant("0.4.0"),
      capabilities: fc.array(fc.oneof(fc.constantFrom(...FEATURES), text), { maxLength: 3 }),
      stream: filled,
      data: object,
    },
  ),
  heartbeat: some({ timestamp: anyTimestamp }, {}),
  summary: some(
    { data: merged(some({}, { activity_signal: activity, artifacts: fc.array(artifact, { maxLength: 2 }) }), object) },
    { seq: fc.integer({ min: 1 }) },
  ),
  event: some({ data: merged(some({ event: filled }, { payload: luggage, topic: filled }), object) }, {}),
  status: fc.oneof(
    some({ health }, { ...statusExtras, mode, tuned: luggage }),
    some({ mode }, statusExtras),
    some({ tuned: object }, statusExtras),
    some({ details: some({ mode }, {}) }, {}),
  ),
  error: some({ message: text }, { severity: fc.constantFrom("recoverable", "fatal"), context: luggage, code: text }),
  log: some(
    { level: fc.constantFrom("debug", "info", "warning", "error"), message: text },
    { markup: fc.boolean(), extra: luggage },
  ),
  ack: some({ ack_command: filled }, { id: text, message: text }),
  metadata: some(
    { data: some({}, { provides: fc.array(text), config_schema: object, data_schema: object, monitor }) },
    {},
  ),
  widget_frame: some({ data: frameData }, {}),
  result: fc.oneof(
    some({ id: filled, ok: fc.constant(true) }, { data: luggage }),
    some({ id: filled, ok: fc.constant(false), error: callError }, {}),
  ),
  request: some({ id: filled, method: filled }, { params: object }),
  metric: object,
  custom: object,
};

/** A good message of any type, with some fields nobody knows. */
export const goodMessage: fc.Arbitrary<Fields> = fc.oneof(
  ...MESSAGE_TYPES.map((type) =>
    fc
      .tuple(
        fc.dictionary(fc.constantFrom("x_a", "x_b", "über"), luggage, { maxKeys: 2 }),
        some({}, { timestamp: anyTimestamp, agent_id: text, agent_label: text, metrics: luggage }),
        own[type] ?? fc.constant({}),
      )
      .map(([unknown, envelope, fields]) => ({ ...envelope, ...fields, ...unknown, type })),
  ),
);

const stream = { stream: text, through: fc.nat() };
const params: Record<string, fc.Arbitrary<Fields>> = {
  ack: some(
    { ack: fc.constant("handshake"), accepted: fc.constant(true) },
    {
      app_version: text,
      heartbeat_interval_s: fc.integer({ min: 1, max: 60 }),
      max_line_bytes: fc.integer({ min: 1 }),
      memory_mib: fc.nat(),
      config: object,
      privacy: fc.array(luggage),
      granted: fc.array(text),
    },
  ),
  reject: some({ reason: text }, {}),
  flush: some({}, { reason: text }),
  sequence: some({ sequence: fc.array(fc.constantFrom(...COMMANDS), { minLength: 1, maxLength: 4 }) }, {}),
  committed: some(stream, { refused: fc.array(fc.record({ seq: fc.integer({ min: 1 }), code: text })) }),
  throttle: some({ factor: fc.integer({ min: 1, max: 64 }) }, { reason: text }),
  lifecycle: some({ phase: fc.constantFrom("initialize", "activate", "suspend", "unload") }, { config: object }),
  segment: some({ phase: fc.constantFrom("opened", "closed"), id: text }, {}),
  widget_render: some({ mode: fc.constantFrom("html_fragment_v1", "tree_v1") }, { canvas: luggage, state_token: text }),
  widget_action: some({ action: filled }, { payload: luggage }),
  invoke: some({ interface: filled, method: filled }, { params: luggage, context: object }),
  event: some({ topic: text }, { from: text, data: luggage }),
  response: fc.oneof(
    some({ ok: fc.constant(true) }, { data: luggage }),
    some({ ok: fc.constant(false), error: callError }, {}),
  ),
};

/** A good command of any name in its normal form. */
export const goodCommand: fc.Arbitrary<Fields> = fc.oneof(
  ...COMMANDS.map((cmd) => some({ cmd: fc.constant(cmd), params: params[cmd] ?? object }, { id: text })),
);

const odd = fc.oneof(
  anyJson,
  fc.constantFrom(0, 1, -1, 0.5, 2 ** 53, Infinity, "", "x", null, true, false, [], {}, ["", 1], "2025-02-30T00:00Z"),
  fc.constantFrom("a/../b", "/etc/passwd", "C:x", "ok", "healthy", "active", "passive", "2025-11-07T09:00Z\n", "0.04"),
);

/** A value with one field, anywhere inside, replaced, removed or added. */
export function nearly(good: fc.Arbitrary<Fields>): fc.Arbitrary<unknown> {
  return fc
    .tuple(good, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), fc.option(odd, { nil: undefined }))
    .map(([value, steps, instead]) => changed(structuredClone(value), steps, instead));
}

function changed(value: unknown, steps: readonly number[], instead: unknown): unknown {
  const [step = 0, ...further] = steps;
  if (typeof value !== "object" || value === null) return instead === undefined ? null : instead;
  const fields = value as Fields;
  const keys = Object.keys(fields);
  const key = keys[step % Math.max(keys.length, 1)];
  if (key === undefined) return instead === undefined ? value : instead;
  if (further.length > 0 && typeof fields[key] === "object") fields[key] = changed(fields[key], further, instead);
  else if (instead === undefined && Array.isArray(fields)) fields.splice(Number(key), 1);
  else if (instead === undefined) delete fields[key];
  else fields[key] = instead;
  return value;
}

function some(must: Record<string, fc.Arbitrary<unknown>>, may: Record<string, fc.Arbitrary<unknown>>) {
  return fc.record({ ...must, ...may }, { requiredKeys: Object.keys(must) }) as fc.Arbitrary<Fields>;
}

function merged(known: fc.Arbitrary<Fields>, unknown: fc.Arbitrary<Fields>): fc.Arbitrary<Fields> {
  return fc.tuple(unknown, known).map(([more, fields]) => ({ ...more, ...fields }));
}
