import { type Action, runAction } from "../action.ts";
import type { Call } from "../call.ts";
import { spilledWord } from "../consent/spilled.ts";
import type { KeyOptions } from "../key/key-options.ts";
import type { ExitCode } from "../error.ts";

/** `mimolo key new|list|trust|revoke`: the keyring. */
export async function key(call: Call<KeyOptions>): Promise<ExitCode> {
  return await runAction(withSpilledFile(call), "key", ACTIONS);
}

const ACTIONS: Readonly<Record<string, Action<KeyOptions>>> = {
  new: {
    takes: "[--label L] [--scope GLOB…]",
    words: [0, 0],
    options: ["label", "scope"],
    load: async () => (await import("../key/new.ts")).newKey,
  },
  list: { takes: "", words: [0, 0], options: [], load: async () => (await import("../key/list.ts")).listKeys },
  trust: {
    takes: "F [--label L] [--scope GLOB…]",
    words: [1, 1],
    options: ["label", "scope"],
    load: async () => (await import("../key/trust.ts")).trustKey,
  },
  revoke: {
    takes: "KEY_ID [--why T]",
    words: [1, 1],
    options: ["why"],
    load: async () => (await import("../key/revoke.ts")).revokeKey,
  },
};

/** `key trust --scope 'acme.*' acme.pub` means what it looks like. */
function withSpilledFile(call: Call<KeyOptions>): Call<KeyOptions> {
  if (call.arguments[0] !== "trust") return call;
  const { words, values } = spilledWord(call.arguments, call.options.scope, { words: 2 });
  return values === undefined ? call : { ...call, arguments: words, options: { ...call.options, scope: values } };
}
