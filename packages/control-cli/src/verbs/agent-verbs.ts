import { Argument, Option } from "commander";
import type { AgentEditOptions } from "../agent/edit-options.ts";
import type { LogsOptions } from "../commands/logs.ts";
import { parseAnother } from "../parse/another.ts";
import { followOption } from "./common-options.ts";
import { type Verb, verb } from "./verb.ts";

/** What runs, how it does, and what steers it. */
export const agentVerbs: readonly Verb[] = [
  verb({
    name: "register",
    summary: "List the plugins known here, what each is and what it lacks.",
    examples: [
      ["mimolo register", "a table"],
      ["mimolo register --json", "the same for scripts"],
    ],
    load: async () => (await import("../commands/register.ts")).register,
  }),
  verb({
    name: "status",
    summary: "Show the running collector and its agents.",
    examples: [
      ["mimolo status", "is it running, and how is it doing?"],
      ["mimolo status --json", "everything it knows about itself"],
    ],
    load: async () => (await import("../commands/status.ts")).status,
  }),
  verb({
    name: "agents",
    summary: "List every agent of the running collector.",
    examples: [
      ["mimolo agents", "one line each"],
      ["mimolo agents --json", "with all their counters"],
    ],
    load: async () => (await import("../commands/agents.ts")).agents,
  }),
  verb<AgentEditOptions>({
    name: "agent",
    summary: "Steer one agent, or edit what configures it.",
    arguments: [
      new Argument("<action>", "what to do").choices([
        "start",
        "stop",
        "restart",
        "flush",
        "add",
        "duplicate",
        "remove",
        "config",
      ]),
      new Argument("<label>", "which agent, by its label"),
      new Argument("[more...]", "duplicate: the new label; config: KEY=VALUE to set"),
    ],
    options: [
      new Option("--executable <command>", "add: the program to run"),
      new Option("--arg <argument>", "add: an argument of it; may be given again").argParser(parseAnother),
      new Option("--plugin <id>", "add: an installed or built-in plugin to run instead"),
      new Option("--set <key=value>", "add, config: a setting; may be given again").argParser(parseAnother),
      new Option("--unset <key>", "config: take a key out; may be given again").argParser(parseAnother),
      new Option("--yes", "remove: do not ask"),
    ],
    examples: [
      ["mimolo agent flush folder-activity", "ask it for a summary now"],
      ["mimolo agent restart git-activity", "a fresh process; ends a quarantine"],
      ["mimolo agent add mail --executable ./mail.py --arg -v", "a program of your own"],
      ["mimolo agent add load --plugin mimolo.system-load", "a built-in one"],
      ["mimolo agent duplicate folder-activity docs", "the same settings under another label"],
      ["mimolo agent config docs", "what is set, and by whom"],
      ["mimolo agent config docs 'watch_dirs=[\"docs\"]'", "change it, live if a collector runs"],
      ["mimolo agent config docs --unset watch_dirs", "back to the default"],
      ["mimolo agent remove docs --yes", "out of the configuration; its evidence stays"],
    ],
    load: async () => (await import("../commands/agent.ts")).agent,
  }),
  verb<LogsOptions>({
    name: "logs",
    summary: "Show diagnostics: what agents and collector said about themselves.",
    arguments: [new Argument("[label]", "only this agent")],
    options: [followOption("them")],
    examples: [
      ["mimolo logs", "everything that is kept"],
      ["mimolo logs -f git-activity", "one agent, as it happens"],
    ],
    load: async () => (await import("../commands/logs.ts")).logs,
  }),
];
