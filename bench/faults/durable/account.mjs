// What the ledger holds against what it owes: everything settled and everything sent, each exactly once, in an intact chain.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LABELS } from "./world.mjs";

/** Ways to break a promise on purpose, so that the suite can show that it would notice. */
export const breaks = ["lose", "double", "tamper"];

/** @typedef {{promised: number, found: number, lost: string[], doubled: string[], records: number, problems: string[]}} Account */

/** @param {import("./world.mjs").World} world @param {string | undefined} broken one of `breaks` @returns {Promise<Account>} */
export async function account(world, broken) {
  const owed = world.owed();
  const problems = world.promises.refused.map((number) => `refused: ${number}`);
  for (const overlap of world.promises.overlaps) problems.push(`two processes at once: ${overlap}`);
  if (broken === "tamper") tamper(world.files);
  const times = /** @type {Map<string, number>} */ (new Map());
  const numbers = new Set();
  const twice = /** @type {string[]} */ ([]);
  let records = 0;
  const keep = (/** @type {string} */ line) => {
    records += 1;
    const record = JSON.parse(line);
    const { agent_label: label, stream, agent_seq: seq, message } = record;
    if (record.data?.reason === "missing-seq" && !world.promises.isExcused)
      problems.push(`a gap where no number is missing: ${line.slice(0, 400)}`);
    if (record.kind !== "message" || !LABELS.includes(label)) return;
    const number = `${label} ${stream} ${seq}`;
    if (numbers.has(number)) twice.push(number);
    numbers.add(number);
    const key = `${label} ${(message.data?.payload ?? message.data)?.id ?? `${stream} ${seq}`}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  };
  const sabotage = owed.at(-1) ?? "";
  const read = await world.verb(["evidence"], keep);
  if (read !== 0) problems.push(`mimolo evidence ended with ${read}`);
  if (broken === "lose") times.delete(sabotage);
  if (broken === "double") times.set(sabotage, (times.get(sabotage) ?? 0) + 1);
  let report = "";
  const verified = await world.verb(["verify"], (line) => (report += line));
  if (verified !== 0) problems.push(`mimolo verify ended with ${verified}: ${faultIn(report)}`);
  const lost = owed.filter((key) => !times.has(key));
  const doubled = [...times].flatMap(([key, count]) => (count > 1 ? [key] : []));
  return {
    promised: owed.length,
    found: owed.length - lost.length,
    lost,
    doubled: [...new Set([...doubled, ...(doubled.length === 0 ? twice : [])])],
    records,
    problems,
  };
}

/** @param {string} report */
function faultIn(report) {
  try {
    return JSON.stringify(JSON.parse(report).fault);
  } catch {
    return report.slice(0, 200);
  }
}

/** Changes one letter of the newest committed evidence. @param {string} data */
function tamper(data) {
  const folder = join(data, "evidence");
  const last = JSON.parse(readFileSync(join(folder, "commits.jsonl"), "utf8").trimEnd().split("\n").at(-1) ?? "{}");
  const name = last.file ?? readdirSync(folder).find((each) => /^\d{4}.*\.jsonl$/.test(each)) ?? "";
  const bytes = readFileSync(join(folder, name));
  const at = (last.offset ?? 0) + 12;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(join(folder, name), bytes);
}
