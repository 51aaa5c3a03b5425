import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { agents } from "@mimolo/agents";
import { expect, test, vi } from "vitest";
import { fixture, mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

/** `run` with this mimolo.toml, given by name. */
async function runWith(toml: string, ...more: string[]) {
  const at = place();
  const file = join(at.folder, "mimolo.toml");
  writeFileSync(file, toml);
  const ended = await mimolo(at, "run", "--config", file, "--data-dir", at.dataDir, ...more).ended;
  return { ...ended, file, nothingMade: !existsSync(at.dataDir) };
}

test("a misspelt key names the place and the nearest right one, and nothing starts", async () => {
  const { code, err, nothingMade } = await runWith("[monitor]\ncooldown_secnds = 60\n");
  expect({ code, nothingMade }).toEqual({ code: 2, nothingMade: true });
  expect(err).toContain("mimolo.toml:2:1");
  expect(err).toContain("cooldown_seconds");
});

test("a misspelt setting of a built-in agent is a mistake too, not a setting nobody reads", async () => {
  const { code, err, nothingMade } = await runWith(`[plugins.folder-activity]\nwatch_dir = ["src"]\n`);
  expect({ code, nothingMade }).toEqual({ code: 2, nothingMade: true });
  expect(err).toContain(
    'mimolo.toml:2:1: unknown key "watch_dir" in [plugins.folder-activity], did you mean "watch_dirs"?',
  );
});

test("a wrong type, a duplicate label and invalid TOML are told with their place", async () => {
  const wrong = await runWith('[monitor]\ncooldown_seconds = "soon"\n');
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain("mimolo.toml:2");
  const twice = await runWith(`[plugins.Mine]\nexecutable = "node"\n[plugins.mine]\nexecutable = "node"\n`);
  expect(twice.code).toBe(2);
  expect(twice.err).toMatch(/mine/i);
  const broken = await runWith("[monitor\ncooldown_seconds = 60\n");
  expect(broken.code).toBe(2);
  expect(broken.err).toContain("mimolo.toml:1");
});

test("a missing executable is told before anything starts, by --dry-run too", async () => {
  const toml = `[plugins.mine]\nexecutable = "./not-there"\n`;
  for (const more of [[], ["--dry-run"]]) {
    const { code, err, nothingMade } = await runWith(toml, ...more);
    expect({ code, nothingMade }).toEqual({ code: 2, nothingMade: true });
    expect(err).toContain("not-there");
    expect(err).toContain("mimolo.toml:2");
  }
});

test("with --json the error is one object with a code and a hint", async () => {
  const { code, out, err } = await runWith("[monitor]\ncooldown_secnds = 60\n", "--json");
  expect({ code, out }).toEqual({ code: 2, out: "" });
  const { error } = JSON.parse(err) as { error: Record<string, string> };
  expect(error).toMatchObject({ code: "unknown-key" });
  expect(error["hint"]).not.toBe("");
});

test("an older mimolo.toml passes --dry-run, which says what would run and starts nothing", async () => {
  const toml = `
[monitor]
cooldown_seconds = 600
poll_tick_s = 0.2
console_verbosity = "info"

[control]
indicator_fade_step_s = 0.2
status_repeat_throttle_connected_s = 1.0

[plugins.my_agent]
enabled = true
plugin_type = "agent"
executable = "node"
args = ["agent.mjs"]
heartbeat_interval_s = 15.0
agent_flush_interval_s = 60.0
launch_in_separate_terminal = false
`;
  const { code, out, nothingMade } = await runWith(toml, "--dry-run");
  expect({ code, nothingMade }).toEqual({ code: 0, nothingMade: true });
  expect(out).toContain("my_agent");
  expect(out).toContain("Nothing was started.");
  const json = await runWith(toml, "--dry-run", "--json");
  expect(JSON.parse(json.out)).toMatchObject({
    ok: true,
    files: [json.file],
    agents: [{ label: "my_agent", plugin_id: "local.my-agent", verdict: "not-allowlisted" }],
  });
});

test("a file that was only found may not say what runs, until someone allows it as it is", async () => {
  const at = place();
  const file = join(at.folder, "mimolo.toml");
  writeFileSync(file, `[plugins.mine]\nexecutable = "node"\nargs = ["x.mjs"]\n`);
  const run = (...argv: string[]) => mimolo(at, ...argv, "--data-dir", at.dataDir).ended;
  const refused = await run("run");
  expect(refused.code).toBe(4);
  const [, command = ""] = /then agree with: (mimolo allow .*)$/m.exec(refused.err) ?? [];
  expect(command).toContain(at.dataDir);
  const looked = await run("run", "--dry-run");
  expect(looked.code).toBe(0);
  expect(looked.out).toContain(`then agree with: ${command}`);

  expect((await run("allow", ".")).code).toBe(0);
  expect((await run("run", "--dry-run")).out).not.toContain("note: ");
  const added = await run("agent", "add", "other", "--executable", "node", "--arg", "x.mjs");
  expect(added.out).not.toContain("allow");
  expect((await run("run", "--dry-run")).out).not.toContain("note: ");

  appendFileSync(file, 'env = { NODE_OPTIONS = "--import ./evil.mjs" }\n');
  const changed = await run("run");
  expect(changed.code).toBe(4);
  expect(changed.err).toContain(`it was changed since you agreed; read mimolo.toml, then agree with: ${command}`);
  await run("agent", "config", "other", "memory_mib=64");
  expect((await run("run")).code).toBe(4);
});

test("register works without a collector and names what is missing", async () => {
  const at = place();
  const file = join(at.folder, "mimolo.toml");
  writeFileSync(
    file,
    `[plugins.mine]\nexecutable = "node"\nargs = [${JSON.stringify(fixture("reports-work.mjs"))}]\n[plugins.gone]\nexecutable = "./gone"\n`,
  );
  const { code, out } = await mimolo(at, "register", "--config", file, "--data-dir", at.dataDir, "--json").ended;
  expect(code).toBe(0);
  const { plugins, problems } = JSON.parse(out) as { plugins: { plugin_id: string }[]; problems: object[] };
  expect(plugins.map((plugin) => plugin.plugin_id)).toEqual([
    "local.mine",
    ...agents.map((builtin) => builtin.plugin_id),
  ]);
  expect(problems).toMatchObject([
    { path: file, code: "missing-executable", line: 4 },
    { code: "not-allowlisted", message: /allow it with: mimolo allow / },
  ]);
  expect(readdirSync(join(at.dataDir, "plugins"))).toEqual(["dev"]);
});

test("init writes a configuration that passes, and replaces none", async () => {
  const at = place();
  const written = await mimolo(at, "init").ended;
  expect(written).toMatchObject({ code: 0, err: "" });
  expect((await mimolo(at, "run", "--dry-run", "--data-dir", at.dataDir).ended).code).toBe(0);
  const again = await mimolo(at, "init", "--json").ended;
  expect(again.code).toBe(1);
  expect(JSON.parse(again.err)).toMatchObject({ error: { code: "file-exists", hint: /--force/ } });
  const forced = await mimolo(at, "init", "--force", "--json").ended;
  expect(JSON.parse(forced.out)).toMatchObject({ path: join(at.folder, "mimolo.toml") });
});

test("whoever adds an agent where nothing is configured gets a file of it, and keeps the agents that ran", async () => {
  const at = place();
  const run = (...argv: string[]) => mimolo(at, ...argv, "--data-dir", at.dataDir).ended;
  const collector = mimolo(at, "run", "--port", "0", "--data-dir", at.dataDir);
  await collector.says("Ctrl-C");
  expect(await run("agent", "add", "nightly", "--plugin", "mimolo.system-load")).toMatchObject({ code: 0, err: "" });
  const { agents: running } = JSON.parse((await run("agents", "--json")).out) as { agents: { label: string }[] };
  const labels = ["folder-activity", "git-activity", "nightly", "system-load"];
  expect(running.map(({ label }) => label).toSorted()).toEqual(labels);
  collector.child.kill("SIGTERM");
  await collector.ended;
  const written = readFileSync(join(at.folder, "mimolo.toml"), "utf8");
  expect(written.match(/^\[plugins\.[a-z-]+\]$/gm)?.toSorted()).toEqual(labels.map((label) => `[plugins.${label}]`));
  // The same while nothing runs.
  rmSync(join(at.folder, "mimolo.toml"));
  expect(await run("agent", "config", "system-load", "memory_mib=64")).toMatchObject({ code: 0 });
  expect(readFileSync(join(at.folder, "mimolo.toml"), "utf8")).toMatch(
    /\[plugins\.system-load\]\n(.+\n)*memory_mib = 64/,
  );
});
