import { Argument, Option } from "commander";
import type { AnchorOptions } from "../commands/anchor.ts";
import type { CorrectOptions } from "../commands/correct.ts";
import type { EraseOptions } from "../commands/erase.ts";
import type { EvidenceOptions } from "../commands/evidence.ts";
import type { VerifyOptions } from "../commands/verify.ts";
import { followOption, fromOption, toOption } from "./common-options.ts";
import { parseCount } from "../parse/number.ts";
import { type Verb, verb } from "./verb.ts";

const KINDS = ["message", "gap", "clock_step", "agent_state", "policy", "import", "correction", "aggregate", "erasure"];

/** The verbs that read, check and amend the ledger. */
export const ledgerVerbs: readonly Verb[] = [
  verb<EvidenceOptions>({
    name: "evidence",
    summary: "Show the records of the ledger, one a line.",
    options: [
      fromOption(),
      toOption(),
      new Option("--agent <label>", "only records of this agent"),
      new Option("--kind <kind>", "only records of this kind").choices(KINDS),
      new Option("--limit <n>", "only the newest so many, the last one last").argParser(parseCount),
      followOption("the records"),
    ],
    examples: [
      ["mimolo evidence --from today", "today's records, readable"],
      ["mimolo evidence --agent folder-activity --json", "the lines as they stand on disk"],
      ["mimolo evidence -f --limit 10", "the last ten, then watch them come"],
    ],
    load: async () => (await import("../commands/evidence.ts")).evidence,
  }),
  verb<VerifyOptions>({
    name: "verify",
    summary: "Check that no byte of the evidence was changed.",
    options: [
      new Option("--date <date>", "only this UTC day of the ledger, such as 2026-11-21"),
      new Option("--repo <dir>", "against every anchor in the history of this git repository, too"),
    ],
    examples: [
      ["mimolo verify", "every day; exit code 5 and the place if something is wrong"],
      ["mimolo verify --date 2026-11-21 --json", "one day, for scripts"],
      ["mimolo verify --repo ~/client/app", "finds a folder set back to an older state of itself"],
    ],
    load: async () => (await import("../commands/verify.ts")).verify,
  }),
  verb<AnchorOptions>({
    name: "anchor",
    summary: "Make a git repository a witness of the evidence so far.",
    arguments: [new Argument("<what>", "where to: an empty commit of a git repository").choices(["git"])],
    options: [new Option("--repo <dir>", "the repository (else the one of this folder)")],
    examples: [
      ["mimolo anchor git", "in the repository of this folder; nothing staged goes along"],
      ["mimolo anchor git --repo ~/client/app", "the client's own repository as witness"],
    ],
    load: async () => (await import("../commands/anchor.ts")).anchor,
  }),
  verb<EraseOptions>({
    name: "erase",
    summary: "Empty one record for good; that it was there, and why it went, stays.",
    arguments: [new Argument("<seq>", "number of the record, as `mimolo evidence` shows it")],
    options: [new Option("--why <text>", "the reason; it is kept and shown"), new Option("--yes", "do not ask")],
    examples: [
      ['mimolo erase 1234 --why "private"', "shows it and asks"],
      ['mimolo erase 1234 --why "password" --yes --json', "for scripts"],
    ],
    load: async () => (await import("../commands/erase.ts")).erase,
  }),
  verb<CorrectOptions>({
    name: "correct",
    summary: "Say how a stretch of time is to be counted.",
    options: [
      fromOption(),
      toOption(),
      new Option("--as <what>", "what it was").choices(["work", "idle"]),
      new Option("--note <text>", "why; it is kept and shown"),
    ],
    examples: [
      ["mimolo correct --from yesterday --to today --as idle --note ill", "was no work"],
      ["mimolo correct --from 2026-11-20 --to 2026-11-21 --as work --note fair", "was work"],
    ],
    load: async () => (await import("../commands/correct.ts")).correct,
  }),
];
