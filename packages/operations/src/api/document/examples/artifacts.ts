import { at, type Examples, later, onePage } from "./example.ts";

const artifact = {
  artifact_id: "shot-2026-11-21T09-00-00",
  label: "screen",
  plugin_id: "mimolo.screen-tracker",
  instance_id: "0b9c1f60-6a35-4c0a-8a58-2f5d0e1f3a77",
  rel_path: "artifacts/2026-11-21/shot-09-00-00.jpg",
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  bytes: 48_231,
  mime: "image/jpeg",
  captured_at: at,
  retention_class: "ephemeral",
  seq: 812,
  state: "present",
  archive_id: null,
  purged: null,
};
const total = { artifacts: 1, bytes: artifact.bytes };
const agent = { label: artifact.label, plugin_id: artifact.plugin_id, ...total };
const ids = [artifact.artifact_id];
const planId = "4Zt0m1m5oZ4o3S8Jb2yN7w";
const archiveId = "2026-11-21T10-30-00";
const { artifact_id, label, rel_path, bytes, captured_at, state } = artifact;

export const artifactExamples: Examples = {
  listArtifacts: {
    answer: {
      ...onePage(artifact),
      totals: { ...total, agents: [{ ...agent, limit_bytes: 1_073_741_824, warning: null }] },
    },
  },
  makeArtifactToken: {
    body: { artifact_id },
    answer: { token: "a-token-of-43-characters-in-base64url-xxxxx", expires_at: later },
  },
  getArtifactContent: {},
  archiveArtifacts: {
    body: { label, artifact_ids: ids },
    answer: { archive_id: archiveId, artifact_ids: ids, bytes },
  },
  restoreArtifacts: {
    body: { label, archive_id: archiveId },
    answer: { archive_id: archiveId, artifact_ids: ids },
  },
  planPurge: {
    body: { label, before: later, reason: "the project is over" },
    answer: {
      plan_id: planId,
      expires_at: later,
      artifacts: [{ artifact_id, label, rel_path, bytes, captured_at, state }],
      bytes,
      can_archive: { [label]: true },
      warnings: [],
    },
  },
  executePurge: {
    body: { plan_id: planId, consent: true, archive: true },
    answer: { plan_id: planId, purged: ids, bytes, archive_ids: [archiveId], kept: [] },
  },
};
