// A month of records to measure reading with: five agents that report every three minutes of ten hours a day, a commit for
// what comes together.
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { openLedger } from "@mimolo/ledger";
import { dataDirectory } from "@mimolo/operations/reading";
import { withoutSync } from "./without-sync.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 0, 5);
const DAYS = 30;
const AGENTS = ["folder-activity", "git-activity", "system-load", "editor", "window"];
export const RECORDS = 50_000;

/** Four hours of the twentieth day, some 670 records. */
export const WINDOW = {
  fromMs: START_MS + 20 * 24 * HOUR_MS + 9 * HOUR_MS,
  toMs: START_MS + 20 * 24 * HOUR_MS + 13 * HOUR_MS,
};
export const AFTER_MS = START_MS + (DAYS + 1) * 24 * HOUR_MS;

/** Writes it into the data directory `root`. */
export async function writeMonth(root: string): Promise<void> {
  const { evidence, head } = dataDirectory(root);
  await mkdir(dirname(head), { recursive: true });
  let nowMs = START_MS;
  const { ledger } = await openLedger({
    directory: evidence,
    headFile: head,
    identity: { collectorId: "00000000-0000-4000-8000-000000000000", publicKey: "bench" },
    sign: () => new Uint8Array(64),
    clock: { wallMs: () => nowMs, ticksMs: () => nowMs, after: () => undefined },
    fileSystem: withoutSync,
  });
  const append = (kind: string, origin: string, bodyKey: "message" | "data", body: object, timeMs: number) =>
    ledger.append({
      members: `"kind":"${kind}","received_at":"${iso(nowMs)}"${origin}`,
      bodyKey,
      body: JSON.stringify(body),
      timeMs,
      receivedAtMs: nowMs,
    });
  append("policy", "", "data", policy(), START_MS);
  const perDay = RECORDS / DAYS / AGENTS.length;
  for (let n = 0; n < RECORDS / AGENTS.length; n++) {
    const within = (n % perDay) / perDay;
    nowMs = Math.round(START_MS + Math.floor(n / perDay) * 24 * HOUR_MS + (8 + within * 10) * HOUR_MS);
    for (const label of AGENTS)
      append("message", originOf(label), "message", summary(label, nowMs, n, within), nowMs - 40);
    await ledger.commit();
  }
  await ledger.close();
}

function policy(): object {
  const rules = { at: iso(START_MS), cooldown_seconds: 600, flush_interval_s: 60, minimum_segment_s: 0 };
  return { ...rules, day_start: "00:00", time_zone: "UTC", agents: {} };
}

function originOf(label: string): string {
  const run = '"run_id":"11111111-0000-4000-8000-000000000000","trust":"trusted"';
  return `,"instance_id":"00000000-0000-4000-8000-${label}","plugin_id":"mimolo.${label}","agent_label":"${label}",${run}`;
}

/** Work in the morning and the afternoon, with a pause at noon and short ones between. */
function summary(label: string, atMs: number, n: number, within: number): object {
  const works = (within < 0.45 || within > 0.55) && Math.floor(within * 40) % 7 !== 0;
  const activity_signal =
    label === "system-load"
      ? { mode: "passive", keep_alive: null }
      : { mode: "active", keep_alive: works, reason: "file changes" };
  const counts = { created: 1, modified: n % 9, deleted: 0, renamed: 0, total: 1 + (n % 9) };
  const data = { schema: "bench.summary.v1", activity_signal, counts, folders: ["src/timeline", "test"] };
  return { type: "summary", timestamp: iso(atMs - 40), data, metrics: { interval_s: 60, samples: 11, mem_mb: 41.2 } };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
