import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RulesReport, RulesTestReport } from "@mimolo/protocol";
import { expect, test } from "vitest";
import { plain } from "../src/present/colour.ts";
import { ruleLines } from "../src/present/rules.ts";
import { trustPlace } from "./trust/place.ts";

const CONFIG = `
[plugins.hook]
plugin = "mimolo.http-request"

[[rules]]
name = "long"
when = { source = "segment", event = "closed", where = "data.duration_s > 60" }
do = { plugin = "mimolo.http-request", params = { url = "http://localhost/over" } }
limit = 2

[[rules]]
name = "told"
when = { source = "event", agent = "mail*" }
do = { plugin = "acme.missing" }
`;

function ruled() {
  const place = trustPlace();
  const file = join(place.cwd, "rules.toml");
  writeFileSync(file, CONFIG);
  return { ...place, file, with: ["--config", file] };
}

const LONG = '{"source": "segment", "event": "closed", "data": {"duration_s": 61}}';

test("rules are listed without a collector, with their place and what keeps one from running", async () => {
  const { json, mimolo, file, with: its } = ruled();
  const never = { runs: 0, failures: 0, limited: 0, cut: 0, last_run_at: null };
  expect(await json<RulesReport>("rules", "list", ...its)).toEqual({
    rules: [
      {
        name: "long",
        when: { source: "segment", event: "closed", where: "data.duration_s > 60" },
        do: { plugin: "mimolo.http-request", params: { url: "http://localhost/over" } },
        limit: 2,
        from: { file, line: 5 },
        ...never,
        trouble: null,
      },
      {
        name: "told",
        when: { source: "event", agent: "mail*" },
        do: { plugin: "acme.missing", params: {} },
        from: { file, line: 11 },
        ...never,
        trouble: 'no agent runs acme.missing; add [plugins.missing] with plugin = "acme.missing"',
      },
    ],
  });
  const { out } = await mimolo("rules", "list", ...its);
  expect(out).toContain("segment closed, where data.duration_s > 60, at most 2 a minute");
  expect(out).toContain("told cannot run: no agent runs acme.missing");
});

test("an event is tried on them without a collector, from the line or from a file, and nothing is done", async () => {
  const { json, mimolo, cwd, with: its } = ruled();
  const { rules } = await json<RulesTestReport>("rules", "test", LONG, ...its);
  expect(rules).toMatchObject([
    {
      name: "long",
      fires: true,
      reason: "it fits: data.duration_s > 60 holds, data.duration_s is 61",
      would: { plugin: "mimolo.http-request", params: { url: "http://localhost/over" }, context: { rule: "long" } },
    },
    { name: "told", fires: false, reason: "it waits for event, this is segment" },
  ]);
  writeFileSync(join(cwd, "event.json"), '{"source": "event", "agent": "mail-2", "event": "new"}');
  const { out } = await mimolo("rules", "test", "@event.json", ...its);
  expect(out).toContain("stays  long: it waits for segment, this is event\n");
  expect(out).toContain("fires  told: it fits; but no agent runs acme.missing");
  expect(out.endsWith("\nNothing was done.\n")).toBe(true);
});

test("what is no event is a usage error that shows one", async () => {
  const { error, with: its } = ruled();
  for (const [event, message] of [
    ["{", /^the event is no JSON/],
    ["[]", /^an event is a JSON object$/],
    ["@nowhere.json", /^cannot read .*nowhere\.json/],
    ['{"source": "sgment"}', /^"sgment" is no source$/],
  ] as const) {
    const refused = await error("rules", "test", event, ...its);
    expect([refused.exit, refused.out]).toEqual([2, ""]);
    expect(refused.message).toMatch(message);
  }
  const shown = (await error("rules", "test", "{", ...its)).hint;
  expect(shown).toBe(`mimolo rules test '{"source":"segment","event":"closed","data":{"duration_s":1800}}'`);
  expect((await error("rules", "try", ...its)).hint).toBe("Try one of: list, test.");
});

test("the event that is shown is one that the first rule waits for, with all it takes out of it", async () => {
  const { error, json, file, with: its } = ruled();
  const act = '{ plugin = "acme.say", params = { text = "{{data.payload.name}} in {{ data.payload.folder }}" } }';
  const when = '{ source = "trigger", event = "arrived", agent = "bell*" }';
  writeFileSync(file, `[[rules]]\nname = "arrived"\nwhen = ${when}\ndo = ${act}\n`);
  const { hint } = await error("rules", "test", "arrived", ...its);
  const [, event = ""] = /^mimolo rules test '(.*)'$/.exec(hint) ?? [];
  expect(JSON.parse(event)).toEqual({
    source: "trigger",
    event: "arrived",
    agent: "bell",
    data: { payload: { name: "…", folder: "…" } },
  });
  const { rules } = await json<RulesTestReport>("rules", "test", event, ...its);
  expect(rules).toMatchObject([{ fires: true }]);
});

test("rules alone lists them", async () => {
  const { mimolo, with: its } = ruled();
  expect(await mimolo("rules", ...its)).toEqual(await mimolo("rules", "list", ...its));
});

test("a rule that ran says how long ago, one that did not says never", () => {
  const counts = { runs: 2, failures: 1, limited: 3, cut: 1, trouble: null };
  const of = (name: string, last_run_at: string | null) => ({
    name,
    when: { source: "trigger" as const },
    do: { plugin: "acme.bell", params: {} },
    ...counts,
    last_run_at,
  });
  const rules = [of("bell", "2026-11-21T09:00:00.000Z"), of("gong", null)];
  const around = { cwd: "/", runs: true, nowMs: Date.parse("2026-11-21T09:03:00Z") };
  const [, bell, gong] = ruleLines({ rules }, around, plain);
  expect(bell).toMatch(/ 2 +1 +4 +3 min ago$/);
  expect(gong).toMatch(/ never$/);
});

test("a rule that failed says why under the table", () => {
  const rule = {
    name: "bell",
    when: { source: "trigger" as const },
    do: { plugin: "acme.bell", params: {} },
    runs: 1,
    failures: 1,
    limited: 0,
    cut: 0,
    trouble: null,
    last_run_at: "2026-11-21T09:00:00.000Z",
    last_failure: { at: "2026-11-21T09:00:00.000Z", message: "no bell hangs here; hang one" },
  };
  const around = { cwd: "/", runs: true, nowMs: Date.parse("2026-11-21T09:03:00Z") };
  expect(ruleLines({ rules: [rule] }, around, plain).slice(2)).toEqual([
    "",
    "bell failed 3 min ago: no bell hangs here; hang one",
  ]);
});

test("where there are no rules, it is said how to write one", async () => {
  const { mimolo, json, cwd } = trustPlace();
  const [first, ...example] = (await mimolo("rules", "list")).out.trimEnd().split("\n");
  expect(first).toBe("There are no rules. One in mimolo.toml looks like this:");
  writeFileSync(join(cwd, "as-shown.toml"), example.join("\n"));
  const { rules } = await json<RulesReport>("rules", "list", "--config", "as-shown.toml");
  expect(rules).toMatchObject([{ name: "long-work", do: { plugin: "mimolo.notify" } }]);
});
