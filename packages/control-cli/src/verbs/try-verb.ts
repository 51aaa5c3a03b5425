import { Argument, Option } from "commander";
import type { TryOptions } from "../commands/try.ts";
import { parseDuration } from "../parse/duration.ts";
import { type Verb, verb } from "./verb.ts";

/** `mimolo try`: one agent in the terminal. */
export const tryVerb: Verb = verb<TryOptions>({
  name: "try",
  summary: "Run one agent in the terminal, as a collector would; saving restarts it.",
  arguments: [
    new Argument("[command...]", "the agent, after --; it runs as your shell would run it, nothing is asked"),
  ],
  options: [
    new Option("--settings <json>", "the agent's settings, or @ and a file with them"),
    new Option("--record <file>", "write every line there that passes, both ways"),
    new Option("--for <time>", "end by itself after that time").argParser(parseDuration),
    new Option("--heartbeat <time>", "the interval it is told (else 1s)").argParser(parseDuration),
  ],
  examples: [
    ["mimolo try -- python3 agent.py", "keys ask it, saving restarts it"],
    ["mimolo try --verbose -- ./agent", "the lines as they are"],
    ["mimolo try --settings '{\"depth\": 3}' -- node agent.mjs", "with settings of yours"],
    ["mimolo try --record seen.jsonl -- ./agent", "what to add to a bug report"],
    ["mimolo try --for 5s --json -- ./agent", "for scripts: what came, what broke"],
  ],
  load: async () => (await import("../commands/try.ts")).tryAgent,
});
