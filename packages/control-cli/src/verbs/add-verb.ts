import { Argument, Option } from "commander";
import type { AddOptions } from "../commands/add.ts";
import { grantOption } from "./common-options.ts";
import { parseAnother } from "../parse/another.ts";
import { parseDuration } from "../parse/duration.ts";
import { verb } from "./verb.ts";

export const addVerb = verb<AddOptions>({
  name: "add",
  summary: "Make an agent of any command: run it now and then, keep what it says.",
  arguments: [
    new Argument("<label>", "what to call it"),
    new Argument("[command...]", "the command and its arguments, after --"),
  ],
  options: [
    new Option("--as <format>", "how to read what it prints").choices(["lines", "json", "nagios", "influx"]),
    new Option("--every <time>", "how often to run it (else 60s)").argParser(parseDuration),
    new Option("--timeout <time>", "end it when it takes longer (else 30s)").argParser(parseDuration),
    new Option("--activity <what>", "what of it counts as work (else passive: nothing)").choices([
      "passive",
      "changes",
      "output",
    ]),
    grantOption("what it may touch besides its own folder"),
    new Option("--set <key=value>", "another key of its section; may be given again").argParser(parseAnother),
    new Option("--yes", "allow it as it is now, ask nothing"),
  ],
  examples: [
    ["mimolo add disk --every 5m --as nagios -- ./check_disk -w 10%", "a Nagios check"],
    ["mimolo add queue --as json --yes -- ./queue-length.py", "your own script, allowed as it is"],
    ["mimolo add sensors --as influx --every 30s -- ./read-sensors.sh", "points in line protocol"],
    ["mimolo add todo --as lines --activity changes -- ./open-tasks.sh", "another output counts as work"],
  ],
  load: async () => (await import("../commands/add.ts")).add,
});
