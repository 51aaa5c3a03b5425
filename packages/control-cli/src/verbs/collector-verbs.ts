import { Option } from "commander";
import type { InitOptions } from "../commands/init.ts";
import type { OpenOptions } from "../commands/open.ts";
import type { RunOptions } from "../commands/run.ts";
import { parseDuration } from "../parse/duration.ts";
import { parsePort, parseSeconds } from "../parse/number.ts";
import { type Verb, verb } from "./verb.ts";

/** The collector itself, and its page. */
export const collectorVerbs: readonly Verb[] = [
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
    load: async () => (await import("../commands/run.ts")).run,
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
    load: async () => (await import("../commands/init.ts")).init,
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
    load: async () => (await import("../commands/open.ts")).open,
  }),
];
