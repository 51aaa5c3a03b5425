import type { NewRecord } from "@mimolo/ledger";
import { EvidenceRecord } from "@mimolo/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRecordWriter, parseRecord, readEvidence } from "../src/index.ts";
import { all, lineOf, origin, START_MS, temporaryLedger } from "./real-ledger.ts";

const at = "2026-11-21T09:00:00.000Z";
const till = "2026-11-21T09:10:00.000Z";
const notRunning = { ...origin, runId: "" };

/** Collects what would be appended, as a ledger would write it. */
function paper() {
  const lines: string[] = [];
  const times: unknown[] = [];
  const ledger = {
    append({ members, bodyKey, body, timeMs, timeEndMs }: NewRecord) {
      const text = typeof body === "string" ? body : new TextDecoder().decode(body);
      lines.push(`{"seq":${lines.length},${members},"salt":"${"A".repeat(22)}","${bodyKey}":${text}}`);
      times.push([timeMs, timeEndMs ?? timeMs]);
      return lines.length - 1;
    },
  };
  return { lines, times, writer: createRecordWriter(ledger, { wallMs: () => START_MS }) };
}

test("a message record has its members in the order of docs/evidence.md and the agent's bytes untouched", () => {
  const { lines, writer } = paper();
  const bytes = new TextEncoder().encode('  { "type":"summary", "data":{"a":1e3,"a":2, "ü":"\\u0041"} }');
  const seq = writer.message({
    origin,
    line: bytes,
    message: { type: "summary" },
    receivedAtMs: START_MS,
    stream: "s-1",
    agentSeq: 7,
    redacted: ["titles"],
  });
  expect(seq).toBe(0);
  expect(lines[0]).toBe(
    '{"seq":0,"kind":"message","received_at":"2026-11-21T09:00:00.000Z","instance_id":"6f1d4c1e-0000-4000-8000-000000000001",' +
      '"plugin_id":"mimolo.folder-activity","agent_label":"folder-activity","run_id":"r-1","trust":"trusted","stream":"s-1",' +
      `"agent_seq":7,"redacted":["titles"],"salt":"${"A".repeat(22)}","message":` +
      '  { "type":"summary", "data":{"a":1e3,"a":2, "ü":"\\u0041"} }}',
  );
});

test("what an agent did not give is absent", () => {
  const { lines, writer } = paper();
  writer.message({ origin, line: lineOf({ type: "summary" }), message: { type: "summary" }, receivedAtMs: START_MS });
  expect(Object.keys(JSON.parse(lines[0] ?? ""))).toEqual(
    "seq kind received_at instance_id plugin_id agent_label run_id trust salt message".split(" "),
  );
});

test("every kind has its data in the order of docs/evidence.md, however the caller orders it, and is what the schema says", () => {
  const { lines, writer } = paper();
  writer.gap({ to: till, from: at, reason: "missing-seq", seq_to: 9, seq_from: 8, stream: "s" }, origin);
  writer.gap({ to: till, from: at, reason: "collector-down" });
  writer.clockStep({ by_ms: -5, at });
  const state = { condition: "free", state: "blocked", cause: "not-allowlisted", health: "ok" };
  writer.agentState({ unenforced: [], enforced: ["env"], uptime_s: 1, signal: null, code: null, ...state }, notRunning);
  const fold = { flush_interval_s: 60, at, cooldown_seconds: 600, minimum_segment_s: 0 };
  const agents = { mon: { resets_cooldown: true, infrequent: false, data_header: "items" } };
  writer.policy({ agents, time_zone: "UTC", day_start: "00:00", ...fold });
  const git = { label: "git", confidence: "reconstructed" as const, external_id: "git:1", source: "git" };
  writer.importSpan({ end: till, start: at, ...git });
  writer.correction({ note: "", as: "idle", to: till, from: at });
  writer.aggregate({ value: [1], input_seqs_sha256: "ab", header: "items", agent_label: "mon", segment_id: "c0:1" });
  writer.erasure({ why: "w", by: "me", leaf: "ab", seq: 3 });
  const keys = lines.map((line) => Object.keys(JSON.parse(line).data).join(" "));
  expect(keys).toEqual([
    "reason from to stream seq_from seq_to",
    "reason from to",
    "at by_ms",
    "state health condition cause code signal uptime_s enforced unenforced",
    "at cooldown_seconds flush_interval_s minimum_segment_s day_start time_zone agents",
    "start end source external_id confidence label",
    "from to as note",
    "segment_id agent_label header input_seqs_sha256 value",
    "seq leaf by why",
  ]);
  for (const line of lines) {
    expect(EvidenceRecord.safeParse(JSON.parse(line)).error).toBeUndefined();
    expect(parseRecord(line)).toEqual(JSON.parse(line));
  }
  expect(JSON.parse(lines[3] ?? "")).not.toHaveProperty("run_id");
});

test("the ledger is told event times: an agent's stamp, never later than its receipt, or the times in data, if any", () => {
  const { times, writer } = paper();
  const send = (message: object) =>
    writer.message({ origin, line: lineOf(message), message: { ...message }, receivedAtMs: START_MS });
  send({ type: "summary", timestamp: "2026-11-20T09:00:00+01:00" });
  send({ type: "summary", timestamp: "2099-01-01T00:00Z" });
  send({ type: "summary" });
  writer.gap({ reason: "suspend", from: at, to: till });
  writer.erasure({ seq: 1, leaf: "", by: "me", why: "x" });
  expect(times).toEqual([
    [START_MS - 25 * 3_600_000, START_MS - 25 * 3_600_000],
    [START_MS, START_MS],
    [START_MS, START_MS],
    [START_MS, START_MS + 600_000],
    [null, null],
  ]);
});

test("whatever an agent says comes back from the disk byte for byte", async () => {
  const { directory, ledger, writer } = await temporaryLedger();
  const said: Uint8Array[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 5 }), async (messages) => {
      for (const message of messages) {
        said.push(lineOf(message));
        writer.message({ origin, line: lineOf(message), message, receivedAtMs: START_MS });
      }
      await ledger.commit();
    }),
    { numRuns: 30 },
  );
  const read = await all(readEvidence(directory));
  const bodies = read.map(({ line }) =>
    new TextDecoder()
      .decode(line)
      .replace(/^.*?"salt":"[^"]*","message":/, "")
      .slice(0, -1),
  );
  expect(bodies).toEqual(said.map((bytes) => new TextDecoder().decode(bytes)));
});
