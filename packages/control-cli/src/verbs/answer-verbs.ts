import { Argument, Option } from "commander";
import type { ReportOptions } from "../commands/report.ts";
import type { TimelineOptions } from "../commands/timeline.ts";
import { fromOption, toOption } from "./common-options.ts";
import { type Verb, verb } from "./verb.ts";

/** What evidence comes to. */
export const answerVerbs: readonly Verb[] = [
  verb<TimelineOptions>({
    name: "timeline",
    summary: "Show when you worked.",
    options: [fromOption(), toOption()],
    examples: [
      ["mimolo timeline", "the last days, with a ribbon for each"],
      ["mimolo timeline --from 2026-11-21 --to 2026-11-22", "one whole day"],
      ["mimolo timeline --json", "every segment"],
    ],
    load: async () => (await import("../commands/timeline.ts")).timeline,
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
    load: async () => (await import("../commands/report.ts")).report,
  }),
];
