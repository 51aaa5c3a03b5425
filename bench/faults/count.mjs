// After the stop: were all numbered summaries kept, each once, and what does the ledger say of the neighbours?
import { verb } from "./collector.mjs";
import { notesOf } from "./judge.mjs";

/**
 * @param {string} folder @param {readonly string[]} neighbours
 * @returns {Promise<{promised: number, found: number, lost: number, doubled: number, missing: string[], records: number,
 *   states: {label: string, atMs: number, cause: string, state: string, health: string, condition: string}[]}>}
 */
export async function countEvidence(folder, neighbours) {
  const promised = new Set();
  for (const label of neighbours)
    for (const { run, n } of notesOf(folder, label)) if (run !== undefined) promised.add(`${label} ${run} ${n}`);
  const found = new Map();
  const states = /** @type {any[]} */ ([]);
  let records = 0;
  const code = await verb(folder, ["evidence"], (line) => {
    records += 1;
    if (!line.includes('"neighbour_run"') && !line.includes('"kind":"agent_state"')) return;
    const record = JSON.parse(line);
    const { neighbour_run: run, n } = record.message?.data ?? {};
    if (run !== undefined) {
      const key = `${record.agent_label} ${run} ${n}`;
      found.set(key, (found.get(key) ?? 0) + 1);
    } else if (record.kind === "agent_state" && neighbours.includes(record.agent_label)) {
      const { cause, state, health, condition } = record.data;
      states.push({ label: record.agent_label, atMs: Date.parse(record.received_at), cause, state, health, condition });
    }
  });
  if (code !== 0) throw new Error(`mimolo evidence ended with ${code}`);
  const missing = [...promised].filter((key) => !found.has(key));
  const doubled = [...found.values()].reduce((sum, times) => sum + times - 1, 0);
  return {
    promised: promised.size,
    found: promised.size - missing.length,
    lost: missing.length,
    doubled,
    missing,
    records,
    states,
  };
}

/** What `mimolo verify` says of everything that was written. @param {string} folder */
export async function verifyEvidence(folder) {
  let text = "";
  await verb(folder, ["verify"], (line) => (text += line));
  const { ok, fault } = JSON.parse(text);
  return { ok: ok === true, fault };
}
