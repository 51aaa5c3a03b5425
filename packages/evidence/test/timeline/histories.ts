// Generated histories: what a collector's ledger may hold after a few hours, on a coarse grid so that times often coincide.
import type { EvidenceRecord } from "@mimolo/protocol";
import fc from "fast-check";
import { slowFold } from "./slow-fold.ts";

export const COLLECTOR = "c0";
const BASE_MS = Date.UTC(2026, 2, 29, 0, 30);
const SALT = "AAAAAAAAAAAAAAAAAAAAAA";

type Body = { kind: EvidenceRecord["kind"]; receivedS: number } & Record<string, unknown>;

export function at(seconds: number): string {
  return new Date(BASE_MS + seconds * 1000).toISOString();
}

export function atMs(seconds: number): number {
  return BASE_MS + seconds * 1000;
}

/** A record as it stands on disk. */
export function record(seq: number, { kind, receivedS, ...rest }: Body): EvidenceRecord {
  return { seq, kind, received_at: at(receivedS), salt: SALT, ...rest } as unknown as EvidenceRecord;
}

const seconds = fc.oneof(
  fc.integer({ min: 0, max: 90 }).map((n) => n * 60),
  fc.integer({ min: 0, max: 5400 }),
);
const shortSeconds = fc.oneof(
  fc.integer({ min: 0, max: 10 }).map((n) => n * 60),
  fc.integer({ min: 0, max: 1500 }),
);
const origin = (instance: string, label: string) => ({
  instance_id: instance,
  plugin_id: `local.${label}`,
  agent_label: label,
  run_id: "r",
  trust: "trusted",
});
const who = fc.constantFrom(origin("i1", "folder"), origin("i2", "git"), origin("i3", "load"));
const numbering = fc.option(
  fc.record({ stream: fc.constantFrom("s", "t"), agent_seq: fc.integer({ min: 1, max: 5 }) }),
  {
    nil: {},
  },
);

const summary = fc
  .record({
    who,
    numbering,
    s: seconds,
    lateS: fc.constantFrom(0, 0, 0, 0.005, 30, 4000, -20),
    stamped: fc.boolean(),
    signal: fc.constantFrom(
      { mode: "active", keep_alive: true, reason: "edits" },
      { mode: "active", keep_alive: true, reason: "commits" },
      { mode: "active", keep_alive: true },
      { mode: "active", keep_alive: false, reason: "nothing" },
      { mode: "passive", keep_alive: null },
      undefined,
    ),
    metrics: fc.constantFrom(
      { interval_s: 10 },
      { interval_s: 45.5 },
      { interval_s: 900 },
      { interval_s: "x" },
      undefined,
    ),
  })
  .map(({ who: whose, numbering: numbers, s, lateS, stamped, signal, metrics }): Body => {
    const usable = metrics?.interval_s === "x" ? {} : metrics;
    const data = signal === undefined ? { n: 1 } : { activity_signal: signal };
    const timestamp = stamped ? { timestamp: at(s) } : {};
    const message = { type: "summary", ...timestamp, data, ...(usable === undefined ? {} : { metrics: usable }) };
    return { kind: "message", receivedS: s + lateS, ...whose, ...numbers, message };
  });

const event = fc
  .record({
    s: seconds,
    label: fc.constantFrom("mon", "odd", "rare"),
    items: fc.subarray(["a", "b", "c"]),
    old: fc.boolean(),
  })
  .map(({ s, label, items, old }): Body => {
    const data = old ? { event: "seen", items } : { event: "seen", payload: { items } };
    const message = { type: "event", timestamp: at(s), data };
    return { kind: "message", receivedS: s + 1, ...origin(`i-${label}`, label), message };
  });

const policy = fc
  .record({
    s: seconds,
    cooldown_seconds: fc.constantFrom(0, 60, 300, 600),
    flush_interval_s: fc.constantFrom(10, 60, 600),
    mon: fc.boolean(),
    folder: fc.constantFrom(true, true, false),
    odd: fc.constantFrom(null, "items"),
    minimum_segment_s: fc.constantFrom(0, 0, 30, 600),
  })
  .map(({ s, cooldown_seconds, flush_interval_s, minimum_segment_s, mon, folder, odd }): Body => {
    const spec = (resets: boolean, infrequent: boolean, header: string | null) => ({
      resets_cooldown: resets,
      infrequent,
      data_header: header,
    });
    const agents = {
      folder: spec(folder, false, null),
      mon: spec(mon, false, "items"),
      odd: spec(true, false, odd),
      rare: spec(true, true, null),
    };
    const fold = { at: at(s), cooldown_seconds, flush_interval_s };
    const rest = { minimum_segment_s, day_start: "00:00", time_zone: "UTC", agents };
    return { kind: "policy", receivedS: s, data: { ...fold, ...rest } };
  });

const gap = fc
  .record({
    s: seconds,
    forS: shortSeconds,
    reason: fc.constantFrom("collector-down", "suspend", "stall", "suspend-or-stall", "missing-seq"),
  })
  .map(({ s, forS, reason }): Body => {
    const own = reason === "missing-seq" ? origin("i1", "folder") : {};
    return { kind: "gap", receivedS: s + forS, ...own, data: { reason, from: at(s), to: at(s + forS) } };
  });

const imported = fc
  .record({ s: seconds, forS: shortSeconds, id: fc.integer({ min: 0, max: 3 }), sure: fc.boolean() })
  .map(({ s, forS, id, sure }): Body => {
    const confidence = sure ? "observed" : "reconstructed";
    const data = { start: at(s), end: at(s + forS), source: "git", external_id: `git:${id}`, confidence, label: "git" };
    return { kind: "import", receivedS: 7300, data };
  });

const correction = fc
  .record({ s: seconds, forS: shortSeconds, as: fc.constantFrom("work", "idle"), note: fc.constantFrom("", "meeting") })
  .map(({ s, forS, as, note }): Body => {
    return { kind: "correction", receivedS: 7400, data: { from: at(s), to: at(s + forS), as, note } };
  });

const bodies = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: summary },
    { weight: 4, arbitrary: event },
    { weight: 2, arbitrary: policy },
    { weight: 4, arbitrary: gap },
    { weight: 2, arbitrary: imported },
    { weight: 2, arbitrary: correction },
  ),
  { maxLength: 40, size: "max" },
);

/** Records numbered from 1, some of them erased later, with monitors' answers for some segments that were seen on the way. */
export const history = fc
  .record({
    bodies,
    erase: fc.option(fc.nat(60), { freq: 4 }),
    answers: fc.boolean(),
    nowS: fc.integer({ min: 0, max: 9000 }),
  })
  .map(({ bodies: list, erase, answers, nowS }) => {
    const records = list.map((body, index) => record(index + 1, body));
    const more: Body[] = answers ? answersFor(records) : [];
    if (erase !== null)
      more.push({ kind: "erasure", receivedS: 7500, data: { seq: erase, leaf: "", by: "me", why: "x" } });
    return { records: [...records, ...more.map((body, i) => record(records.length + 1 + i, body))], nowMs: atMs(nowS) };
  });

// Every second monitor answers, the others say why not.
function answersFor(records: readonly EvidenceRecord[]): Body[] {
  const { asked } = slowFold(records, COLLECTOR, Number.POSITIVE_INFINITY);
  return asked.map((inputs, index): Body => {
    const said = index % 2 === 0 ? { value: { answer: index } } : { fallback: "timeout" };
    return { kind: "aggregate", receivedS: 7450, data: { segment_id: "c0:0", ...inputs, ...said } };
  });
}
