import { Argument, Option } from "commander";
import type { ConformOptions } from "../commands/conform.ts";
import { type Verb, verb } from "./verb.ts";

/** `mimolo conform`: whether an agent, whatever it is written in, keeps the protocol. */
export const conformVerb: Verb = verb<ConformOptions>({
  name: "conform",
  summary: "Check whether an agent keeps the protocol, rule by rule; it is run for that.",
  arguments: [
    new Argument("[command...]", "the agent, after --; it runs as your shell would run it, nothing is asked"),
  ],
  options: [
    new Option("--release", "also what a published plugin owes"),
    new Option("--plugin <dir>", "with --release: the folder with plugin.toml (else this one)"),
    new Option("--only <ids>", "only these rules, such as JLP301,JLP704"),
    new Option("--explain [ids]", "what a rule asks, why, and how to keep it; without an id: every rule"),
    new Option("--settings <json>", "the agent's settings, or @ and a file with them"),
    new Option("--junit <file>", "write JUnit XML there, too"),
    new Option("--record <dir>", "keep every line that passed, both ways"),
    new Option("--replay <dir>", "judge such a record again; nothing is run"),
  ],
  examples: [
    ["mimolo conform -- python3 agent.py", "what breaks, and how to mend it"],
    ["mimolo conform --explain JLP301", "a rule: what it asks, and why"],
    ["mimolo conform --verbose -- ./agent", "what holds, too"],
    ["mimolo conform --release -- node dist/main.js", "before you publish it"],
    ["mimolo conform --junit report.xml -- ./agent", "for your CI"],
    ["mimolo conform --record seen -- ./agent", "keep what was said"],
    ["mimolo conform --replay seen --only JLP301", "and look at it again"],
  ],
  load: async () => (await import("../commands/conform.ts")).conform,
});
