import { type Action, runAction } from "../action.ts";
import type { Call } from "../call.ts";
import type { ExitCode } from "../error.ts";

/** `mimolo rules list|test`: what happens by itself, and what would. Alone it lists. */
export async function rules(call: Call): Promise<ExitCode> {
  const asked = call.arguments.length === 0 ? { ...call, arguments: ["list"] } : call;
  return await runAction(asked, "rules", ACTIONS);
}

const ACTIONS: Readonly<Record<string, Action<object>>> = {
  list: { takes: "", words: [0, 0], options: [], load: async () => (await import("../rules/list.ts")).listRules },
  test: {
    takes: "EVENT|@FILE",
    words: [1, 1],
    options: [],
    load: async () => (await import("../rules/test.ts")).testRules,
  },
};
