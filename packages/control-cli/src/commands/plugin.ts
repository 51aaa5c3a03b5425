import { type Action, runAction } from "../action.ts";
import type { Call } from "../call.ts";
import { withSpilledIds, withSpilledWord } from "../consent/grants.ts";
import type { ExitCode } from "../error.ts";

export interface PluginOptions {
  readonly sign?: boolean;
  readonly out?: string;
  readonly grant?: readonly string[];
  readonly acceptDowngrade?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly to?: string;
  readonly label?: string;
  readonly explain?: boolean;
  /** JSON, or `@` and a file. */
  readonly params?: string;
  readonly context?: string;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** `mimolo plugin ACTION …`: a plugin's life, from a registry or a folder to what it does and may touch. */
export async function plugin(call: Call<PluginOptions>): Promise<ExitCode> {
  return await runAction(withSpilled(call), "plugin", ACTIONS);
}

/** `plugin install --grant network F` means what it looks like. */
function withSpilled(call: Call<PluginOptions>): Call<PluginOptions> {
  const [action] = call.arguments;
  if (action === "install") return withSpilledWord(call, 2);
  return action === "upgrade" ? withSpilledIds(call) : call;
}

const MANY = Number.POSITIVE_INFINITY;

const ACTIONS: Readonly<Record<string, Action<PluginOptions>>> = {
  list: { takes: "", words: [0, 0], options: [], load: async () => (await import("./register.ts")).register },
  info: { takes: "ID", words: [1, 1], options: [], load: async () => (await import("../plugin/info.ts")).info },
  config: {
    takes: "ID [KEY=VALUE…] [KEY=null] [--label L] [--explain]",
    words: [1, MANY],
    options: ["label", "explain"],
    load: async () => (await import("../plugin/config.ts")).config,
  },
  stats: { takes: "ID", words: [1, 1], options: [], load: async () => (await import("../plugin/stats.ts")).stats },
  invoke: {
    takes: "ID INTERFACE METHOD [--params JSON|@FILE] [--context JSON] [--label L] [--timeout T]",
    words: [3, 3],
    options: ["params", "context", "label", "timeout"],
    load: async () => (await import("../plugin/invoke.ts")).invoke,
  },
  search: {
    takes: "[WORDS]",
    words: [0, MANY],
    options: [],
    load: async () => (await import("../plugin/search.ts")).search,
  },
  install: {
    takes: "F|DIR|ID[@RANGE] [--grant CAP…] [--yes] [--accept-downgrade]",
    words: [1, 1],
    options: ["grant", "yes", "acceptDowngrade"],
    load: async () => (await import("../plugin/install.ts")).install,
  },
  upgrade: {
    takes: "[ID…] [--dry-run] [--grant CAP…] [--yes]",
    words: [0, MANY],
    options: ["dryRun", "grant", "yes"],
    load: async () => (await import("../plugin/upgrade.ts")).upgrade,
  },
  remove: {
    takes: "ID [--yes]",
    words: [1, 1],
    options: ["yes"],
    load: async () => (await import("../plugin/remove.ts")).remove,
  },
  enable: { takes: "ID", words: [1, 1], options: [], load: async () => (await import("../plugin/switch.ts")).enable },
  disable: { takes: "ID", words: [1, 1], options: [], load: async () => (await import("../plugin/switch.ts")).disable },
  load: { takes: "ID", words: [1, 1], options: [], load: async () => (await import("../plugin/switch.ts")).load },
  unload: { takes: "ID", words: [1, 1], options: [], load: async () => (await import("../plugin/switch.ts")).unload },
  reload: { takes: "ID", words: [1, 1], options: [], load: async () => (await import("../plugin/switch.ts")).reload },
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
  pack: {
    takes: "DIR [--sign] [--out F]",
    words: [1, 1],
    options: ["sign", "out"],
    load: async () => (await import("../plugin/pack.ts")).pack,
  },
  sign: { takes: "F|DIR", words: [1, 1], options: [], load: async () => (await import("../plugin/sign.ts")).sign },
  verify: { takes: "F", words: [1, 1], options: [], load: async () => (await import("../plugin/verify.ts")).verify },
  publish: {
    takes: "F|DIR --to DIR",
    words: [1, 1],
    options: ["to"],
    load: async () => (await import("../plugin/publish.ts")).publish,
  },
};
