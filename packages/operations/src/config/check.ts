/** One layer against the schemas: every problem it has, told with its place. */
import { LABEL_PATTERN } from "@mimolo/protocol";
import type { z } from "zod";
import { AgentSection, agentKeys } from "./agent-schema.ts";
import type { ConfigNotice, ConfigProblem } from "./error.ts";
import { foundValue } from "./found-value.ts";
import { problemAt, problemsOf } from "./issue.ts";
import { type ConfigLayer, type KeyPath, isTable } from "./layer.ts";
import { describeKeys } from "./describe.ts";
import { nearestName } from "./nearest.ts";
import { type ModernLayer, modernLayer, noticeAt } from "./old-names.ts";
import { PrivacyRule, Rule } from "./rule-schema.ts";
import { ControlSection, MonitorSection, RegistrySection, TrustSection } from "./section-schema.ts";

const tables = new Map<string, z.ZodType>(
  Object.entries({ monitor: MonitorSection, control: ControlSection, trust: TrustSection, registry: RegistrySection }),
);
const lists = new Map<string, z.ZodType>(Object.entries({ rules: Rule, privacy: PrivacyRule }));

/** Sections of later versions: read past with a notice, so that one file can serve several versions. */
const laterSections: ReadonlySet<string> = new Set(["fleet", "projects"]);

const sectionNames: readonly string[] = [...tables.keys(), "plugins", ...lists.keys()];

/** Checks a layer and gives it back with old names made new. */
export function checkLayer(read: ConfigLayer): ModernLayer {
  const { layer, problems: oldProblems, notices } = modernLayer(read);
  const problems: ConfigProblem[] = [...oldProblems];
  const later: ConfigNotice[] = [];
  for (const [name, value] of Object.entries(layer.tree)) {
    const table = tables.get(name);
    const list = lists.get(name);
    if (table !== undefined) problems.push(...checkTable(layer, name, table, value));
    else if (list !== undefined) problems.push(...checkList(layer, name, list, value));
    else if (name === "plugins") problems.push(...checkAgents(layer, value));
    else if (laterSections.has(name)) later.push(noticeAt(layer, [name], `[${name}] is not read by this version`));
    else problems.push(unknownSection(layer, name, value));
  }
  const inOrder = problems.toSorted(
    (one, other) => (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0),
  );
  return { layer, problems: inOrder, notices: [...notices, ...later] };
}

function checkTable(layer: ConfigLayer, name: string, schema: z.ZodType, value: unknown): ConfigProblem[] {
  if (!isTable(value)) return [notATable(layer, [name], value, `write it as a section: [${name}]`)];
  const result = schema.safeParse(value);
  return result.success ? [] : problemsOf(layer, [name], result.error.issues);
}

function checkList(layer: ConfigLayer, name: string, schema: z.ZodType, value: unknown): ConfigProblem[] {
  if (!Array.isArray(value)) {
    const reason = `"${name}" must be a list of tables; found ${foundValue(value)}`;
    return [problemAt(layer, [name], "wrong-type", reason, { hint: `begin each of them with [[${name}]]` })];
  }
  const problems = value.flatMap((entry: unknown, index) => {
    const result = schema.safeParse(entry);
    return result.success ? [] : problemsOf(layer, [name, index], result.error.issues);
  });
  const names = value.map((entry: unknown) => (isTable(entry) ? entry["name"] : undefined));
  for (const [index, own] of names.entries()) {
    const first = names.indexOf(own);
    if (typeof own !== "string" || first === index) continue;
    const reason = `a rule named "${own}" is already defined${lineOf(layer, [name, first])}`;
    problems.push(
      problemAt(layer, [name, index, "name"], "duplicate-key", reason, { hint: "give it a name of its own" }),
    );
  }
  return problems;
}

function checkAgents(layer: ConfigLayer, value: unknown): ConfigProblem[] {
  if (!isTable(value)) return [notATable(layer, ["plugins"], value, "give every agent a section: [plugins.<label>]")];
  const seen = new Map<string, string>();
  return Object.entries(value).flatMap(([label, agent]) => {
    const path = ["plugins", label];
    const same = seen.get(label.toLowerCase());
    seen.set(label.toLowerCase(), same ?? label);
    if (!LABEL_PATTERN.test(label)) return [invalidLabel(layer, label)];
    if (same !== undefined) {
      const reason = `the label "${label}" is already used by "${same}"${lineOf(layer, ["plugins", same])}; upper and lower case count as equal`;
      return [problemAt(layer, path, "duplicate-label", reason, { hint: "give every agent a label of its own" })];
    }
    if (!isTable(agent) && agentKeys.has(label)) {
      const reason = `"${label}" stands in [plugins], outside any agent`;
      const hint = "put it below a section with the agent's label: [plugins.<label>]";
      return [problemAt(layer, path, "unknown-key", reason, { hint })];
    }
    if (!isTable(agent)) return [notATable(layer, path, agent, `write it as a section: [plugins.${label}]`)];
    const own = Object.fromEntries(Object.entries(agent).filter(([key]) => agentKeys.has(key)));
    const result = AgentSection.safeParse(own);
    return result.success ? [] : problemsOf(layer, path, result.error.issues);
  });
}

function invalidLabel(layer: ConfigLayer, label: string): ConfigProblem {
  const path = ["plugins", label];
  const allowed = "letters, digits, - and _, beginning with a letter or _, 64 at most";
  const plain = label
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/^(?=[^A-Za-z_])/, "_")
    .slice(0, 64);
  const hint = `for instance [plugins.${plain}]`;
  return problemAt(layer, path, "invalid-label", `${JSON.stringify(label)} is no label: ${allowed}`, {
    allowed: [allowed],
    hint,
  });
}

function unknownSection(layer: ConfigLayer, name: string, value: unknown): ConfigProblem {
  const nearest = nearestName(name, sectionNames);
  const owner = describeKeys().find(({ key }) => key.endsWith(`.${name}`) && !isTable(value));
  if (owner !== undefined) {
    const reason = `"${name}" stands outside any section, it belongs in ${owner.section}`;
    return problemAt(layer, [name], "unknown-key", reason, {
      allowed: sectionNames,
      hint: `put it below ${owner.section}`,
    });
  }
  const reason = `unknown section [${name}]${nearest === undefined ? "" : `, did you mean [${nearest}]?`}`;
  const hint = nearest === undefined ? `sections are ${sectionNames.join(", ")}` : `rename it to ${nearest}`;
  return problemAt(layer, [name], "unknown-key", reason, { allowed: sectionNames, ...(nearest && { nearest }), hint });
}

function notATable(layer: ConfigLayer, path: KeyPath, value: unknown, hint: string): ConfigProblem {
  const reason = `"${path.at(-1)}" must be a section; found ${foundValue(value)}`;
  return problemAt(layer, path, "wrong-type", reason, { allowed: ["a table"], hint });
}

function lineOf(layer: ConfigLayer, path: KeyPath): string {
  const position = layer.place(path);
  return position === undefined ? "" : ` in line ${position.line}`;
}
