import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";
import { describe, expect, test, vi } from "vitest";
import type { ConformanceReport } from "@mimolo/agent-sdk/testing";
import { needs } from "../../../../scripts/needs.ts";
import { descendants, isAlive, mimolo, place } from "./spawned.ts";

// Whole processes, some thirty for each run, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const examples = fileURLToPath(new URL("../../../../examples/", import.meta.url));

/** Keeps the protocol; `ENDS_WITH` says how it ends a shutdown. */
const AGENT = `
import { createInterface } from "node:readline";
const say = (message) => process.stdout.write(JSON.stringify(message) + "\\n");
say({ type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: ["summary", "heartbeat", "status"] });
say({ type: "status", health: "ok" });
createInterface({ input: process.stdin }).on("line", (line) => {
  let command;
  try { command = JSON.parse(line); } catch { return; }
  const { cmd, id } = command ?? {};
  if (cmd === "status") say({ type: "status", health: "ok" });
  if (cmd === "flush") { say({ type: "summary", data: {} }); say({ type: "ack", ack_command: "flush", id }); }
  if (cmd === "shutdown") process.exit(ENDS_WITH);
}).on("close", () => process.exit(0));
`;

function placeWith(program: string) {
  const at = place();
  writeFileSync(join(at.folder, "agent.mjs"), program);
  return at;
}

const conformant = AGENT.replace("ENDS_WITH", "0");
const broken = AGENT.replace("ENDS_WITH", "3");
const NODE = process.execPath;

describe.concurrent("the examples conform", () => {
  test.runIf(needs("sh"))("in POSIX shell", async () => {
    const at = place();
    const { code, out } = await mimolo(at, "conform", "--", "sh", join(examples, "shell-agent/agent.sh"), at.folder)
      .ended;
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("✓ it conforms") });
  });

  test.runIf(needs("python3"))("in Python", async () => {
    const { code, out } = await mimolo(place(), "conform", "--", "python3", join(examples, "python-agent/agent.py"))
      .ended;
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("✓ it conforms") });
  });

  test("in TypeScript, with the SDK", async () => {
    const at = place();
    await build({
      entry: [join(examples, "hello-agent/main.ts")],
      config: false,
      outDir: at.folder,
      outExtension: () => ({ js: ".mjs" }),
      format: "esm",
      target: "node20.19",
      noExternal: [/./],
      silent: true,
      esbuildOptions: (options) => void (options.conditions = ["@mimolo/source"]),
    });
    const { code, out } = await mimolo(at, "conform", "--", NODE, "main.mjs").ended;
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("✓ it conforms") });
  });
});

test("a broken rule is shown with what was seen and how to mend it, and fails", async () => {
  const at = placeWith(broken);
  const { code, out } = await mimolo(at, "conform", "--only", "JLP701,JLP702", "--", NODE, "agent.mjs").ended;
  expect(code).toBe(1);
  expect(out).toContain("✗ JLP702  It ends a shutdown with exit code 0");
  expect(out).toContain("seen  it ended with exit code 3");
  expect(out).toContain("fix   Exit with 0 after a shutdown");
  expect(out).toContain("more  mimolo conform --explain JLP702");
  expect(out).not.toContain("docs/");
  expect(out).toContain("✗ 1 rule is broken: 1 of 2 rules hold");
  expect(out).not.toContain("JLP701");
});

test("programs read the same in JSON and in JUnit XML", async () => {
  const at = placeWith(broken);
  const only = ["--only", "JLP301,JLP702,JLP901"];
  const { code, out } = await mimolo(at, "conform", "--json", "--junit", "r.xml", ...only, "--", NODE, "agent.mjs")
    .ended;
  expect(code).toBe(1);
  const report = JSON.parse(out) as ConformanceReport;
  expect(report).toMatchObject({ passed: 1, failed: 1, not_applicable: 1, advice: 0, level: "agent" });
  expect(report.rules.map(({ id, required, ok }) => [id, required, ok])).toEqual([
    ["JLP301", true, true],
    ["JLP702", true, false],
    ["JLP901", true, null],
  ]);
  for (const rule of report.rules) {
    expect(Object.keys(rule)).toEqual(["id", "area", "title", "required", "ok", "seen", "why", "fix", "page"]);
    expect(existsSync(join(examples, "..", rule.page)), rule.page).toBe(true);
  }
  const xml = readFileSync(join(at.folder, "r.xml"), "utf8");
  expect(xml).toContain('tests="3" failures="1" errors="0" skipped="1"');
  expect(xml).toContain('<failure type="JLP702" message="it ended with exit code 3">');
  if (needs("python3")) {
    const count = "import sys, xml.etree.ElementTree as e; print(len(e.parse(sys.argv[1]).findall('.//testcase')))";
    expect(execFileSync("python3", ["-c", count, join(at.folder, "r.xml")], { encoding: "utf8" }).trim()).toBe("3");
  }
});

test("a rule is explained in the terminal, and for programs", async () => {
  const { code, out } = await mimolo(place(), "conform", "--explain", "jlp301,954").ended;
  expect(code).toBe(0);
  expect(out).toContain("JLP301  It acknowledges a flush  (required)\n  says  flush: one summary, then ack flush.");
  expect(out).toMatch(/\n {2}why .*\n(?: {8}.*\n)*? {2}fix {3}After the summary/);
  expect(out).toContain("  in    first-contact (a whole life, as it should be)");
  expect(out).toContain("(required, with --release)");
  const json = await mimolo(place(), "conform", "--explain", "JLP954", "--json").ended;
  expect(JSON.parse(json.out)).toMatchObject({
    rules: [{ id: "JLP954", required: true, release: true, live: false, page: "docs/conformance/JLP954.md" }],
  });
});

test("without an id every rule is listed below its area", async () => {
  const { code, out } = await mimolo(place(), "conform", "--explain").ended;
  expect(code).toBe(0);
  expect(out).toMatch(/^Handshake and versions\n {2}JLP101 {2}/);
  expect(out).toMatch(/\nCommands\n {2}JLP301 {2}It acknowledges a flush\n/);
  const json = await mimolo(place(), "conform", "--explain", "--json").ended;
  const { rules } = JSON.parse(json.out) as { readonly rules: readonly { readonly id: string }[] };
  expect(rules.filter(({ id }) => !out.includes(id))).toEqual([]);
  expect(rules.length).toBeGreaterThan(90);
});

test("a record is judged again as it was, without running anything", async () => {
  const at = placeWith(broken);
  const record = ["--record", "seen", "--only", "JLP101,JLP301,JLP402,JLP702,JLP901"];
  const recorded = await mimolo(at, "conform", "--json", ...record, "--", NODE, "agent.mjs").ended;
  writeFileSync(join(at.folder, "agent.mjs"), "throw new Error('nobody runs this')");
  const replayed = await mimolo(at, "conform", "--json", "--replay", "seen", ...record.slice(2)).ended;
  expect(replayed.code).toBe(recorded.code);
  const [first, second] = [recorded, replayed].map(({ out }) => JSON.parse(out) as ConformanceReport);
  expect(first?.took_ms).toBeGreaterThan(0);
  expect({ ...second, took_ms: 0 }).toEqual({ ...first, took_ms: 0 });
  const other = await mimolo(at, "conform", "--replay", "elsewhere").ended;
  expect(other).toMatchObject({
    code: 2,
    err: expect.stringMatching(/cannot replay elsewhere: .*elsewhere is not there$/m),
  });
});

test("a record never takes the place of other files", async () => {
  const at = placeWith(conformant);
  const only = ["--only", "JLP101", "--record", "."];
  const { code, err } = await mimolo(at, "conform", ...only, "--", NODE, "agent.mjs").ended;
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("holds agent.mjs, which is no record") });
  expect(existsSync(join(at.folder, "agent.mjs"))).toBe(true);
});

test("a record that cannot be written takes the verdict from nobody", async () => {
  const at = placeWith(conformant);
  const to = ["--record", "agent.mjs/seen", "--junit", "agent.mjs/report.xml"];
  const { code, out, err } = await mimolo(at, "conform", "--only", "JLP101", ...to, "--", NODE, "agent.mjs").ended;
  expect({ code, out }).toEqual({ code: 2, out: expect.stringContaining("✓ it conforms") });
  expect(err).toContain("the record is not whole");
  expect(err).toMatch(/cannot write .*report\.xml/);
});

test.each([
  [["--", "./no-such-agent"], "there is no command ./no-such-agent"],
  [["--", "bin/no-such-agent"], "is it built?"],
  [["--"], "no agent is named"],
  [["--", ""], "no agent is named"],
  [["--only", "JLP999", "--", NODE], 'there is no rule "JLP999"'],
  [["--replay", "seen", "--", NODE], "--replay runs nothing"],
  [["--explain", "JLP301", "--", NODE], "--explain runs nothing"],
  [["--explain", "JLP312"], "Near it are JLP309, JLP310, JLP311"],
  [["--settings", "[1]", "--", NODE], "--settings is no JSON object"],
])("%j is a mistake in the command line", async (words, message) => {
  const { code, err } = await mimolo(place(), "conform", ...words).ended;
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
});

test("an agent that says nothing breaks one rule, and nothing more is tried with it", async () => {
  const at = placeWith("console.error('warming up'); setInterval(() => {}, 1000);");
  const { code, out } = await mimolo(at, "conform", "--json", "--", NODE, "agent.mjs").ended;
  const { failed, rules } = JSON.parse(out) as ConformanceReport;
  expect({ code, failed }).toEqual({ code: 1, failed: 1 });
  expect(rules.find(({ ok }) => ok === false)).toMatchObject({
    id: "JLP101",
    seen: expect.stringMatching(/wrote nothing on stdout.*within [\d.]+ s.*warming up/),
  });
});

test("an agent that floods is stopped, and told so", async () => {
  const flood = `${conformant}
const line = JSON.stringify({ type: "log", level: "info", message: "x" }) + "\\n";
const pour = () => { while (process.stdout.write(line)); process.stdout.once("drain", pour); };
pour();`;
  const at = placeWith(flood);
  const { code, out } = await mimolo(at, "conform", "--only", "JLP211", "--", NODE, "agent.mjs").ended;
  expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining("✗ JLP211") });
  expect(out).toMatch(/more than 1000 lines in a second|no end of it/);
});

test("what its settings are, the agent is told", async () => {
  const at = placeWith(`if (process.env.MIMOLO_CONFIG !== '{"depth":3}') throw new Error("no depth");${conformant}`);
  writeFileSync(join(at.folder, "settings.json"), '{"depth":3}');
  const words = ["conform", "--only", "JLP101", "--settings", "@settings.json", "--", NODE, "agent.mjs"];
  expect((await mimolo(at, ...words).ended).code).toBe(0);
});

test("Ctrl-C ends it with everything it has started", async () => {
  const at = placeWith(`
import { spawn } from "node:child_process";
spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
setInterval(() => {}, 1000);`);
  const running = mimolo(at, "conform", "--", NODE, "agent.mjs");
  await vi.waitFor(() => expect(descendants(running.pid).length).toBeGreaterThanOrEqual(2), { timeout: 30_000 });
  const started = descendants(running.pid);
  const stoppedMs = performance.now();
  running.child.kill("SIGINT");
  const { code, out } = await running.ended;
  // Whoever waits for the scenario that is under way waits for longer.
  expect(performance.now() - stoppedMs).toBeLessThan(7000);
  expect({ code, out }).toEqual({ code: 130, out: "" });
  await vi.waitFor(() => expect(started.filter(isAlive)).toEqual([]), { timeout: 10_000 });
});

const WAITS = "process.stdin.resume(); setInterval(() => {}, 1000);";

/** A place whose temporary folder is its own. */
function placeApart(program: string) {
  const at = placeWith(program);
  const temporary = join(at.folder, "temporary");
  mkdirSync(temporary);
  return { ...at, temporary, env: { ...at.env, TMPDIR: temporary } };
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("nothing is left of a check that %s has ended", async (signal) => {
  const at = placeApart(WAITS);
  const running = mimolo(at, "conform", "--", NODE, "agent.mjs");
  await vi.waitFor(() => expect(readdirSync(at.temporary).length).toBe(1), { timeout: 30_000 });
  running.child.kill(signal);
  expect((await running.ended).code).toBe(130);
  expect(readdirSync(at.temporary)).toEqual([]);
});

test("nothing is left of a stage whose process ended before it was closed", async () => {
  const at = placeApart(WAITS);
  const kit = new URL("../../../agent-sdk/dist/testing/index.js", import.meta.url).href;
  const program = `
    const { openStage } = await import(${JSON.stringify(kit)});
    const stage = await openStage("live", { command: [process.execPath, "agent.mjs"] });
    console.log((await stage.start()).pid);
    process.exit(3);`;
  const { status, stdout } = spawnSync(NODE, ["--input-type=module", "-e", program], {
    cwd: at.folder,
    env: at.env,
    encoding: "utf8",
  });
  expect(status).toBe(3);
  expect(readdirSync(at.temporary)).toEqual([]);
  await vi.waitFor(() => expect(isAlive(Number(stdout))).toBe(false), { timeout: 5000 });
});

test("what a check that was killed has left goes with a later one, once an hour has passed; nothing else does", async () => {
  const at = placeApart(conformant);
  const gone = spawnSync(NODE, ["-e", ""]).pid;
  const names = [`mimolo-conform-${gone}-a`, `mimolo-conform-${gone}-b`, `mimolo-conform-${process.pid}-c`, "other"];
  const old = new Date(Date.now() - 7_200_000);
  for (const name of names) {
    mkdirSync(join(at.temporary, name));
    if (!name.endsWith("b")) utimesSync(join(at.temporary, name), old, old);
  }
  expect((await mimolo(at, "conform", "--only", "JLP101", "--", NODE, "agent.mjs").ended).code).toBe(0);
  expect(readdirSync(at.temporary).toSorted()).toEqual(names.slice(1).toSorted());
});

/** A record that takes a judge very long: each of its acks is looked for among all the others. */
function longRecord(folder: string): void {
  mkdirSync(folder);
  const line = (dir: string, message: object) => JSON.stringify({ at_ms: 1, dir, line: JSON.stringify(message) });
  const handshake = { type: "handshake", protocol_version: "0.4", agent_version: "1.0.0", capabilities: ["summary"] };
  const asked = Array.from({ length: 30_000 }, (_, number) => [
    line("in", { cmd: "flush", id: `f${number}` }),
    line("out", { type: "ack", ack_command: "flush", id: `f${number}` }),
  ]);
  const lines = [line("out", handshake), ...asked.flat()];
  const started = { at_ms: 0, after: 0, what: "started", at: "2026-03-01T09:00:00.000Z", pid: 1, command: ["agent"] };
  for (const name of ["first-contact", "commands", "flushes", "committed"]) {
    writeFileSync(join(folder, `${name}.jsonl`), `${lines.join("\n")}\n`);
    writeFileSync(join(folder, `${name}.marks.jsonl`), `${JSON.stringify(started)}\n`);
  }
}

/** Whether a process hears stop signals itself, as Linux tells: SIGHUP, for of the others Node hears from the start. */
const hearsStopSignals = (pid: number) =>
  (BigInt(`0x${/^SigCgt:\s*([\da-f]+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0"}`) & 1n) !== 0n;

test.runIf(process.platform === "linux")("Ctrl-C ends a replay at once, however long the record is", async () => {
  const at = place();
  longRecord(join(at.folder, "seen"));
  const running = mimolo(at, "conform", "--replay", "seen");
  await vi.waitFor(() => expect(hearsStopSignals(running.pid)).toBe(true), { timeout: 30_000, interval: 5 });
  const stoppedMs = performance.now();
  running.child.kill("SIGINT");
  const { code, out, err } = await running.ended;
  expect({ code, out, err }).toEqual({ code: 130, out: "", err: "" });
  expect(performance.now() - stoppedMs).toBeLessThan(5000);
});

test("a record that was damaged is refused with its place, in words of ours", async () => {
  const at = placeWith(conformant);
  const words = ["conform", "--only", "JLP101", "--record", "seen", "--", NODE, "agent.mjs"];
  expect((await mimolo(at, ...words).ended).code).toBe(0);
  const refused = async () => {
    const { code, err } = await mimolo(at, "conform", "--replay", "seen").ended;
    expect(code).toBe(2);
    return err;
  };
  appendFileSync(join(at.folder, "seen/first-contact.marks.jsonl"), '{"at_ms":9,"after":0,"what":"step"}\n');
  expect(await refused()).toMatch(
    /cannot replay seen: first-contact\.marks\.jsonl, line \d+, name: expected a text, found nothing/,
  );
  appendFileSync(join(at.folder, "seen/first-contact.jsonl"), '{"at_ms":9,\n');
  expect(await refused()).toMatch(/cannot replay seen: first-contact\.jsonl, line \d+: expected a JSON object, found/);
});

test("what a release owes is judged by its folder, too", async () => {
  const at = placeWith(conformant);
  const toml = (version: string) =>
    `[plugin]\nid = "acme.agent"\nversion = "${version}"\ntype = "agent"\nentry = "agent.mjs"\n`;
  writeFileSync(join(at.folder, "plugin.toml"), toml("2.0.0"));
  const words = ["conform", "--json", "--release", "--only", "JLP951,JLP952,JLP953,JLP954", "--", NODE, "agent.mjs"];
  const verdict = async () =>
    (JSON.parse((await mimolo(at, ...words).ended).out) as ConformanceReport).rules.map(({ ok }) => ok);
  expect(await verdict()).toEqual([true, false, false, true]);
  const more = 'description = "A test"\nauthor = "Nobody"\nlicense = "MIT"\n';
  writeFileSync(join(at.folder, "plugin.toml"), `${toml("1.0.0")}${more}`);
  expect(await verdict()).toEqual([true, true, true, true]);
});

test("a folder whose defaults its schema forbids, or that its agent changes, is no release", async () => {
  const at = placeWith(conformant);
  const head = '[plugin]\nid = "acme.agent"\nversion = "1.0.0"\ntype = "agent"\nentry = "agent.mjs"\n';
  const settings = (depth: string) =>
    `[plugin.defaults]\ndepth = ${depth}\n[plugin.config_schema.properties.depth]\ntype = "integer"\n`;
  const words = ["conform", "--json", "--release", "--only", "JLP951,JLP959,JLP960", "--", NODE, "agent.mjs"];
  const brokenIn = async (toml: string, program = conformant) => {
    writeFileSync(join(at.folder, "agent.mjs"), program);
    writeFileSync(join(at.folder, "plugin.toml"), toml);
    const { rules } = JSON.parse((await mimolo(at, ...words).ended).out) as ConformanceReport;
    return rules.flatMap(({ id, ok, seen }) => (ok === false ? [`${id} ${seen}`] : []));
  };
  expect(await brokenIn(head + settings("3"))).toEqual([]);
  expect(await brokenIn(head + settings('"deep"'))).toEqual([
    expect.stringMatching(/^JLP959 defaults\.depth must be int/),
  ]);
  const writes = `import { appendFileSync } from "node:fs";\nappendFileSync("log.txt", "started");\n${conformant}`;
  expect(await brokenIn(head, writes)).toEqual([expect.stringMatching(/^JLP960 \w+…, then \w+…$/)]);
  expect(await brokenIn(`${head}[plugin.capabilities]\neverything = true\n`)).toEqual([
    expect.stringMatching(/^JLP951 .*everything/),
  ]);
});
