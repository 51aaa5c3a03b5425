/** Who may use how much CPU, in percent of one core. Pure: wishes in, budgets and the sentences about them out. */

/** What `[monitor]` says about CPU. */
export interface CpuTerms {
  /** `main_system_max_cpu_per_plugin`: for agents that ask for nothing. */
  readonly defaultPercent: number;
  /** `max_plugin_cpu_percent`. */
  readonly maxPercent: number;
  /** `ops_cpu_budget_percent`: the collector's own share. */
  readonly opsPercent: number;
  /** `global_total_cpu_budget_percent`: all budgets and the collector's own together. */
  readonly totalPercent: number;
}

export interface CpuWish {
  readonly label: string;
  /** Its `cpu_budget_percent`, if it has one. */
  readonly cpuBudgetPercent?: number | undefined;
  /** Who wishes it: a person by a configuration (the default), or the plugin itself. */
  readonly by?: "person" | "plugin";
}

export interface CpuBudget {
  readonly label: string;
  readonly requestedPercent: number;
  /** What it gets: never above the maximum, scaled where the envelope is too small for all. */
  readonly effectivePercent: number;
  readonly level: "info" | "warning";
  /** The policy's verdict as a sentence, with the keys to change. */
  readonly message: string;
}

export interface CpuEnvelope {
  readonly budgets: ReadonlyMap<string, CpuBudget>;
  /** Sum of the effective budgets. */
  readonly sum: number;
  /** What every budget was multiplied with; 1 when all fit. */
  readonly scale: number;
  /** Why the scale is not 1, in sentences; and who was held to the maximum. */
  readonly reasons: readonly string[];
  readonly ops: number;
  readonly total: number;
}

/** Computes every budget: `min(requested or default, max)`, all multiplied by the same scale when they and the collector's
 *  own share exceed the total. */
export function envelopeOf(wishes: Iterable<CpuWish>, terms: CpuTerms): CpuEnvelope {
  const verdicts = [...wishes].map((wish) => judged(wish, terms));
  const wanted = verdicts.reduce((sum, { grantedPercent }) => sum + grantedPercent, 0);
  const room = Math.max(0, terms.totalPercent - terms.opsPercent);
  const scale = wanted > room ? room / wanted : 1;
  const budgets = new Map<string, CpuBudget>();
  for (const { label, requestedPercent, grantedPercent, level, message } of verdicts) {
    const effectivePercent = scale === 1 ? grantedPercent : cut(grantedPercent * scale);
    const scaled = scale === 1 ? "" : `; scaled to ${percent(effectivePercent)} to fit the envelope`;
    budgets.set(label, { label, requestedPercent, effectivePercent, level, message: message + scaled });
  }
  const clamped = verdicts.filter(({ requestedPercent }) => requestedPercent > terms.maxPercent);
  return {
    budgets,
    sum: tidy([...budgets.values()].reduce((sum, { effectivePercent }) => sum + effectivePercent, 0)),
    scale,
    reasons: [
      ...(scale === 1 ? [] : [overfull(verdicts.length, wanted, scale, terms)]),
      ...clamped.map(
        ({ label, requestedPercent }) =>
          `${label} wants ${percent(requestedPercent)}, max_plugin_cpu_percent allows ${percent(terms.maxPercent)}`,
      ),
    ],
    ops: terms.opsPercent,
    total: terms.totalPercent,
  };
}

interface Judged extends Omit<CpuBudget, "effectivePercent"> {
  readonly grantedPercent: number;
}

/** One row of the policy: no override, one within the default, one above it, one above the maximum. What nobody set here is no
 *  warning to anybody. */
function judged({ label, cpuBudgetPercent, by = "person" }: CpuWish, terms: CpuTerms): Judged {
  const { defaultPercent, maxPercent } = terms;
  const requestedPercent = cpuBudgetPercent ?? defaultPercent;
  const grantedPercent = Math.min(requestedPercent, maxPercent);
  const base = { label, requestedPercent, grantedPercent };
  const asked = `cpu budget ${percent(grantedPercent)} of a core`;
  const theDefault = `main_system_max_cpu_per_plugin = ${plain(defaultPercent)}`;
  const theMax = `max_plugin_cpu_percent = ${plain(maxPercent)}`;
  if (cpuBudgetPercent === undefined) {
    const held = defaultPercent > maxPercent ? `, held to ${theMax}` : "";
    return { ...base, level: "info", message: `${asked}: the default (${theDefault}${held})` };
  }
  if (by === "plugin") {
    const held = cpuBudgetPercent > maxPercent ? `: ${percent(cpuBudgetPercent)}, held to ${theMax}` : "";
    return { ...base, level: "info", message: `${asked}: what its plugin asks for${held}` };
  }
  const own = `cpu_budget_percent = ${plain(cpuBudgetPercent)}`;
  if (cpuBudgetPercent > maxPercent) {
    return { ...base, level: "warning", message: `${asked}: ${own} is above ${theMax} and clamped to it` };
  }
  if (cpuBudgetPercent > defaultPercent) {
    return { ...base, level: "warning", message: `${asked}: ${own} is above the default (${theDefault})` };
  }
  return { ...base, level: "info", message: `${asked}: ${own} is within the default (${theDefault})` };
}

function overfull(agents: number, wanted: number, scale: number, { opsPercent, totalPercent }: CpuTerms): string {
  const who = agents === 1 ? "the budget of 1 agent" : `the budgets of ${agents} agents`;
  const own = `the collector's own ${percent(opsPercent)} (ops_cpu_budget_percent)`;
  const more = `${who} (${percent(wanted)}) and ${own} are more than global_total_cpu_budget_percent = ${plain(totalPercent)}`;
  return `${more}: every budget is multiplied by ${plain(scale)}`;
}

// Cut, not rounded: a thousand numbers rounded up would exceed the total again. The tail below is noise of the division.
const cut = (value: number) => Math.floor(value * 1e9 + 1e-5) / 1e9;
const tidy = (value: number) => Math.round(value * 1e9) / 1e9;
const plain = (value: number) => `${Number(value.toPrecision(4))}`;
const percent = (value: number) => `${plain(value)} %`;
