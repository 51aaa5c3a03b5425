import { expect, test } from "vitest";
import { readCommandLine } from "../src/command-line.ts";
import { CliError } from "../src/error.ts";
import { verbs } from "../src/verbs/verbs.ts";

const read = (...argv: string[]) => {
  const request = readCommandLine(argv, verbs, 100);
  if ("text" in request) return { text: request.text };
  const { verb, parsed } = request;
  return { verb: verb.name, options: parsed.opts<Record<string, unknown>>(), words: parsed.args };
};

const refusal = (...argv: string[]): CliError => {
  try {
    readCommandLine(argv, verbs, 100);
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
  throw new Error(`${argv.join(" ")} was accepted`);
};

test("no verb means run, and so do its aliases", () => {
  expect(read()).toMatchObject({ verb: "run" });
  expect(read("--for", "30s")).toMatchObject({ verb: "run", options: { for: 30_000 } });
  expect(read("ops", "--once")).toMatchObject({ verb: "run", options: { once: true } });
  expect(read("monitor")).toMatchObject({ verb: "run" });
});

test("every flag of run is read", () => {
  const line =
    "run --once --for 2h --dry-run --dev --no-dashboard --port 0 --cooldown 90 --log-format md --verbosity debug --data-dir D --config F --json --quiet --verbose";
  expect(read(...line.split(" ")).options).toEqual({
    once: true,
    for: 7_200_000,
    dryRun: true,
    dev: true,
    dashboard: false,
    port: 0,
    cooldown: 90,
    logFormat: "md",
    verbosity: "debug",
    dataDir: "D",
    config: "F",
    json: true,
    quiet: true,
    verbose: true,
  });
  expect(read("run", "--cooldown=10m").options).toMatchObject({ cooldown: 600, dashboard: true });
});

test("common options may stand before the verb, with their values", () => {
  expect(read("--data-dir", "status", "--json", "agents")).toMatchObject({
    verb: "agents",
    options: { dataDir: "status", json: true },
  });
  expect(read("--data-dir=D", "logs", "-f", "git-activity")).toMatchObject({
    verb: "logs",
    options: { dataDir: "D", follow: true },
    words: ["git-activity"],
  });
});

test("an unknown verb names the nearest one", () => {
  const error = refusal("statsu");
  expect(error).toMatchObject({ code: "unknown-verb", exitCode: 2, message: 'there is no verb "statsu"' });
  expect(error.hint).toBe("Did you mean `mimolo status`?");
  expect(refusal("timelin", "--from", "today").hint).toBe("Did you mean `mimolo timeline`?");
  expect(refusal("evidnce", "-f").hint).toContain("`mimolo evidence`");
});

test("a verb that resembles none lists those that are there", () => {
  expect(refusal("frobnicate").hint).toBe(
    "The verbs are: run, init, open, register, status, agents, agent, logs, add, allow, key, plugin, new, try, conform, x, rules, evidence, verify, anchor, erase, correct, artifacts, timeline, report, bench, doctor.",
  );
});

test("a misspelt option, a missing word and one too many are usage errors that point to the help", () => {
  expect(refusal("status", "--jsn")).toMatchObject({ code: "usage", exitCode: 2 });
  expect(refusal("status", "--jsn").message).toContain("Did you mean --json?");
  expect(refusal("agent", "flush").hint).toBe("`mimolo agent --help` shows what it takes.");
  expect(refusal("status", "now").exitCode).toBe(2);
  expect(refusal("agent", "explode", "x").message).toContain("start, stop, restart, flush");
  expect(refusal("evidence", "--kind", "messages").message).toContain("message");
  expect(refusal("run", "--port", "70000")).toMatchObject({ code: "invalid-number", exitCode: 2 });
  expect(refusal("run", "--for", "soon")).toMatchObject({ code: "invalid-duration", exitCode: 2 });
});

test("help lists every verb, and only verbs that are there", () => {
  const { text = "" } = read("--help") as { text?: string };
  for (const { name } of verbs) expect(text).toMatch(new RegExp(`^  ${name} `, "m"));
  for (const later of ["query"]) {
    expect(text).not.toMatch(new RegExp(`^  ${later} `, "m"));
  }
});

test("every verb has help with the common options and examples that parse", () => {
  for (const { name } of verbs) {
    const { text = "" } = read(name, "--help") as { text?: string };
    for (const option of ["--data-dir", "--config", "--json", "--quiet", "--verbose", "--help", "Examples:"]) {
      expect(text, name).toContain(option);
    }
    const examples = text.slice(text.indexOf("Examples:"));
    expect(Math.max(...examples.split("\n").map((line) => line.length)), name).toBeLessThanOrEqual(80);
    const lines = [...examples.matchAll(/^ {2,4}mimolo\b ?(.*?)(?: {2,}|$)/gm)];
    expect(lines.length, name).toBeGreaterThan(0);
    for (const [, line = ""] of lines) expect(() => read(...line.split(" ").filter(Boolean)), line).not.toThrow();
  }
  expect(read("help", "timeline")).toEqual(read("timeline", "--help"));
});

test("help names every action of a verb, whether or not its purpose fits beside it", () => {
  for (const [name, actions] of [
    ["rules", ["list", "test EVENT"]],
    ["plugin", ["invoke ID INTERFACE METHOD", "stats ID", "publish F|DIR"]],
    ["key", ["new", "list", "trust", "revoke"]],
  ] as const) {
    const { text = "" } = read(name, "--help") as { text?: string };
    const listed = text.slice(text.indexOf("\nActions:"), text.indexOf("\nExamples:"));
    for (const action of actions) expect(listed, name).toContain(` ${action}`);
  }
});
