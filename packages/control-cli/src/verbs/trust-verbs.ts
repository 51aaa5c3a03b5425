import { Argument, Option } from "commander";
import type { AllowOptions } from "../commands/allow.ts";
import type { KeyOptions } from "../key/key-options.ts";
import { grantOption } from "./common-options.ts";
import { type Verb, verb } from "./verb.ts";

/** The verbs that decide what may run and what it may touch. */
export const trustVerbs: readonly Verb[] = [
  verb<AllowOptions>({
    name: "allow",
    summary: "Trust a script of yours as it is now, or a folder's mimolo.toml.",
    arguments: [new Argument("[path]", "the script, or the folder")],
    options: [grantOption("what it may touch besides its own folder")],
    examples: [
      ["mimolo allow ./my-agent.py", "as it is now; an edit wants it again"],
      ["mimolo allow ./my-agent.py --grant network", "with what it needs"],
      ["mimolo allow .", "this folder's mimolo.toml, too"],
    ],
    load: async () => (await import("../commands/allow.ts")).allow,
  }),
  verb<KeyOptions>({
    name: "key",
    summary: "Keep the keys that vouch for plugins.",
    arguments: [new Argument("<action>", "what to do"), new Argument("[what]", "a .pub file, or the id of a key")],
    actions: [
      ["new [--label L] [--scope GLOB…]", "make a key of yours and pin it"],
      ["list", "the keys known here, and their scopes"],
      ["trust F [--label L] [--scope GLOB…]", "pin somebody's public key"],
      ["revoke KEY_ID [--why T]", "believe a key no more, at once"],
    ],
    options: [
      new Option("--label <text>", "new, trust: whose key it is, for your eyes"),
      new Option("--scope <glob...>", "new, trust: ids it may vouch for (local.* if left out; * matches dots too)"),
      new Option("--why <text>", "revoke: the reason; it is kept and shown"),
    ],
    examples: [
      ["mimolo key new --scope 'acme.*'", "for plugins of yours: acme.inbox"],
      ["mimolo key trust acme.pub --scope 'acme.*'", "minisign's .pub files will do"],
      ["mimolo key revoke 1F2E3D4C5B6A7988", "what it signed stops running"],
    ],
    load: async () => (await import("../commands/key.ts")).key,
  }),
];
