import fc from "fast-check";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { editToml } from "../../src/edit/edit-toml.ts";

const file = `# top comment

[monitor] # mon
# cooldown
cooldown_seconds = 60.0 # a note

# about a
[plugins.a]   # head a
executable = "node"
args = [
  "x", # first
  "y",
]
# trailing in a

# about b
[plugins.b]
plugin = "mimolo.system-load"
env = { A = "1", B = "2" }
# end
`;

test("a value is changed where it stands", () => {
  expect(editToml(file, [{ path: ["monitor", "cooldown_seconds"], value: 90 }])).toBe(
    file.replace("= 60.0 #", "= 90.0 #"),
  );
});

test("a new key goes below the last one of its table, above what follows", () => {
  expect(editToml(file, [{ path: ["plugins", "a", "memory_mib"], value: 64 }])).toBe(
    file.replace('  "y",\n]\n', '  "y",\n]\nmemory_mib = 64\n'),
  );
  expect(editToml(file, [{ path: ["plugins", "b", "label x"], value: ["1"] }])).toBe(
    file.replace("# end\n", '"label x" = ["1"]\n# end\n'),
  );
});

test("a new agent stands at the end as a table of its own", () => {
  const value = { executable: "./c.mjs", args: ["-v", 'say "hi"'], env: { A: "1" } };
  expect(editToml(file, [{ path: ["plugins", "c"], value }])).toBe(
    `${file}\n[plugins.c]\nexecutable = "./c.mjs"\nargs = ["-v", 'say "hi"']\nenv = { A = "1" }\n`,
  );
  expect(editToml("", [{ path: ["plugins", "c", "enabled"], value: false }])).toBe("[plugins.c]\nenabled = false\n");
});

test("an agent goes with the comments that are its own, and no others", () => {
  const without = editToml(file, [{ path: ["plugins", "a"], value: undefined }]);
  expect(without).not.toMatch(/about a|head a|first|trailing in a/);
  for (const kept of ["# top comment", "# mon", "# cooldown", "# a note", "# about b", "# end"])
    expect(without).toContain(kept);
  expect(parse(without)).toEqual({ ...parse(file), plugins: { b: expect.anything() as unknown } });
});

test("an agent with arrays of tables goes whole, and the comment of the next one stays", () => {
  const feeds =
    '[plugins.a]\nexecutable = "node"\n\n[[plugins.a.feeds]] # one\nurl = "x"\n\n[[plugins.a.feeds]]\nurl = "y"\n';
  const next = '# about b\n[plugins.b]\nplugin = "mimolo.system-load"\n';
  expect(editToml(`${feeds}\n${next}`, [{ path: ["plugins", "a"], value: undefined }])).toBe(next);
});

test("spaces of lines that were not asked about stay as they are", () => {
  const spaced =
    '[monitor]     # mon\ncooldown_seconds = 60        # note\n\n[plugins.a]\nexecutable = "node"\nenv = { A = "1" }\n';
  expect(editToml(spaced, [{ path: ["plugins", "a", "env", "A"], value: "2" }])).toBe(spaced.replace('"1"', '"2"'));
  const apart = '[plugins.a]\nexecutable = "a b"\n';
  expect(editToml(apart, [{ path: ["plugins", "a", "executable"], value: "ab" }])).toBe(apart.replace("a b", "ab"));
});

test("a key goes with its line; what was not there stays away", () => {
  expect(editToml(file, [{ path: ["plugins", "b", "env"], value: undefined }])).toBe(
    file.replace('env = { A = "1", B = "2" }\n', ""),
  );
  expect(editToml(file, [{ path: ["plugins", "z", "env"], value: undefined }])).toBe(file);
});

test("line ends, a missing last one, tabs and inline tables are kept as they are", () => {
  const crlf = file.replaceAll("\n", "\r\n");
  expect(editToml(crlf, [{ path: ["plugins", "a", "memory_mib"], value: 64 }])).toBe(
    crlf.replace('  "y",\r\n]\r\n', '  "y",\r\n]\r\nmemory_mib = 64\r\n'),
  );
  expect(editToml("[plugins.a]\n\tx = 1", [{ path: ["plugins", "a", "y"], value: 2 }])).toBe(
    "[plugins.a]\n\tx = 1\n\ty = 2",
  );
  const inline = 'plugins = { a = { plugin = "x" } } # all of it\n';
  const edited = editToml(inline, [{ path: ["plugins", "a", "enabled"], value: false }]);
  expect(parse(edited)).toEqual({ plugins: { a: { plugin: "x", enabled: false } } });
  expect(edited).toContain("# all of it");
});

const word = fc.stringMatching(/^[a-z]{1,6}$/);
const comment = word.map((words) => `# ${words}`);
/** Any text but one that looks like a comment to the eye of this test. */
const plainText = (maxLength: number) => fc.string({ maxLength }).filter((each) => !each.includes("#"));
const value = fc.oneof(fc.integer(), fc.boolean(), plainText(8), fc.array(plainText(4), { maxLength: 3 }));
const written = fc.oneof(
  fc.constantFrom("1", "2.50", "true", '"text # no comment"', "'raw'", "[1, 2]", "{ a = 1 }"),
  comment.map((words) => `[ ${words} in a list\n  "x", ${words}\n]`),
  fc.constant('"""\n[plugins.a]\n# text\n"""'),
);
const entry = fc.record({
  above: fc.array(fc.oneof(comment, fc.constant("")), { maxLength: 2 }),
  written,
  after: fc.option(comment, { nil: "" }),
});
const table = fc.record({
  head: fc.array(comment, { maxLength: 2 }),
  entries: fc.array(entry, { maxLength: 4 }),
  tail: fc.array(fc.oneof(comment, fc.constant("")), { maxLength: 2 }),
});
const toml = fc
  .array(table, { maxLength: 4 })
  .map((tables) =>
    tables
      .flatMap(({ head, entries, tail }, index) => [
        ...head,
        `[plugins.p${index}]`,
        ...entries.flatMap(({ above, written: as, after }, key) => [...above, `k${key} = ${as} ${after}`.trimEnd()]),
        ...tail,
        "",
      ])
      .join("\n"),
  );

test("whatever is set or added, every line that was there stays, comments and all", () => {
  fc.assert(
    fc.property(
      toml,
      fc.integer({ min: 0, max: 4 }),
      fc.constantFrom("new", "memory_mib"),
      value,
      (before, index, key, to) => {
        const edited = editToml(before, [{ path: ["plugins", `p${index}`, key], value: to }]);
        const lines = edited.split("\n");
        let at = 0;
        for (const line of before.split("\n")) {
          at = lines.indexOf(line, at) + 1;
          expect(at).toBeGreaterThan(0);
        }
        const back = editToml(edited, [{ path: ["plugins", `p${index}`, key], value: undefined }]);
        expect(commentsOf(back)).toEqual(commentsOf(before));
      },
    ),
    { numRuns: 150 },
  );
});

test("changing a value keeps every comment", () => {
  fc.assert(
    fc.property(toml, value, (before, to) => {
      const tree = parse(before) as { plugins?: Record<string, Record<string, unknown>> };
      for (const [label, agent] of Object.entries(tree.plugins ?? {})) {
        for (const [key, was] of Object.entries(agent)) {
          // A list goes with what is written inside it.
          if (Array.isArray(was) || typeof was === "object") continue;
          const edited = editToml(before, [{ path: ["plugins", label, key], value: to }]);
          if (typeof was !== "string" || !was.includes("#")) expect(commentsOf(edited)).toEqual(commentsOf(before));
          expect(parse(edited)).toEqual({ plugins: { ...tree.plugins, [label]: { ...agent, [key]: to } } });
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("an agent that goes takes no comment of another with it", () => {
  fc.assert(
    fc.property(toml, fc.integer({ min: 0, max: 3 }), (before, index) => {
      const edited = editToml(before, [{ path: ["plugins", `p${index}`], value: undefined }]);
      const tree = parse(before) as { plugins?: Record<string, unknown> };
      const others = Object.entries(tree.plugins ?? {}).filter(([label]) => label !== `p${index}`);
      expect({ plugins: {}, ...parse(edited) }).toEqual({ plugins: Object.fromEntries(others) });
      for (const part of before.split(/^(?=\[plugins\.p)/m)) {
        const lastKey = part.search(/^k\d = .*(?![^]*^k\d = )/m);
        // Nested look-alikes apart, the whole of another agent up to its last key is there as it was.
        if (!part.includes('"""') && !part.startsWith(`[plugins.p${index}]`) && lastKey !== -1)
          expect(edited).toContain(part.startsWith("[") ? part.slice(0, lastKey) : "");
      }
    }),
    { numRuns: 100 },
  );
});

const commentsOf = (text: string) => text.match(/#.*$/gm) ?? [];
