import { Argument, Option } from "commander";
import type { ArtifactOptions } from "../artifacts/artifact-options.ts";
import { fromOption, toOption } from "./common-options.ts";
import { parseCount } from "../parse/number.ts";
import { type Verb, verb } from "./verb.ts";

const STATES = ["present", "missing", "altered", "archived", "purged"];

/** `mimolo artifacts`: the files that agents keep beside evidence. */
export const artifactsVerb: Verb = verb<ArtifactOptions>({
  name: "artifacts",
  summary: "Show, archive, restore and purge the files that agents keep beside evidence.",
  arguments: [
    new Argument("<action>", "what to do"),
    new Argument("[words...]", "an agent's label, ids of artifacts, an archive's id"),
  ],
  actions: [
    ["list", "what there is, the newest first, and what it takes"],
    ["archive LABEL ID…", "have the agent put them into an archive"],
    ["restore LABEL ARCHIVE", "have the agent take them out again"],
    ["purge [ID…]", "plan, ask, offer an archive, delete; tombstones stay"],
  ],
  options: [
    new Option("--label <label>", "list, purge: only of this agent"),
    new Option("--plugin <id>", "list: only of this plugin's agents"),
    new Option("--state <state>", "list: only in this state").choices(STATES),
    fromOption(),
    toOption(),
    new Option("--limit <n>", "list: at most this many (else 100)").argParser(parseCount),
    new Option("--before <time>", "purge: only what was captured before"),
    new Option("--retention <class>", "purge: only of this class").choices(["ephemeral", "retained", "archived"]),
    new Option("--why <text>", "purge: kept in the tombstones"),
    new Option("--archive", "purge: have the agents archive it all first"),
    new Option("--no-archive", "purge: without an archive"),
    new Option("--yes", "purge: do not ask; --archive or --no-archive must be said, too"),
    new Option("--dry-run", "purge: show the plan, purge nothing"),
  ],
  examples: [
    ["mimolo artifacts list --label screen", "the last hundred pictures"],
    ["mimolo artifacts list --state archived --json", "for scripts"],
    ["mimolo artifacts restore screen 4f2a…", "out of an archive"],
    ["mimolo artifacts purge --label screen --before 2026-11-01", "shows what would go, then asks"],
    ["mimolo artifacts purge --retention ephemeral --yes --no-archive", "for scripts: gone for good"],
  ],
  load: async () => (await import("../commands/artifacts.ts")).artifacts,
});
