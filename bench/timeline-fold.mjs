// The fold of a month: 50,000 records of five agents over 30 days, parsed from their lines and folded, in CPU time and in
// memory above the lines themselves, in pairs with nothing but JSON.parse. Also: the same told live, one record at a time, and a
// thousand records that come late. After `npm run build`: node --expose-gc bench/timeline-fold.mjs [--json]
import { foldTimeline, LiveTimeline, parseRecord } from "../packages/evidence/dist/index.js";

const RECORDS = 50_000;
const DAYS = 30;
const START_MS = Date.UTC(2026, 0, 5);
const AGENTS = ["folder-activity", "git-activity", "system-load", "commits", "window"];
const collectorId = "00000000-0000-4000-8000-000000000000";
const nowMs = START_MS + (DAYS + 1) * 86_400_000;

const salt = "AAAAAAAAAAAAAAAAAAAAAA";
const decoder = new TextDecoder();
const lines = month();
const bytes = lines.reduce((sum, { byteLength }) => sum + byteLength, 0);
const rounds = Array.from({ length: 9 }, () => {
  const parseMs = cpuMs(() => lines.forEach((utf8) => JSON.parse(decoder.decode(utf8))));
  const folded = {};
  const foldMs = cpuMs(() => Object.assign(folded, foldTimeline(records(lines), { collectorId, nowMs })));
  return { parseMs, foldMs, folded };
}).slice(1);
const [{ folded: timeline }] = rounds;

const mib = heapMib(() => {
  const live = new LiveTimeline({ collectorId });
  live.load(records(lines));
  return live;
});

const live = new LiveTimeline({ collectorId });
let events = 0;
const liveMs = cpuMs(() => {
  for (const record of records(lines)) events += live.add(record).length;
});

const late = shuffled(records(lines)).slice(0, 1000);
const lateSeqs = new Set(late.map(({ seq }) => seq));
const lateLive = new LiveTimeline({ collectorId });
lateLive.load(records(lines.filter((_, index) => !lateSeqs.has(index + 1))));
const lateMs = cpuMs(() => {
  for (const record of late) lateLive.add(record);
});

const parse = rounds.map((times) => times.parseMs);
const fold = rounds.map((times) => times.foldMs);
const steady = Math.max(...parse) - Math.min(...parse) <= median(parse) / 5;
const told = [live, lateLive].map((one) => JSON.stringify(one.snapshot(nowMs)));
const report = {
  report_30d: {
    value: round(median(fold)),
    unit: "ms CPU",
    baseline: round(median(parse)),
    ratio: round(median(fold) / median(parse)),
    target: 500,
    spread: round((Math.max(...fold) - Math.min(...fold)) / median(fold)),
    ok: median(fold) < 500 || (steady ? false : null),
  },
  memory: { value: round(mib), unit: "MiB", target: 100, ok: mib < 100 },
  live_equals_fold: told.every((text) => text === JSON.stringify(timeline)),
  records: RECORDS,
  megabytes: round(bytes / 1e6),
  segments: timeline.segments.length,
  live_us_per_record: round((liveMs * 1000) / RECORDS),
  late_us_per_record: round((lateMs * 1000) / late.length),
  events,
};
console.log(process.argv.includes("--json") ? JSON.stringify(report) : report);
if (report.report_30d.ok === false || !report.memory.ok || !report.live_equals_fold) process.exitCode = 1;

function month() {
  const perDay = RECORDS / DAYS;
  const all = [line(1, START_MS, policy())];
  for (let n = 2; n <= RECORDS; n += 1) {
    const day = Math.floor((n - 1) / perDay);
    const within = ((n - 1) % perDay) / perDay;
    const atMs = Math.round(START_MS + day * 86_400_000 + 28_800_000 + within * 36_000_000);
    all.push(line(n, atMs + 40, message(n, atMs, within)));
  }
  return all;
}

function line(seq, receivedMs, rest) {
  const { kind, ...body } = rest;
  const record = { seq, kind, received_at: new Date(receivedMs).toISOString(), ...body };
  return new TextEncoder().encode(JSON.stringify(record));
}

function policy() {
  const agents = { commits: { resets_cooldown: true, infrequent: false, data_header: "commits" } };
  const rules = { at: new Date(START_MS).toISOString(), cooldown_seconds: 600, flush_interval_s: 60 };
  return {
    kind: "policy",
    salt,
    data: { ...rules, minimum_segment_s: 0, day_start: "00:00", time_zone: "UTC", agents },
  };
}

// Work in the morning and the afternoon, with a pause at noon and short ones between.
function message(n, atMs, within) {
  const which = n % AGENTS.length;
  const label = AGENTS[which];
  const origin = {
    instance_id: `0000000${which}-0000-4000-8000-000000000000`,
    plugin_id: `mimolo.${label}`,
    agent_label: label,
  };
  const run = {
    run_id: "11111111-0000-4000-8000-000000000000",
    trust: "trusted",
    stream: `s${which}`,
    agent_seq: n,
    salt,
  };
  const timestamp = new Date(atMs).toISOString();
  const works = label !== "system-load" && (within < 0.45 || within > 0.55) && Math.floor(within * 40) % 7 !== 0;
  if (label === "commits" && works) {
    const data = { event: "commit", payload: { commits: [`c${n % 300}`] } };
    return { kind: "message", ...origin, ...run, message: { type: "event", timestamp, data } };
  }
  const activity_signal =
    label === "system-load"
      ? { mode: "passive", keep_alive: null }
      : { mode: "active", keep_alive: works, reason: "file changes" };
  const counts = { created: 1, modified: n % 9, deleted: 0, renamed: 0, total: 1 + (n % 9) };
  const data = { schema: "folder_activity.summary.v1", activity_signal, counts, folders: ["src/timeline", "test"] };
  const metrics = { cpu_percent_recent: 0.03, mem_mb: 41.2, interval_s: 55, samples: 11 };
  return { kind: "message", ...origin, ...run, message: { type: "summary", timestamp, seq: n, data, metrics } };
}

function* records(from) {
  for (const bytesOfLine of from) yield parseRecord(bytesOfLine);
}

function cpuMs(run) {
  globalThis.gc?.();
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function heapMib(make) {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const kept = make();
  globalThis.gc?.();
  const used = process.memoryUsage().heapUsed - before;
  return kept === undefined ? 0 : used / 1_048_576;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function shuffled(all) {
  let state = 42;
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  return [...all]
    .map((item) => ({ item, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function round(value) {
  return Math.round(value * 10) / 10;
}
