// What a record costs: appended, hashed, chained, written and committed, in CPU time of the whole process, beside
// JSON.parse of the same bytes. Pairs in turn, medians and spread. `node bench/ledger-append.mjs [--json] [--quick]`
import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeFileSystem, openLedger, verifyLedger } from "../packages/ledger/dist/index.js";

const quick = process.argv.includes("--quick");
const ROUNDS = quick ? 3 : 7;
const RECORDS = quick ? 30_000 : 150_000;
const PER_TURN = 150;

const key = generateKeyPairSync("ed25519").privateKey;
const clock = {
  wallMs: () => Date.now(),
  ticksMs: () => performance.now(),
  after(delayMs, run, signal) {
    const timer = setTimeout(() => run(), delayMs);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  },
};
const withoutSync = {
  ...nodeFileSystem,
  open: async (path, mode) => ({ ...(await nodeFileSystem.open(path, mode)), sync: async () => {} }),
};

/** A summary of 440 bytes, as an editor's agent would send it. */
const body = Buffer.from(
  JSON.stringify({
    type: "summary",
    timestamp: "2026-11-21T10:00:00.000Z",
    agent_id: "editor-1234",
    agent_label: "editor",
    protocol_version: "0.4",
    agent_version: "1.0.0",
    data: { schema: "editor.summary.v1", files: ["src/a.ts", "src/b.ts"], edits: 42, note: "x".repeat(130) },
    activity_signal: { mode: "active", keep_alive: true, reason: "edits" },
    metrics: { interval_s: 60, cpu: 0.01, queue: 0 },
  }),
);
const members =
  '"kind":"message","received_at":"2026-11-21T10:00:00.000Z","instance_id":"editor-0a1b2c","plugin_id":"acme.editor","agent_label":"editor","run_id":"r-1","trust":"trusted"';

/** CPU microseconds per record of `run`, which handles RECORDS records in turns as a busy event loop does. */
async function cpuPerRecord(run) {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / RECORDS;
}

async function inTurns(one) {
  for (let done = 0; done < RECORDS; done += PER_TURN) {
    for (let i = 0; i < PER_TURN; i++) one();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function appended(fileSystem) {
  const root = await mkdtemp(join(tmpdir(), "mimolo-bench-"));
  try {
    const { ledger } = await openLedger({
      directory: join(root, "evidence"),
      headFile: join(root, "head.json"),
      identity: { collectorId: "bench", publicKey: "bench" },
      sign: (message) => sign(null, message, key),
      clock,
      fileSystem,
    });
    const record = { members, bodyKey: "message", body, timeMs: Date.now() };
    const cpu = await cpuPerRecord(async () => {
      await inTurns(() => ledger.append(record));
      await ledger.commit();
    });
    const commits = ledger.head.n;
    await ledger.close();
    const { ok } = await verifyLedger({
      directory: join(root, "evidence"),
      headFile: join(root, "head.json"),
      name: "evidence",
      verifySignature: () => true,
    });
    if (!ok) throw new Error("the ledger that was just written does not verify");
    return { cpu, commits };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const spread = (values) => (Math.max(...values) - Math.min(...values)) / median(values);

const text = body.toString();
const seen = { parse: [], ledger: [], noSync: [], commits: [] };
await appended(withoutSync);
for (let round = 0; round < ROUNDS; round++) {
  seen.parse.push(await cpuPerRecord(() => inTurns(() => JSON.parse(text))));
  const real = await appended(nodeFileSystem);
  seen.ledger.push(real.cpu);
  seen.commits.push(real.commits);
  seen.noSync.push((await appended(withoutSync)).cpu);
}
const figures = {
  body_bytes: body.length,
  records: RECORDS,
  rounds: ROUNDS,
  commits: median(seen.commits),
  parse_us: median(seen.parse),
  append_us: median(seen.ledger),
  append_over_parse: median(seen.ledger) / median(seen.parse),
  parse_share_with_ledger: median(seen.parse) / (median(seen.parse) + median(seen.ledger)),
  sync_over_no_sync: median(seen.ledger) / median(seen.noSync),
  spread: { parse: spread(seen.parse), ledger: spread(seen.ledger), no_sync: spread(seen.noSync) },
};
const round = (_name, value) => (typeof value === "number" ? Math.round(value * 1000) / 1000 : value);
console.log(JSON.stringify(figures, round, process.argv.includes("--json") ? 0 : 2));
