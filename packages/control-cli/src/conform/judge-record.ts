// A thread of its own: what judges a long record hears no signal meanwhile, and whoever waits for it has to.
import { parentPort, workerData } from "node:worker_threads";
import { judge, readRecordings } from "@mimolo/agent-sdk/testing";
import type { RecordToJudge, RecordJudged } from "./replayed.ts";

const { folder, release, only } = workerData as RecordToJudge;
let judged: RecordJudged;
try {
  judged = { report: judge(await readRecordings(folder), { release, only }) };
} catch (error) {
  judged = { fault: error instanceof Error ? error.message : String(error) };
}
parentPort?.postMessage(judged, []);
