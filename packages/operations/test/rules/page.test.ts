import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { RuleBook } from "../../src/rules/rule-book.ts";
import { tryRules } from "../../src/rules/try-rules.ts";
import { holds } from "../../src/rules/where/evaluate.ts";
import { parseWhere } from "../../src/rules/where/parse.ts";
import { loadToml } from "../config/scratch.ts";

const page = readFileSync(fileURLToPath(new URL("../../../../docs/rules.md", import.meta.url)), "utf8");

// A rule in a fence, then what it fires at and what not.
const examples = [...page.matchAll(/```toml\n([\s\S]*?)```\n((?:<!-- (?:fires|stays): .* -->\n)+)/g)].flatMap(
  ([, toml = "", comments = ""]) =>
    [...comments.matchAll(/<!-- (fires|stays): (.*) -->/g)].map(([, word = "", event = ""]) => ({ toml, word, event })),
);

test.each(examples)("on the page a rule $word at $event", ({ toml, word, event }) => {
  const config = loadToml(toml, { builtins: [{ plugin_id: "mimolo.http-request" }] });
  const { rules } = tryRules(new RuleBook(config.rules).rules, JSON.parse(event), { config, plans: [], nowMs: 0 });
  expect(rules.map(({ fires }) => fires)).toEqual([word === "fires"]);
});

// `| \`where\` | \`data\` | holds … |`
const rows = [...page.matchAll(/^\| `(.+?)` \| `(\{.*\})` \| (holds|does not)/gm)].map(
  ([, where = "", data = "", word = ""]) => ({ where, data, word }),
);

test.each(rows)("on the page $where $word at $data", ({ where, data, word }) => {
  const parsed = parseWhere(where);
  if (!parsed.ok) throw new Error(parsed.message);
  const fields: Record<string, unknown> = { data: JSON.parse(data) as unknown };
  expect(holds(parsed.expression, (field) => fields[field])).toBe(word === "holds");
});

test("the page has examples that are run", () => {
  expect(examples.length).toBeGreaterThanOrEqual(10);
  expect(rows.length).toBeGreaterThanOrEqual(17);
});
