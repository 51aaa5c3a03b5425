import { type Action, runAction } from "../action.ts";
import type { Call } from "../call.ts";
import { withSpilledWord } from "../consent/grants.ts";
import type { ExitCode } from "../error.ts";

export interface PluginOptions {
  readonly sign?: boolean;
  readonly out?: string;
  readonly grant?: readonly string[];
  readonly acceptDowngrade?: boolean;
  readonly yes?: boolean;
}

/** `mimolo plugin list|info|pack|sign|verify|install|remove|grant|revoke`: packages, from a folder to what they may touch. */
export async function plugin(call: Call<PluginOptions>): Promise<ExitCode> {
  return await runAction(call.arguments[0] === "install" ? withSpilledWord(call, 2) : call, "plugin", ACTIONS);
}

const MANY = Number.POSITIVE_INFINITY;

const ACTIONS: Readonly<Record<string, Action<PluginOptions>>> = {
  list: { takes: "", words: [0, 0], options: [], load: async () => (await import("./register.ts")).register },
  info: { takes: "ID", words: [1, 1], options: [], load: async () => (await import("../plugin/info.ts")).info },
  pack: {
    takes: "DIR [--sign] [--out F]",
    words: [1, 1],
    options: ["sign", "out"],
    load: async () => (await import("../plugin/pack.ts")).pack,
  },
  sign: { takes: "F|DIR", words: [1, 1], options: [], load: async () => (await import("../plugin/sign.ts")).sign },
  verify: { takes: "F", words: [1, 1], options: [], load: async () => (await import("../plugin/verify.ts")).verify },
  install: {
    takes: "F|DIR [--grant CAP…] [--yes] [--accept-downgrade]",
    words: [1, 1],
    options: ["grant", "yes", "acceptDowngrade"],
    load: async () => (await import("../plugin/install.ts")).install,
  },
  remove: {
    takes: "ID [--yes]",
    words: [1, 1],
    options: ["yes"],
    load: async () => (await import("../plugin/remove.ts")).remove,
  },
  grant: {
    takes: "ID CAP…",
    words: [2, MANY],
    options: [],
    load: async () => (await import("../plugin/grant.ts")).grant,
  },
  revoke: {
    takes: "ID [CAP…]",
    words: [1, MANY],
    options: [],
    load: async () => (await import("../plugin/revoke.ts")).revoke,
  },
};
