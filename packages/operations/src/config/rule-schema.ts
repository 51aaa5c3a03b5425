/** `[[rules]]` and `[[privacy]]`: lists of tables. */
import { AgentState, fieldFault, HEALTHS } from "@mimolo/protocol";
import { z } from "zod";
import { regexEngine } from "../privacy/regex-engine.ts";
import { parseWhere } from "../rules/where/parse.ts";
import { nearestName } from "./nearest.ts";

const name = () => z.string().min(1).max(100);

/** `[[rules]]`: when this happens, a plugin does that. */
export const Rule = z.strictObject({
  name: name().describe("The rule's name; a rule of the same name in a later file replaces it."),
  when: z
    .strictObject({
      source: z
        .enum(["summary", "event", "agent_state", "health", "segment", "trigger"])
        .describe("The kind of happening the rule listens to."),
      agent: name()
        .optional()
        .describe(
          "Only of agents whose label matches, `*` stands for anything; with a dot in it, of plugins by their id.",
        ),
      event: z
        .string()
        .min(1)
        .max(256)
        .optional()
        .describe("Only events of this name, `*` stands for anything; of a segment for instance `closed`."),
      where: z
        .string()
        .min(1)
        .max(1_000)
        .superRefine(checkWhere)
        .optional()
        .describe("Only if this comparison holds, for instance `data.count > 3`."),
    })
    .superRefine(checkEvent)
    .describe("What the rule waits for."),
  do: z
    .strictObject({
      plugin: name().describe("The id of the action plugin."),
      params: z.record(z.string(), z.unknown()).default({}).describe("What it is called with."),
    })
    .describe("What is done then."),
  limit: z.number().gt(0).max(1_000_000).optional().describe("The most runs in a minute; no limit if absent."),
});
export type RuleConfig = z.infer<typeof Rule>;

/** `[[privacy]]`: a field that must not be kept as it is. */
export const PrivacyRule = z
  .strictObject({
    name: name().optional().describe("The rule's name in records it changed; `privacy-1` and so on if absent."),
    match_agent: name().default("*").describe("Labels of the agents it covers, `*` stands for anything."),
    field: name()
      .refine((field) => fieldFault(field) === null)
      .meta({ form: 'words joined by single dots, as in "data.title", and none of type, timestamp, seq and stream' })
      .describe("The field it covers, for instance `data.title`; `*` is any element of an object or list."),
    glob: name().optional().describe("Which values it covers, as a pattern with `*` and `?`, in upper or lower case."),
    regex: z
      .string()
      .min(1)
      .max(1_000)
      .refine(isRegularExpression)
      .optional()
      .meta({ form: "a regular expression as RE2 reads it, without look-around and back-references" })
      .describe("Which values it covers, as a regular expression; give this or `glob`."),
    action: z.enum(["drop", "redact"]).default("redact").describe("Whether the whole message or only the value goes."),
  })
  .refine((rule) => (rule.glob === undefined) !== (rule.regex === undefined), {
    message: "needs `glob` or `regex`, and only one of them",
    params: { hint: 'add regex = "…" or glob = "…", which says what values are covered' },
  });
export type PrivacyConfig = z.infer<typeof PrivacyRule> & { name: string };

/** What becomes of these has names of its own; the events of agents are called as they like. */
const eventsOf: Readonly<Record<string, readonly string[]>> = {
  segment: ["opened", "extended", "closed", "revised"],
  agent_state: AgentState.options,
  health: HEALTHS,
};

function checkEvent({ source, event }: { source: string; event?: string | undefined }, context: z.RefinementCtx): void {
  const known = eventsOf[source];
  if (known === undefined || event === undefined || event.includes("*")) return;
  const plain = event.startsWith(`${source}:`) ? event.slice(source.length + 1) : event;
  if (known.includes(plain)) return;
  const nearest = nearestName(plain, known);
  const hint = nearest === undefined ? `there are ${known.join(", ")}` : `write event = "${nearest}"`;
  const fault = `no ${source === "segment" ? "event of a segment" : `${source} of an agent`} is called "${event}"`;
  context.addIssue({ code: "custom", path: ["event"], message: fault, params: { fault, hint } });
}

function checkWhere(text: string, context: z.RefinementCtx): void {
  const parsed = parseWhere(text);
  if (parsed.ok) return;
  const fault = `${parsed.message}, at character ${parsed.column} of ${JSON.stringify(text)}`;
  context.addIssue({ code: "custom", message: fault, params: { fault, hint: parsed.hint } });
}

function isRegularExpression(source: string): boolean {
  try {
    regexEngine().compile(regexEngine().translateRegExp(source));
    return true;
  } catch {
    return false;
  }
}
