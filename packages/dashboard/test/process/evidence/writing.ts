// Evidence written through the ledger itself, at times of one's choosing.
import { mkdirSync } from "node:fs";
import { createRecordWriter, timesOf } from "@mimolo/evidence";
import { openLedger } from "@mimolo/ledger";
import type { DataDirectory } from "@mimolo/operations";
import { loadOrCreateKey } from "@mimolo/trust";

export const agentNames = ["folder-activity", "git-activity", "idle", "system-load"] as const;
export type AgentName = (typeof agentNames)[number];

export type Agent = ReturnType<typeof agentOf>;

export function agentOf(label: AgentName) {
  const instanceId = `6f1d4c1e-0000-4000-8000-00000000000${agentNames.indexOf(label)}`;
  return { instanceId, pluginId: `mimolo.${label}`, agentLabel: label, runId: "r-1", trust: "trusted" } as const;
}

export interface Writing {
  /** It is this moment now. */
  at(ms: number): void;
  policy(policy: { at: number; timeZone: string }): void;
  summary(agent: Agent, summary: { atMs: number; every_s: number; works: boolean }): void;
  gap(reason: "collector-down" | "suspend", fromMs: number, toMs: number): void;
  fromGit(startMs: number, endMs: number, id: string): void;
  correction(fromMs: number, toMs: number, as: "work" | "idle", note: string): void;
  commit(): Promise<void>;
  /** Resolves with the number of records. */
  close(): Promise<number>;
}

export async function openWriting(directory: DataDirectory, beginMs: number): Promise<Writing> {
  const { evidence, state, trust, head, collectorKey: secretFile, collectorPublicKey: publicFile } = directory;
  for (const folder of [evidence, state, trust]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = loadOrCreateKey({ secretFile, publicFile, comment: "a collector" });
  let nowMs = beginMs;
  const clock = { wallMs: () => nowMs, ticksMs: () => nowMs, after: () => undefined };
  const { ledger } = await openLedger({
    directory: evidence,
    headFile: head,
    identity: { collectorId: "7d0f6f0e-2a4b-4a43-9d0e-5a3b1c9e8f21", publicKey: key.publicKey },
    sign: (message) => key.sign(message),
    signFile: (bytes, comment) => key.signFile(bytes, comment),
    timesOf,
    clock,
  });
  const writer = createRecordWriter(ledger, clock);
  const iso = (ms: number) => new Date(ms).toISOString();
  let count = 0;
  return {
    at: (ms) => {
      nowMs = Math.max(nowMs, ms);
    },
    policy({ at, timeZone }) {
      const rules = { cooldown_seconds: 600, flush_interval_s: 60, minimum_segment_s: 0 };
      writer.policy({ at: iso(at), ...rules, day_start: "00:00", time_zone: timeZone, agents: {} });
    },
    summary(origin, { atMs, every_s, works }) {
      const message = summaryOf(origin.agentLabel, { at: iso(atMs), every_s, works, count });
      count += 1;
      const line = Buffer.from(JSON.stringify(message));
      writer.message({ origin, line, message, receivedAtMs: nowMs, stream: "main", agentSeq: count });
    },
    gap: (reason, fromMs, toMs) => void writer.gap({ reason, from: iso(fromMs), to: iso(toMs) }),
    fromGit(startMs, endMs, id) {
      const span = { start: iso(startMs), end: iso(endMs), source: "git", external_id: `git:${id}` };
      writer.importSpan({ ...span, confidence: "reconstructed", label: "mimolo" });
    },
    correction: (fromMs, toMs, as, note) => void writer.correction({ from: iso(fromMs), to: iso(toMs), as, note }),
    commit: () => ledger.commit(),
    async close() {
      await ledger.commit();
      await ledger.close();
      return ledger.nextSeq - 1;
    },
  };
}

function summaryOf(
  label: AgentName,
  { at, every_s, works, count }: { at: string; every_s: number; works: boolean; count: number },
) {
  const metrics = { interval_s: every_s, samples: 12, mem_mb: 38 };
  const message = { type: "summary", timestamp: at, agent_label: label, metrics };
  if (label === "system-load") {
    const load = { schema: "system_load.summary.v1", cpu_percent: { mean: 11 + (count % 30), max: 60 }, load_1m: 0.7 };
    return { ...message, data: { ...load, activity_signal: { mode: "passive", keep_alive: null } } };
  }
  const files = 1 + (count % 14);
  const reason =
    label === "idle"
      ? "keyboard or mouse"
      : label === "git-activity"
        ? count % 3 === 0
          ? "1 commit"
          : "changed files"
        : `${files} ${files === 1 ? "change" : "changes"} to files`;
  const signal = works ? { mode: "active", keep_alive: true, reason } : { mode: "active", keep_alive: false };
  const folders = works ? ["/home/ada/mimolo/src"] : [];
  return { ...message, data: { counts: { total: works ? files : 0 }, folders, activity_signal: signal } };
}
