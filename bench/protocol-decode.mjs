// What the wire costs over bare JSON.parse: split, decode and guard, per message, in turns so that a busy machine hits all alike.
// Run after `npm run build`: node bench/protocol-decode.mjs [--json]
import { decodeLine, isWireMessage, LineSplitter, sniffType } from "../packages/protocol/dist/wire/index.js";

const ROUNDS = 9;
const at = "2026-11-21T09:00:00.123Z";
const heartbeat = { type: "heartbeat", timestamp: at, metrics: { cpu: 0.008, mem_mb: 7.2, queue: 1, latency_ms: 3 } };
const summary = (bytes) => {
  const data = {
    schema: "folder_activity.summary.v1",
    window: { start: at, end: at, duration_s: 60 },
    counts: { created: 1, modified: 12, deleted: 0, renamed: 0, total: 13 },
    activity_signal: { mode: "active", keep_alive: true, reason: "13 changes" },
    path_samples: [],
  };
  const message = { type: "summary", timestamp: at, seq: 12, data, metrics: { samples: 13, interval_s: 60 } };
  while (JSON.stringify(message).length < bytes)
    data.path_samples.push(`src/some/folder/file-${data.path_samples.length}.ts`);
  return message;
};
const mixes = {
  heartbeat: [heartbeat],
  summary_440: [summary(440)],
  summary_4k: [summary(4096)],
  mix_9_to_1: [...Array.from({ length: 9 }, () => heartbeat), summary(440)],
};

const ways = {
  parse_only: (stream) => lines(stream, (line) => JSON.parse(line.toString())),
  split_only: (stream) => split(stream, () => undefined),
  split_sniff: (stream) => split(stream, (line) => sniffType(line)),
  split_decode: (stream) => split(stream, (line) => decodeLine(line)),
};

const report = {};
for (const [name, messages] of Object.entries(mixes)) {
  const { chunks, count } = streamOf(messages);
  const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [way, run] of Object.entries(ways)) {
      const seconds = cpuSeconds(() => run(chunks));
      if (round > 0) times[way].push((seconds / count) * 1e6);
    }
  }
  const baseline = median(times.parse_only);
  const guarded = messages.map((message) => structuredClone(message));
  const guard = median(
    Array.from({ length: ROUNDS }, () => (cpuSeconds(() => guardAll(guarded, count)) / count) * 1e6),
  );
  report[name] = {
    parse_us: round3(baseline),
    decode_us: round3(median(times.split_decode)),
    guard_us: round3(guard),
    split_us: round3(median(times.split_only)),
    sniff_us: round3(median(times.split_sniff)),
    decode_ratio: round3(baseline / median(times.split_decode)),
    spread: round3((Math.max(...times.parse_only) - Math.min(...times.parse_only)) / baseline),
  };
}

if (process.argv.includes("--json")) console.log(JSON.stringify(report));
else console.table(report);

function streamOf(messages) {
  const text = messages.map((message) => `${JSON.stringify(message)}\n`).join("");
  const repeats = Math.ceil(24_000_000 / text.length);
  const stream = Buffer.from(text.repeat(repeats));
  const chunks = [];
  for (let from = 0; from < stream.length; from += 65_536) chunks.push(stream.subarray(from, from + 65_536));
  return { chunks, count: repeats * messages.length };
}

/** The plainest right way: indexOf, slice, parse, a cut line carried over. */
function lines(chunks, take) {
  let rest = null;
  for (const each of chunks) {
    const chunk = rest === null ? each : Buffer.concat([rest, each]);
    let from = 0;
    for (let to = chunk.indexOf(10); to !== -1; to = chunk.indexOf(10, from)) {
      take(chunk.subarray(from, to));
      from = to + 1;
    }
    rest = from < chunk.length ? chunk.subarray(from) : null;
  }
}

function split(chunks, line) {
  const splitter = new LineSplitter({ maxLineBytes: 262_144 }, { line, tooLong: () => undefined });
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
}

function guardAll(messages, count) {
  let good = 0;
  for (let done = 0; done < count; done += 1) if (isWireMessage(messages[done % messages.length])) good += 1;
  if (good !== count) throw new Error("the guard refused a good message");
}

function cpuSeconds(run) {
  const before = process.cpuUsage();
  run();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1e6;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function round3(value) {
  return Math.round(value * 1000) / 1000;
}
