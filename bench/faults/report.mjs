// What a run of the suite comes to: the figures with fixed names, the table for people, the exit code.

/** More than this of the collector's memory is a failure too. */
export const RSS_LIMIT_MIB = 200;

/**
 * @param {import("./suite.mjs").Outcome} outcome @param {number} seed
 * @returns the document of `--json`
 */
export function sumUp(outcome, seed) {
  const { verdicts, evidence, orphans, memory, tookMs, slowestAnswerMs, verified, ended } = outcome;
  const done = verdicts.filter(({ round }) => round !== null);
  const unseen = fromTheLedger(outcome);
  const disturbed = [
    ...verdicts.flatMap(({ round, verdict }) =>
      verdict.disturbed.map((each) => ({ round: round?.round ?? null, ...each })),
    ),
    ...unseen,
  ];
  const faults = /** @type {Record<string, number>} */ ({});
  for (const { round } of done) if (round !== null) faults[round.fault.kind] = (faults[round.fault.kind] ?? 0) + 1;
  const problems = [...outcome.problems];
  if (memory.rssMaxMib > RSS_LIMIT_MIB)
    problems.push(`the collector took ${Math.round(memory.rssMaxMib)} MiB, over ${RSS_LIMIT_MIB}`);
  return {
    rounds: done.length,
    seed,
    promised: evidence.promised,
    found: evidence.found,
    lost: evidence.lost,
    doubled: evidence.doubled,
    neighbours_disturbed: disturbed.length,
    orphans: orphans.length,
    rss_max_mib: tenths(memory.rssMaxMib),
    rss_start_mib: tenths(memory.rssStartMib),
    rss_end_mib: tenths(memory.rssEndMib),
    verify_ok: verified.ok,
    records: evidence.records,
    faults,
    inconclusive: verdicts.filter(({ verdict }) => verdict.inconclusive.length > 0 && verdict.disturbed.length === 0)
      .length,
    latest_heartbeat_ms: Math.max(...verdicts.map(({ verdict }) => verdict.latestMs)),
    scheduling_lag_max_ms: Math.max(...verdicts.map(({ verdict }) => verdict.lagMs)),
    slowest_status_ms: slowestAnswerMs,
    stop_ms: ended.tookMs,
    longest_ms: tookMs,
    problems,
    disturbed,
    orphaned: orphans,
    missing: evidence.missing.slice(0, 20),
  };
}

/** @typedef {ReturnType<typeof sumUp>} Summary */

/** Changes of a neighbour's state that the ledger has and our looks missed, between the first round and the stop. @param {import("./suite.mjs").Outcome} outcome */
function fromTheLedger({ verdicts, evidence }) {
  return evidence.states.flatMap(({ label, atMs, cause, state, health, condition }) => {
    if (state === "running" && health === "ok" && condition === "free") return [];
    const at = verdicts.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
    if (at === undefined) return [];
    const { disturbed, inconclusive } = at.verdict;
    if ([...disturbed, ...inconclusive].some(({ neighbour }) => neighbour === label)) return [];
    return [
      { round: at.round?.round ?? null, neighbour: label, what: `ledger: ${state} ${health} ${condition}, ${cause}` },
    ];
  });
}

/** Whether everything that was promised was kept. @param {Summary} summary */
export function isGood(summary) {
  const { lost, doubled, neighbours_disturbed: disturbed, orphans, problems } = summary;
  return lost === 0 && doubled === 0 && disturbed === 0 && orphans === 0 && problems.length === 0;
}

/** @param {Summary} summary */
export function table(summary) {
  const { faults, longest_ms: longest, problems, disturbed, orphaned, missing } = summary;
  const row = (/** @type {string} */ name, /** @type {string | number} */ value) => `  ${name.padEnd(22)} ${value}`;
  const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(1)} s`;
  return [
    "",
    `seed ${summary.seed}, ${summary.rounds} rounds: ${isGood(summary) ? "all kept" : "NOT all kept"}`,
    row("summaries promised", summary.promised),
    row("found, lost, doubled", `${summary.found}, ${summary.lost}, ${summary.doubled}`),
    row("neighbours disturbed", summary.neighbours_disturbed),
    row(
      "inconclusive rounds",
      `${summary.inconclusive} (the machine itself was late, at most ${summary.scheduling_lag_max_ms} ms)`,
    ),
    row("latest heartbeat", `${seconds(summary.latest_heartbeat_ms)} after the one before`),
    row("orphans", summary.orphans),
    row(
      "collector memory",
      `${summary.rss_start_mib} MiB at first, ${summary.rss_max_mib} at most, ${summary.rss_end_mib} at last`,
    ),
    row("slowest status", `${summary.slowest_status_ms} ms`),
    row("stop", seconds(summary.stop_ms)),
    row("verify", `${summary.verify_ok ? "ok" : "NOT ok"}, ${summary.records} records`),
    ...Object.entries(longest).map(([what, ms]) => row(`longest: ${what}`, seconds(ms))),
    row(
      "faults",
      Object.entries(faults)
        .map(([kind, times]) => `${kind} ${times}`)
        .join(", "),
    ),
    ...disturbed.map(
      ({ round, neighbour, what }) =>
        `  disturbed in ${round === null ? "the end" : `round ${round}`}: ${neighbour}: ${what}`,
    ),
    ...problems.map((problem) => `  wrong: ${problem}`),
    ...orphaned.map((orphan) => `  orphan: ${orphan}`),
    ...missing.map((key) => `  lost: ${key}`),
  ].join("\n");
}

/** One line for a round. @param {string} what @param {import("./judge.mjs").Verdict} verdict @param {number} rssMib */
export function progress(what, { disturbed, inconclusive, lagMs, latestMs }, rssMib) {
  const word = disturbed.length > 0 ? "DISTURBED" : inconclusive.length > 0 ? "proves nothing" : "undisturbed";
  const who = [...disturbed, ...inconclusive].map((each) => `\n      ${each.neighbour}: ${each.what}`).join("");
  return `${what}  ${word}; heartbeats ≤ ${latestMs} ms, lag ${lagMs} ms, ${Math.round(rssMib)} MiB${who}`;
}

const tenths = (/** @type {number} */ value) => Math.round(value * 10) / 10;
