// A plugin that looks at its settings is asked before they are applied.
import { isDeepStrictEqual } from "node:util";
import type { AgentPlan } from "../../agents/plan/agent-plan.ts";
import type { CallAnswer } from "../../calls/plugin-call.ts";
import { CollectorError } from "../../error.ts";

/** Asks the agent that runs what it makes of the settings of this plan; `null` when its plugin does not look at settings, or
 *  does not run. */
export type AskAboutSettings = (plan: AgentPlan) => Promise<CallAnswer> | null;

const MOST_PROBLEMS = 8;
const PROBLEM_CHARACTERS = 300;

/** Puts settings that are about to change before the plugins that run with the old ones. Throws `CollectorError` `bad-setting` with
 *  what they say. One that does not answer has no say. */
export async function askedFirst(
  id: string,
  before: readonly AgentPlan[],
  after: readonly AgentPlan[],
  ask: AskAboutSettings,
): Promise<void> {
  const changed = after.filter(({ label, pluginId, settings }) => {
    const earlier = before.find((plan) => plan.label === label);
    return pluginId === id && earlier !== undefined && !isDeepStrictEqual(earlier.settings, settings);
  });
  for (const plan of changed) {
    const answer = await ask(plan);
    const problems = answer === null ? [] : problemsIn(answer);
    if (problems.length === 0) continue;
    const hint = `mimolo plugin config ${id} shows what is set; nothing was changed`;
    throw new CollectorError("bad-setting", `${plan.label} does not accept this: ${problems.join("; ")}`, hint);
  }
}

function problemsIn(answer: CallAnswer): readonly string[] {
  // What the plugin throws is its word, too; its silence is none.
  if (!answer.ok) return answer.code === "failed" ? [answer.message] : [];
  const said = answer.data;
  if (said === false) return ["it gives no reason"];
  const { ok, valid, problems, errors, message } = Object(said) as Record<string, unknown>;
  const list = [Array.isArray(said) ? said : [], problems ?? [], errors ?? [], message ?? []].flat(2);
  if (ok === true || valid === true) return [];
  if (ok !== false && valid !== false && !Array.isArray(said)) return [];
  const texts = list.map((each) =>
    (typeof each === "string" ? each : JSON.stringify(each)).slice(0, PROBLEM_CHARACTERS),
  );
  return texts.length > 0 || Array.isArray(said) ? texts.slice(0, MOST_PROBLEMS) : ["it gives no reason"];
}
