import { Argument, Option } from "commander";
import { addVerb } from "./add-verb.ts";
import { artifactsVerb } from "./artifacts-verb.ts";
import { authorVerbs } from "./author-verbs.ts";
import type { AgentEditOptions } from "./agent/edit-options.ts";
import type { BenchOptions } from "./commands/bench.ts";
import type { DoctorOptions } from "./commands/doctor.ts";
import type { InitOptions } from "./commands/init.ts";
import type { LogsOptions } from "./commands/logs.ts";
import type { OpenOptions } from "./commands/open.ts";
import type { ReportOptions } from "./commands/report.ts";
import type { RunOptions } from "./commands/run.ts";
import type { TimelineOptions } from "./commands/timeline.ts";
import { followOption, fromOption, toOption } from "./common-options.ts";
import { ledgerVerbs } from "./ledger-verbs.ts";
import { parseAnother } from "./parse/another.ts";
import { parsePort, parseSeconds } from "./parse/number.ts";
import { parseDuration } from "./parse/duration.ts";
import { pluginVerb } from "./plugin-verb.ts";
import { trustVerbs } from "./trust-verbs.ts";
import { type Verb, verb } from "./verb.ts";

/** What `bench` measures, in its order; not read from there, because help loads no verb. */
const FIGURES =
  "ingest_one, ingest_hundred, ingest_summaries, sync_cpu, idle_thousand, spawn_thousand, sdk_memory, sdk_start, sandbox_start, start_version, start_api, heartbeat_p99_ms, flooding_hundred, restart_latency, fanout_cpu, invoke, window_query, report_30d";

/** Every verb there is, in the order of the help. */
export const verbs: readonly Verb[] = [
  verb<RunOptions>({
    name: "run",
    aliases: ["ops", "monitor"],
    summary: "Watch your work and keep the evidence (what `mimolo` alone does).",
    options: [
      new Option("--once", "end after the first work segment closes"),
      new Option("--for <time>", "end after this long, such as 30s, 5m, 2h").argParser(parseDuration),
      new Option("--dry-run", "check configuration and executables, say what would run, start nothing"),
      new Option("--dev", "let agents run that nobody has allowed yet (marked `dev` in the evidence)"),
      new Option("--no-dashboard", "no port on 127.0.0.1: the API on its socket only"),
      new Option("--port <n>", "port of the API on 127.0.0.1, 0 for any free one").argParser(parsePort),
      new Option("--cooldown <s>", "a segment ends after this many seconds without work").argParser(parseSeconds),
      new Option("--log-format <f>", "format of the files of closed segments").choices(["jsonl", "yaml", "md"]),
      new Option("--verbosity <v>", "what of the agents' logs to show here").choices([
        "debug",
        "info",
        "warning",
        "error",
      ]),
    ],
    examples: [
      ["mimolo", "watch this folder with the built-in agents"],
      ["mimolo run --for 30s", "the same, for half a minute"],
      ["mimolo run --config mimolo.toml --dry-run", "is my configuration right?"],
      ["mimolo run --dev", "try an agent of your own"],
    ],
    load: async () => (await import("./commands/run.ts")).run,
  }),
  verb<InitOptions>({
    name: "init",
    summary: "Write a commented mimolo.toml into this folder.",
    options: [
      new Option("--force", "replace a file that is there"),
      new Option("--yes", "ask nothing, take the defaults"),
    ],
    examples: [
      ["mimolo init", "asks a few things, then writes ./mimolo.toml"],
      ["mimolo init --config work.toml --yes", "another name, no questions"],
    ],
    load: async () => (await import("./commands/init.ts")).init,
  }),
  verb<OpenOptions>({
    name: "open",
    summary: "Open the page of the running collector.",
    options: [
      new Option("--print", "say the address only, open nothing"),
      new Option("--sign-out-others", "sign out every browser and program that was let in before"),
    ],
    examples: [
      ["mimolo open", "your day, in the browser"],
      ["mimolo open --print", "an address that is good once, for five minutes"],
      ["mimolo open --json", "the same for scripts"],
    ],
    load: async () => (await import("./commands/open.ts")).open,
  }),
  verb({
    name: "register",
    summary: "List the plugins known here, what each is and what it lacks.",
    examples: [
      ["mimolo register", "a table"],
      ["mimolo register --json", "the same for scripts"],
    ],
    load: async () => (await import("./commands/register.ts")).register,
  }),
  verb({
    name: "status",
    summary: "Show the running collector and its agents.",
    examples: [
      ["mimolo status", "is it running, and how is it doing?"],
      ["mimolo status --json", "everything it knows about itself"],
    ],
    load: async () => (await import("./commands/status.ts")).status,
  }),
  verb({
    name: "agents",
    summary: "List every agent of the running collector.",
    examples: [
      ["mimolo agents", "one line each"],
      ["mimolo agents --json", "with all their counters"],
    ],
    load: async () => (await import("./commands/agents.ts")).agents,
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
    load: async () => (await import("./commands/agent.ts")).agent,
  }),
  addVerb,
  verb<LogsOptions>({
    name: "logs",
    summary: "Show diagnostics: what agents and collector said about themselves.",
    arguments: [new Argument("[label]", "only this agent")],
    options: [followOption("them")],
    examples: [
      ["mimolo logs", "everything that is kept"],
      ["mimolo logs -f git-activity", "one agent, as it happens"],
    ],
    load: async () => (await import("./commands/logs.ts")).logs,
  }),
  ...trustVerbs,
  pluginVerb,
  ...authorVerbs,
  verb({
    name: "x",
    summary: "Have a plugin carry out one of its commands.",
    arguments: [
      new Argument("<plugin>", "a plugin's id, or an agent's label"),
      new Argument("[command]", "which one (else they are listed)"),
      new Argument("[args...]", "what the command is given; after -- anything goes"),
    ],
    examples: [
      ["mimolo x acme.inbox", "which commands are there?"],
      ["mimolo x acme.inbox unread work", "its answer as text"],
      ["mimolo x acme.inbox unread work --json", "for scripts"],
      ["mimolo x acme.inbox find -- --today", "words that look like options"],
    ],
    load: async () => (await import("./commands/x.ts")).x,
  }),
  verb({
    name: "rules",
    summary: "Show what happens by itself: the rules, and what each would do.",
    arguments: [new Argument("<action>", "what to do"), new Argument("[event]", "test: JSON, or @ and a file")],
    actions: [
      ["list", "every rule, what became of it, what keeps it from running"],
      ["test EVENT|@FILE", "what each rule would do at that; nothing is done"],
    ],
    examples: [
      ["mimolo rules list", "with their counts, if a collector runs"],
      [`mimolo rules test '{"source":"segment","event":"closed"}'`, "a dry run"],
      ["mimolo rules test @summary.json --json", "an event from a file, for scripts"],
    ],
    load: async () => (await import("./commands/rules.ts")).rules,
  }),
  ...ledgerVerbs,
  artifactsVerb,
  verb<TimelineOptions>({
    name: "timeline",
    summary: "Show when you worked.",
    options: [fromOption(), toOption()],
    examples: [
      ["mimolo timeline", "the last days, with a ribbon for each"],
      ["mimolo timeline --from 2026-11-21 --to 2026-11-22", "one whole day"],
      ["mimolo timeline --json", "every segment"],
    ],
    load: async () => (await import("./commands/timeline.ts")).timeline,
  }),
  verb<ReportOptions>({
    name: "report",
    summary: "Answer from what was kept: what a plugin did, and what it cost.",
    arguments: [new Argument("<kind>", "plugin:ID, a plugin by the hour, day, week or month")],
    options: [
      fromOption(),
      toOption(),
      new Option("--by <part>", "a row for each (else day)").choices(["day", "week", "month", "hour"]),
      new Option("--format <f>", "how to write it (else table)").choices(["table", "csv", "json", "md"]),
    ],
    examples: [
      ["mimolo report plugin:mimolo.git-activity", "the last seven days"],
      ["mimolo report plugin:acme.inbox --from today --by hour", "today, hour by hour"],
      ["mimolo report plugin:acme.inbox --format csv", "for a spreadsheet"],
    ],
    load: async () => (await import("./commands/report.ts")).report,
  }),
  verb<BenchOptions>({
    name: "bench",
    summary: "Measure what MiMoLo costs on this machine.",
    options: [
      new Option("--only <name>", `only this figure, several with commas: ${FIGURES}`),
      new Option("--quick", "fewer and shorter rounds"),
    ],
    examples: [
      ["mimolo bench", "every figure beside its control, some eight minutes"],
      ["mimolo bench --quick", "the same, faster and less exactly"],
      ["mimolo bench --only start_version --json", "one figure, for scripts"],
    ],
    load: async () => (await import("./commands/bench.ts")).bench,
  }),
  verb<DoctorOptions>({
    name: "doctor",
    summary: "Check this machine and say what to do about what is wrong.",
    options: [new Option("--privacy", "try the [[privacy]] rules on the last day's evidence; changes nothing")],
    examples: [
      ["mimolo doctor", "a list with fixes; exit code 1 if something must be done"],
      ["mimolo doctor --privacy", "how many records each privacy rule would have hit, and whose"],
      ["mimolo doctor --privacy --verbose", "the same with the values, for your eyes"],
      ["mimolo doctor --privacy --config new.toml --json", "rules that are not in force yet, for scripts"],
    ],
    load: async () => (await import("./commands/doctor.ts")).doctor,
  }),
];
