import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCollector, loadConfig } from "@mimolo/operations";
import type { TimelineReport, VerifyReport } from "@mimolo/protocol";
import { beforeAll, expect, test } from "vitest";
import { main } from "../src/main.ts";
import { captured } from "./captured.ts";

const cwd = mkdtempSync(join(tmpdir(), "mimolo cli "));
const kept = join(cwd, "kept");
const nothing = join(cwd, "nothing");
const env = { XDG_CONFIG_HOME: join(cwd, "config") };

/** Runs `mimolo` here and now. */
async function mimolo(...argv: string[]) {
  const { surroundings, out, err } = captured({ cwd, env });
  const code = await main(argv, surroundings);
  return { code, out: out(), err: err() };
}

beforeAll(async () => {
  const collector = await createCollector({ dataDir: kept, control: false, cwd });
  await collector.start();
  const span = { source: "git", confidence: "reconstructed", label: "project" } as const;
  await collector.importSpans([
    { ...span, start: "2026-11-10T08:00:00Z", end: "2026-11-10T08:30:00Z", external_id: "git:1" },
    { ...span, start: "2026-11-10T08:30:00Z", end: "2026-11-10T09:00:00Z", external_id: "git:2" },
    { ...span, start: "2026-11-12T08:30:00Z", end: "2026-11-12T09:00:00Z", external_id: "git:3" },
  ]);
  await collector.stop();
});

test("--version is the package's", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(await mimolo("--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

test("an error is a sentence and a way out; with --json it is one object on stderr", async () => {
  const told = await mimolo("statsu");
  expect(told).toEqual({
    code: 2,
    out: "",
    err: 'mimolo: there is no verb "statsu"\n  Did you mean `mimolo status`?\n',
  });
  const { code, out, err } = await mimolo("status", "--data-dir", nothing, "--json");
  expect({ code, out }).toEqual({ code: 3, out: "" });
  expect(JSON.parse(err)).toEqual({
    error: {
      code: "collector-not-reachable",
      message: `no collector runs on ${nothing}`,
      hint: "Start one with `mimolo run`, or name the folder of a running one with --data-dir.",
    },
  });
});

test("every verb that needs a collector ends with 3 when there is none", async () => {
  for (const verb of [["status"], ["agents"], ["agent", "flush", "x"]]) {
    expect(await mimolo(...verb, "--data-dir", nothing), verb.join(" ")).toMatchObject({ code: 3, out: "" });
  }
});

test("verbs that read work on a folder that is not there, and do not make it", async () => {
  expect(await mimolo("evidence", "--data-dir", nothing, "--json")).toEqual({ code: 0, out: "", err: "" });
  expect(await mimolo("logs", "--data-dir", nothing, "--json")).toEqual({ code: 0, out: "", err: "" });
  expect(await mimolo("timeline", "--data-dir", nothing, "--json")).toMatchObject({
    code: 0,
    out: '{"segments":[],"open":null}\n',
  });
  const verified = await mimolo("verify", "--data-dir", nothing, "--json");
  expect(verified).toMatchObject({ code: 1, out: "" });
  expect(verified.err).toContain('"no-evidence"');
  expect(existsSync(nothing)).toBe(false);
});

test("evidence --json prints the ledger's own lines", async () => {
  const { code, out } = await mimolo("evidence", "--data-dir", kept, "--json");
  const [file = ""] = readdirSync(join(kept, "evidence")).filter((name) => /^\d{4}-.*\.jsonl$/.test(name));
  expect(code).toBe(0);
  expect(out).toBe(readFileSync(join(kept, "evidence", file), "utf8"));
});

test("evidence is filtered by kind, time, agent and number", async () => {
  const lines = async (...more: string[]) => {
    const { out } = await mimolo("evidence", "--data-dir", kept, "--json", ...more);
    return out.split("\n").filter((line) => line !== "");
  };
  expect(await lines("--kind", "import")).toHaveLength(3);
  const imported = await lines("--kind", "import");
  for (const most of [1, 2, 3, 4]) {
    expect(await lines("--kind", "import", "--limit", String(most)), `the newest ${most}`).toEqual(
      imported.slice(-most),
    );
  }
  expect(await lines("--kind", "import", "--from", "2026-11-11T00:00Z", "--to", "2026-11-13T00:00Z")).toHaveLength(1);
});

test.each([
  ["evidence", "--agent", "projekt"],
  ["logs", "projekt"],
  ["artifacts", "list", "--label", "projekt"],
])("%s of a label that is nowhere is empty, and warns of it with the one that was meant", async (...words) => {
  expect(await mimolo(...words, "--data-dir", kept)).toEqual({
    code: 0,
    out: expect.not.stringContaining("projekt"),
    err: expect.stringContaining(
      'warning: there is no agent "projekt"; did you mean "project"? agents here: project\n',
    ),
  });
  // Nobody has run there: the label may be right.
  expect(await mimolo(...words, "--data-dir", nothing)).toMatchObject({ code: 0, err: "" });
});

test("a label with records is none to warn of, whatever else was asked for", async () => {
  for (const words of [
    ["evidence", "--agent", "project", "--kind", "gap"],
    ["logs", "project"],
    ["artifacts", "list", "--label", "project"],
  ]) {
    expect(await mimolo(...words, "--data-dir", kept), words.join(" ")).toMatchObject({ code: 0, err: "" });
  }
});

test("the timeline is segments, reconstructed ones marked, and a range picks from it", async () => {
  const read = async (...more: string[]) =>
    JSON.parse((await mimolo("timeline", "--data-dir", kept, "--json", ...more)).out) as TimelineReport;
  const { segments, open } = await read();
  expect(open).toBeNull();
  expect(segments).toMatchObject([
    {
      start: "2026-11-10T08:00:00.000Z",
      end: "2026-11-10T09:00:00.000Z",
      duration_s: 3600,
      confidence: "reconstructed",
    },
    { start: "2026-11-12T08:30:00.000Z", end: "2026-11-12T09:00:00.000Z", confidence: "reconstructed" },
  ]);
  expect((await read("--from", "2026-11-11T00:00Z")).segments).toHaveLength(1);
  expect((await read("--to", "2026-11-10T00:00Z")).segments).toHaveLength(0);
  expect((await mimolo("timeline", "--data-dir", kept)).out).toContain("reconstructed");
  expect((await mimolo("timeline", "--from", "yesterday", "--to", "yesterday")).code).toBe(2);
});

test("verify is green for what was written and names the first changed byte with exit code 5", async () => {
  const { code, out } = await mimolo("verify", "--data-dir", kept);
  expect(code).toBe(0);
  expect(out).toContain("Intact:");

  const changed = join(cwd, "changed");
  const collector = await createCollector({ dataDir: changed, control: false, cwd });
  await collector.start();
  await collector.stop();
  const [file = ""] = readdirSync(join(changed, "evidence")).filter((name) => /^\d{4}-.*\.jsonl$/.test(name));
  const path = join(changed, "evidence", file);
  writeFileSync(path, readFileSync(path, "utf8").replace('"kind":"policy"', '"kind":"Policy"'));
  const report = await mimolo("verify", "--data-dir", changed, "--json");
  expect(report.code).toBe(5);
  const parsed = JSON.parse(report.out) as VerifyReport;
  expect(parsed.ok).toBe(false);
  expect(parsed.fault?.file).toContain(file);
  const told = await mimolo("verify", "--data-dir", changed);
  expect(told).toMatchObject({ code: 5 });
  expect(told.out).toContain("Not intact:");
  expect(told.out).toContain(file);
  expect(await mimolo("verify", "--date", "yesterday")).toMatchObject({ code: 2 });
  for (const [verb, option] of [
    ["verify", "--date"],
    ["timeline", "--from"],
    ["evidence", "--to"],
  ] as const) {
    const refused = await mimolo(verb, option, "2026-02-30");
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(option);
    expect(refused.err).toContain("2026-11-21");
  }
});

test("a reader that goes away ends the output without a word", async () => {
  const { surroundings, err, breakPipe } = captured({ cwd, env });
  const done = main(["evidence", "--data-dir", kept], surroundings);
  breakPipe();
  expect(await done).toBe(0);
  expect(err()).toBe("");
});

test("--follow goes on until Ctrl-C, which is exit code 130", async () => {
  const { surroundings, out, signal } = captured({ cwd, env });
  const done = main(["evidence", "--data-dir", kept, "--kind", "import", "--json", "-f"], surroundings);
  await expect.poll(() => out().split("\n").length, { timeout: 5000 }).toBe(4);
  signal("SIGINT");
  expect(await done).toBe(130);
});

test("doctor checks this machine and gives a fix for what it does not like", async () => {
  const { out, err } = await mimolo("doctor", "--data-dir", nothing, "--json");
  expect(err).toBe("");
  const { checks } = JSON.parse(out) as { checks: { id: string; state: string; fix?: string }[] };
  expect(checks.map((check) => check.id)).toEqual([
    "node",
    "data-dir",
    "private",
    "trust",
    "room",
    "socket",
    "config",
    "overrides",
    "plugins",
    "updates",
    "collector",
    "git",
    "watches",
    "sandbox",
    "clock",
  ]);
  for (const { id, state, fix } of checks) expect(state === "ok" || fix !== undefined, id).toBe(true);
  expect((await mimolo("doctor", "--data-dir", nothing)).out).toContain("Node.js");
});

test("a configuration that cannot be read fails the doctor and names the place", async () => {
  const folder = join(cwd, "broken");
  mkdirSync(folder);
  writeFileSync(join(folder, "mimolo.toml"), "[monitor]\ncooldown_second = 3\n");
  const { surroundings, out } = captured({ cwd: folder, env });
  expect(await main(["doctor", "--data-dir", nothing], surroundings)).toBe(1);
  expect(out()).toContain("mimolo.toml:2:1");
  expect(out()).toContain("cooldown_seconds");
});

test("colour is for terminals, and NO_COLOR is heeded there", async () => {
  const at = async (more: Record<string, string>, columns?: number) => {
    const options = { cwd, env: { ...env, ...more }, ...(columns === undefined ? {} : { terminal: { columns } }) };
    const { surroundings, out } = captured(options);
    await main(["timeline", "--data-dir", kept], surroundings);
    return out();
  };
  const escape = "\u001B[";
  expect(await at({}, 100)).toContain(escape);
  expect(await at({ NO_COLOR: "1" }, 100)).not.toContain(escape);
  expect(await at({ NO_COLOR: "1" }, 100)).toContain("▒");
  expect(await at({})).not.toContain(escape);
  expect(await at({})).not.toContain("▒");
});

test("an empty --data-dir is refused, never taken for the usual folder", async () => {
  for (const verb of ["run", "status", "evidence", "verify"]) {
    const { code, err } = await mimolo(verb, "--data-dir", "");
    expect([code, err]).toEqual([2, "mimolo: --data-dir is empty\n  Name a folder, or leave the option out.\n"]);
  }
});

test("doctor --privacy without rules shows one that can be read as it stands", async () => {
  const { code, out } = await mimolo("doctor", "--privacy", "--data-dir", kept);
  expect([code, out]).toEqual([0, expect.stringContaining("[[privacy]]")]);
  expect(out).not.toContain("docs/");
  const rule = out.slice(out.indexOf("[[privacy]]"));
  const folder = mkdtempSync(join(cwd, "rules "));
  writeFileSync(join(folder, "mimolo.toml"), rule.replace("# action", "action"));
  const { privacy } = loadConfig({ cwd: folder, env, dataDir: kept });
  expect(privacy).toMatchObject([{ name: "banks", field: "data.title", glob: "*bank*", action: "drop" }]);
});
