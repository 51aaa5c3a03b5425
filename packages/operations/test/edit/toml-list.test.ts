import fc from "fast-check";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { editToml } from "../../src/edit/edit-toml.ts";

const text = `# mine
[monitor]
cooldown_seconds = 600 # ten minutes

# tells me of long work
[[rules]]
name = "long" # two hours
when = { source = "segment", event = "closed" }
do = { plugin = "mimolo.notify" }

[[rules]]
name = "mail"
[rules.when]
source = "event"
[rules.do]
plugin = "acme.mail"

# the agents
[plugins.load]
plugin = "mimolo.system-load"
`;
const rules = () => (parse(text) as { rules: Record<string, unknown>[] }).rules;
const edited = (wanted: unknown, before = text) => editToml(before, [{ path: ["rules"], value: wanted }]);

test("a rule that is added comes after the others, and nothing else moves", () => {
  const added = { name: "new", when: { source: "health" }, do: { plugin: "x", params: { to: "me" } }, limit: 2 };
  const lines = `[[rules]]
name = "new"
when = { source = "health" }
do = { plugin = "x", params = { to = "me" } }
limit = 2
`;
  expect(edited([...rules(), added])).toBe(text.replace("\n# the agents", `\n${lines}\n# the agents`));
  expect(edited([added], '[monitor]\nday_start = "04:00"\n')).toBe(`[monitor]\nday_start = "04:00"\n\n${lines}`);
  expect(edited([added], "")).toBe(lines);
});

test("a rule that is changed keeps the comment above it, one that goes takes its lines with it", () => {
  const [long, mail] = rules();
  const changed = edited([{ ...long, limit: 1 }, mail]);
  expect(changed).toContain(`# tells me of long work\n[[rules]]\nname = "long"\n`);
  expect(changed).toContain(`limit = 1\n\n[[rules]]\nname = "mail"\n[rules.when]\nsource = "event"\n`);
  expect(edited([mail])).toBe(text.replace(/# tells[\s\S]*?notify" \}\n\n/, ""));
  expect(edited(undefined)).not.toContain("rules");
  expect(edited([mail, long])).toMatch(
    /name = "mail"[\s\S]*# tells me of long work\n\[\[rules\]\]\nname = "long" # two hours/,
  );
});

test("whatever is put in the list, the text means that and everything else as before", () => {
  const value = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom("[[rules]]", "# no", "a\n[b]"),
  );
  const rule = fc.record({
    name: fc.string({ minLength: 1 }),
    do: fc.dictionary(fc.string({ minLength: 1 }), value, { maxKeys: 3 }),
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(rule, fc.constantFrom(...rules())), { minLength: 1, maxLength: 5 }), (wanted) => {
      const { rules: found, ...rest } = parse(edited(wanted)) as { rules: unknown };
      const { rules: _, ...before } = parse(text) as { rules: unknown };
      expect(JSON.parse(JSON.stringify(found))).toEqual(JSON.parse(JSON.stringify(wanted)));
      expect(rest).toEqual(before);
    }),
    { numRuns: 100 },
  );
});
