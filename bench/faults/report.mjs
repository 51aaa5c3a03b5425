// What a run of the suite comes to: the figures with fixed names, the table for people, the exit code.

/** More than this of the collector's memory is a failure too. */
export const RSS_LIMIT_MIB = 200;

/**
 * @param {{hostile: import("./suite.mjs").Outcome | null, durable: import("./durable/suite.mjs").DurableOutcome | null}} halves
 * @param {number} seed
 * @returns the document of `--json`
 */
export function sumUp({ hostile, durable }, seed) {
  const first = hostile === null ? null : firstHalf(hostile);
  const rssMaxMib = Math.max(hostile?.memory.rssMaxMib ?? 0, durable?.rssMaxMib ?? 0);
  const problems = [...(hostile?.problems ?? []), ...(durable?.problems ?? [])];
  if (rssMaxMib > RSS_LIMIT_MIB)
    problems.push(`the collector took ${Math.round(rssMaxMib)} MiB, over ${RSS_LIMIT_MIB}`);
  const orphaned = [...(hostile?.orphans ?? []), ...(durable?.orphans ?? [])];
  const { disturbed = [], lost = 0, doubled = 0, missing = [], ...figures } = first ?? {};
  const { rounds = 0, promised = 0, found = 0, records = 0, faults = {}, ...rest } = figures;
  return {
    rounds: rounds + (durable?.rounds ?? 0),
    seed,
    promised: promised + (durable?.promised ?? 0),
    found: found + (durable?.found ?? 0),
    lost: lost + (durable?.lost.length ?? 0),
    doubled: doubled + (durable?.doubled.length ?? 0),
    neighbours_disturbed: disturbed.length,
    orphans: orphaned.length,
    rss_max_mib: tenths(rssMaxMib),
    ...rest,
    records: records + (durable?.records ?? 0),
    faults: { ...faults, ...durable?.faults },
    ...(durable === null
      ? {}
      : { durable_rounds: durable.rounds, unsettled_when_struck: durable.unsettled, skipped: durable.skipped }),
    problems,
    disturbed,
    orphaned,
    missing: [...missing, ...(durable?.lost ?? [])].slice(0, 20),
    twice: (durable?.doubled ?? []).slice(0, 20),
    unnoticed: durable?.unnoticed ?? [],
  };
}

/** The figures that only the first half has. @param {import("./suite.mjs").Outcome} outcome */
function firstHalf(outcome) {
  const { verdicts, evidence, memory, tookMs, slowestAnswerMs, verified, ended } = outcome;
  const done = verdicts.filter(({ round }) => round !== null);
  const disturbed = [
    ...verdicts.flatMap(({ round, verdict }) =>
      verdict.disturbed.map((each) => ({ round: round?.round ?? null, ...each })),
    ),
    ...fromTheLedger(outcome),
  ];
  const faults = /** @type {Record<string, number>} */ ({});
  for (const { round } of done) if (round !== null) faults[round.fault.kind] = (faults[round.fault.kind] ?? 0) + 1;
  return {
    rounds: done.length,
    promised: evidence.promised,
    found: evidence.found,
    lost: evidence.lost,
    doubled: evidence.doubled,
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
    disturbed,
    missing: evidence.missing,
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
  const { problems, disturbed, orphaned, missing, twice, unnoticed } = summary;
  return [
    "",
    `seed ${summary.seed}, ${summary.rounds} rounds: ${isGood(summary) ? "all kept" : "NOT all kept"}`,
    row("summaries promised", summary.promised),
    row("found, lost, doubled", `${summary.found}, ${summary.lost}, ${summary.doubled}`),
    row("orphans", summary.orphans),
    row("most memory", `${summary.rss_max_mib} MiB`),
    row("records", summary.records),
    ...(summary.stop_ms === undefined ? [] : rowsOfNeighbours(summary)),
    ...(summary.durable_rounds === undefined ? [] : rowsOfDurable(summary)),
    row(
      "faults",
      Object.entries(summary.faults)
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
    ...twice.map((key) => `  doubled: ${key}`),
    ...unnoticed.map((round) => `  broken on purpose and not noticed: ${round}`),
  ].join("\n");
}

const row = (/** @type {string} */ name, /** @type {string | number} */ value) => `  ${name.padEnd(22)} ${value}`;
const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(1)} s`;

/** @param {any} summary with the first half's figures */
function rowsOfNeighbours(summary) {
  return [
    row("neighbours disturbed", summary.neighbours_disturbed),
    row(
      "inconclusive rounds",
      `${summary.inconclusive} (the machine itself was late, at most ${summary.scheduling_lag_max_ms} ms)`,
    ),
    row("latest heartbeat", `${seconds(summary.latest_heartbeat_ms)} after the one before`),
    row("collector memory", `${summary.rss_start_mib} MiB at first, ${summary.rss_end_mib} at last`),
    row("slowest status", `${summary.slowest_status_ms} ms`),
    row("stop", seconds(summary.stop_ms)),
    row("verify", summary.verify_ok ? "ok" : "NOT ok"),
    ...Object.entries(summary.longest_ms).map(([what, ms]) => row(`longest: ${what}`, seconds(Number(ms)))),
  ];
}

/** @param {any} summary with the second half's figures */
function rowsOfDurable(summary) {
  const { durable_rounds: rounds, unsettled_when_struck: unsettled, skipped } = summary;
  const missed = skipped === 0 ? "" : `, ${skipped} not possible here`;
  return [row("durable rounds", `${rounds}${missed}; ${unsettled} summaries were unsettled when the faults struck`)];
}

/** One line for a round. @param {string} what @param {import("./judge.mjs").Verdict} verdict @param {number} rssMib */
export function progress(what, { disturbed, inconclusive, lagMs, latestMs }, rssMib) {
  const word = disturbed.length > 0 ? "DISTURBED" : inconclusive.length > 0 ? "proves nothing" : "undisturbed";
  const who = [...disturbed, ...inconclusive].map((each) => `\n      ${each.neighbour}: ${each.what}`).join("");
  return `${what}  ${word}; heartbeats ≤ ${latestMs} ms, lag ${lagMs} ms, ${Math.round(rssMib)} MiB${who}`;
}

const tenths = (/** @type {number} */ value) => Math.round(value * 10) / 10;
