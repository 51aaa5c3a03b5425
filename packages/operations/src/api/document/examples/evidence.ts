import { agent } from "./agents.ts";
import { at, type Examples, later, onePage } from "./example.ts";

const leaf = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const correction = { from: at, to: later, as: "work", note: "a call" };
const segment = {
  id: "1f0c5c0e-2b4d-4f3c-8f2b-0a1d2c3b4a59:12",
  start: at,
  end: later,
  duration_s: 5400,
  resets_count: 41,
  labels: ["folder-activity"],
  reasons: ["folder-activity: 14 changes"],
  aggregated: {},
  gaps: [],
  confidence: "observed",
};
const record = {
  seq: 12,
  kind: "agent_state",
  received_at: at,
  instance_id: agent.instance_id,
  plugin_id: agent.plugin_id,
  agent_label: agent.label,
  run_id: agent.run_id,
  trust: "trusted",
  data: { state: "running", health: "ok", condition: "free", cause: "handshake" },
  salt: "c2FsdHNhbHRzYWx0c2FsdA",
};

export const evidenceExamples: Examples = {
  listEvidence: { answer: onePage(record) },
  getTimeline: { answer: { segments: [segment], open: null } },
  getLanes: {
    answer: {
      from: at,
      to: later,
      resolution_s: 6,
      lanes: [
        {
          label: "folder-activity",
          plugin_id: "mimolo.folder-activity",
          mode: "active",
          spans: [{ start: at, end: later, kind: "worked", confidence: "observed", records: 90 }],
        },
      ],
    },
  },
  getDays: {
    answer: {
      time_zone: "Europe/Berlin",
      day_start: "04:00",
      days: [
        {
          date: "2026-11-21",
          start: "2026-11-21T03:00:00.000Z",
          end: "2026-11-22T03:00:00.000Z",
          worked_s: 5400,
          reconstructed_s: 0,
          segments: 1,
        },
      ],
    },
  },
  previewPrivacy: {
    body: { rules: [{ name: "banks", field: "data.title", glob: "*bank*" }] },
    answer: {
      records: 412,
      matched: 1,
      examples: [
        {
          seq: 398,
          at,
          label: "browser",
          rule: "banks",
          effect: "redact",
          before: '"My Bank – Browser"',
          after: '"[redacted]"',
        },
      ],
    },
  },
  verifyLedger: {
    body: {},
    answer: { ok: true, days: [{ ledger: "evidence", date: "2026-11-21", state: "open", records: 340 }] },
  },
  correctEvidence: { body: correction, answer: { seq: 341, ...correction } },
  eraseEvidence: {
    body: { seq: 12, why: "it names a client" },
    answer: { seq: 12, leaf, record_seq: 342, repeated_by: [] },
  },
};
