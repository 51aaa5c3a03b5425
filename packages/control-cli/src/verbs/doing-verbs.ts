import { Argument } from "commander";
import { type Verb, verb } from "./verb.ts";

/** What plugins do when they are asked to, and by themselves. */
export const doingVerbs: readonly Verb[] = [
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
    load: async () => (await import("../commands/x.ts")).x,
  }),
  verb({
    name: "rules",
    summary: "Show what happens by itself: the rules, and what each would do.",
    arguments: [
      new Argument("[action]", "what to do (else list)"),
      new Argument("[event]", "test: JSON, or @ and a file"),
    ],
    actions: [
      ["list", "every rule, what became of it, what keeps it from running"],
      ["test EVENT|@FILE", "what each rule would do at that; nothing is done"],
    ],
    examples: [
      ["mimolo rules list", "with their counts, if a collector runs"],
      [`mimolo rules test '{"source":"segment","event":"closed"}'`, "a dry run"],
      ["mimolo rules test @summary.json --json", "an event from a file, for scripts"],
    ],
    load: async () => (await import("../commands/rules.ts")).rules,
  }),
];
