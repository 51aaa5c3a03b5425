import { Argument, Option } from "commander";
import type { PluginOptions } from "../commands/plugin.ts";
import { grantOption } from "./common-options.ts";
import { parseDuration } from "../parse/duration.ts";
import { type Verb, verb } from "./verb.ts";

/** `mimolo plugin`: everything about plugins, from finding one to publishing one's own. */
export const pluginVerb: Verb = verb<PluginOptions>({
  name: "plugin",
  summary: "Find, install, configure, upgrade and publish plugins.",
  arguments: [
    new Argument("<action>", "what to do"),
    new Argument("[words...]", "a plugin's id, its package or folder; capabilities; settings"),
  ],
  actions: [
    "Known here",
    ["list", "every plugin (as `mimolo register`)"],
    ["info ID", "all about one: who signed it, what it needs"],
    ["config ID [KEY=VALUE…]", "its settings, and who set them; or change them"],
    ["stats ID", "what its calls came to, and what it uses"],
    "In and out",
    ["search [WORDS]", "what the registries offer"],
    ["install F|DIR|ID[@RANGE]", "check it, ask, keep it and what it needs"],
    ["upgrade [ID…]", "to newer versions; back if one fails"],
    ["remove ID", "take it away; its evidence stays"],
    "At work",
    ["enable ID", "run it, from now on"],
    ["disable ID", "run it no more"],
    ["load ID", "run it in the collector that runs now"],
    ["unload ID", "end it there, until the next start or load"],
    ["reload ID", "end it and start it anew, losing nothing"],
    ["invoke ID INTERFACE METHOD", "ask it behind one of its interfaces"],
    ["grant ID CAP…", "let it touch more"],
    ["revoke ID [CAP…]", "let it touch less, at once"],
    "Your own",
    ["pack DIR", "make the package of a folder with a plugin.toml"],
    ["sign F|DIR", "sign a package with your newest fitting key"],
    ["verify F", "would it be trusted here? exit code 4 if not"],
    ["publish F|DIR --to DIR", "offer it in a registry, which is a folder"],
  ],
  options: [
    new Option("--explain", "config: where each value comes from"),
    new Option("--label <label>", "config, invoke: of this agent alone"),
    new Option("--params <json>", "invoke: what it is given, or @ and a file with it"),
    new Option("--context <json>", "invoke: more about why, such as where it comes from"),
    new Option("--timeout <time>", "invoke: give up after this long (default 5s)").argParser(parseDuration),
    grantOption("install, upgrade: what it may touch; nothing is asked then"),
    new Option("--yes", "install, upgrade: grant all it asks for; remove: do not ask"),
    new Option("--accept-downgrade", "install: take an older version than the one that was healthy here"),
    new Option("--dry-run", "upgrade: say what there is, change nothing"),
    new Option("--sign", "pack: sign it, too"),
    new Option("--out <file>", "pack: the package's file (else its usual name, here)"),
    new Option("--to <dir>", "publish: the registry's folder; made if need be"),
  ],
  examples: [
    ["mimolo plugin search mail", "in all your registries"],
    ["mimolo plugin install acme.inbox@^1", "newest 1.x, and its needs"],
    ["mimolo plugin install inbox.mmpkg --yes", "a file, all it asks granted"],
    ["mimolo plugin config acme.inbox --explain", "who set which setting"],
    ["mimolo plugin config acme.inbox poll_interval_s=5", "now and from now on"],
    ["mimolo plugin reload acme.inbox", "back if the new one fails"],
    [`mimolo plugin invoke acme.hook action execute --params '{"n":1}'`, "have it act, now"],
    ["mimolo plugin upgrade --dry-run", "is anything newer offered?"],
    ["mimolo plugin publish ./inbox --to ~/registry", "packed, signed, offered"],
  ],
  load: async () => (await import("../commands/plugin.ts")).plugin,
});
