import { Argument, Option } from "commander";
import type { NewOptions } from "../commands/new.ts";
import { type Verb, verb } from "./verb.ts";

/** `mimolo new`: something to begin with. */
export const newVerb: Verb = verb<NewOptions>({
  name: "new",
  summary: "Begin a plugin: a folder that builds, is tested, conforms and can be packed.",
  arguments: [
    new Argument("[kind]", "what it is: agent, monitor, action, trigger or reporter"),
    new Argument("[name]", "what to call it"),
  ],
  options: [
    new Option("--lang <language>", "what it is written in: ts, js, py, go, rust or sh"),
    new Option("--id <id>", "its id, such as acme.inbox-watch (else local. and its name)"),
    new Option("--dir <dir>", "the folder to write (else its name); nothing in it is replaced"),
  ],
  examples: [
    ["mimolo new", "a terminal asks for all that is missing"],
    ["mimolo new agent inbox-watch --lang ts", "an agent on the SDK"],
    ["mimolo new agent inbox-watch --lang py --id acme.inbox-watch", "in Python, with nothing to install"],
    ["mimolo new action lamp --lang go --dir plugins/lamp", "something rules can have done"],
    ["mimolo new monitor songs --lang sh --json", "for scripts: what was written, what to type next"],
  ],
  load: async () => (await import("../commands/new.ts")).create,
});
