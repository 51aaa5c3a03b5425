// `node dist/main.js DATA_DIR` tells what the collector keeps, and what becomes of it.
import type { EvidenceRecord, StatusReport } from "@mimolo/protocol";
import { all, ask, follow } from "./client.ts";

const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error("which data directory?");
const { collector, agents } = await ask<StatusReport>(dataDir, "/status");
console.log(`MiMoLo ${collector.version} watches with ${agents.map(({ label }) => label).join(", ")}`);
let newest = 0;
for await (const record of all<EvidenceRecord>(dataDir, "/evidence?limit=10")) newest = record.seq;
console.log(`the newest record is ${newest}`);
for await (const event of follow(dataDir, ["evidence:committed", "segment:*"], newest)) {
  if (event.type === "evidence:committed") console.log(`${event.seq} ${event.record.kind}`);
  if (event.type === "segment:opened") console.log(`work began at ${event.start}`);
  if (event.type === "segment:closed") console.log(`${event.duration_s} s of work from ${event.start}`);
}
