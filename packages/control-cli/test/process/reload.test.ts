import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AgentStatus, LogLine } from "@mimolo/protocol";
import { expect, onTestFinished, test, vi } from "vitest";
import { fixture, mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const args = JSON.stringify([fixture("reports-work.mjs")]);
const toml = `# my own file
[monitor]
cooldown_seconds = 600 # ten minutes

# works all the time
[plugins.mine]
executable = "node"
args = ${args} # the script
`;

/** A folder with that mimolo.toml and, if asked for, a collector that goes by it. */
async function working(running: boolean) {
  const at = place();
  const file = join(at.folder, "mimolo.toml");
  writeFileSync(file, toml);
  const common = ["--config", file, "--data-dir", at.dataDir];
  const cli = (...argv: string[]) => mimolo(at, ...argv, ...common).ended;
  const agents = async () => {
    const { agents: all } = JSON.parse((await cli("agents", "--json")).out) as { agents: AgentStatus[] };
    return Object.fromEntries(all.map((agent) => [agent.label, agent]));
  };
  const logged = async (code: string) => {
    const { out } = await cli("logs", "--json");
    const lines = out.split("\n").filter((line) => line !== "");
    return lines.map((line) => JSON.parse(line) as LogLine).find((line) => line.code === code)?.message ?? "";
  };
  // What the terminal said already is in the file a moment later.
  const sentence = async (code: string, text: string) =>
    await expect.poll(async () => await logged(code), { timeout: 20_000 }).toContain(text);
  const text = () => readFileSync(file, "utf8");
  const collector = running ? mimolo(at, "run", "--dev", ...common) : undefined;
  if (collector !== undefined) {
    onTestFinished(async () => {
      collector.child.kill("SIGTERM");
      await collector.ended;
    });
    await collector.says("Ctrl-C stops it.");
    await expect.poll(async () => (await agents())["mine"]?.state, { timeout: 20_000 }).toBe("running");
  }
  return { at, file, cli, agents, sentence, text, says: async (what: string) => await collector?.says(what) };
}

test("an edit by hand is taken over, one that is wrong is told with its line, and what runs goes on", async () => {
  const { file, cli, agents, sentence, says } = await working(true);
  const { pid } = (await agents())["mine"] ?? {};
  // As editors do: a new file in the place of the old one.
  writeFileSync(`${file}.new`, `${toml}\n[plugins.load]\nplugin = "mimolo.system-load"\n`);
  renameSync(`${file}.new`, file);
  await says("configuration reloaded: added load");
  expect((await agents())["load"]).toMatchObject({ state: "running" });

  writeFileSync(file, `${toml}\n[plugins.load]\nplugn = "mimolo.system-load"\n`);
  await says("mimolo.toml:11:1");
  await sentence("config-invalid", 'did you mean "plugin"');
  expect((await cli("status")).err).toContain("mimolo.toml:11:1");
  expect((await agents())["load"]).toMatchObject({ state: "running" });

  rmSync(file);
  await says("no such file");
  writeFileSync(file, toml);
  await says("configuration reloaded: removed load");
  expect((await cli("status")).err).toBe("");
  expect(Object.keys(await agents())).toEqual(["mine"]);
  expect((await agents())["mine"]?.pid).toBe(pid);
});

test("a program that does not come up is taken back, and the reason told", async () => {
  const { file, agents, sentence, says } = await working(true);
  writeFileSync(
    file,
    `${toml.replace("600", "60")}\n[plugins.broken]\nexecutable = "node"\nargs = ["-e", "process.exit(3)"]\n`,
  );
  await says("the configuration was taken back");
  expect(Object.keys(await agents())).toEqual(["mine"]);
  await sentence("config-rolled-back", "broken did not come up (exited: exit code 3)");
  writeFileSync(file, toml.replace("600", "60"));
  await says("configuration reloaded: changed monitor.cooldown_seconds");
});

test("the verbs change the file and the running collector, and keep the comments", async () => {
  const { cli, agents, text, file } = await working(true);
  const { pid } = (await agents())["mine"] ?? {};
  const added = await cli(
    "agent",
    "add",
    "second",
    "--executable",
    "node",
    "--arg",
    fixture("reports-work.mjs"),
    "--set",
    "unit=mails",
  );
  expect(added).toMatchObject({ code: 0, err: "" });
  expect(added.out).toContain("The running collector goes by it: added second.");
  expect((await agents())["second"]).toMatchObject({ state: "running", plugin_id: "local.second" });

  const copied = await cli("agent", "duplicate", "second", "third", "--json");
  expect(JSON.parse(copied.out)).toMatchObject({ label: "third", action: "duplicate", files: [file] });
  expect((await cli("agent", "config", "third", "unit=letters", "memory_mib=64")).code).toBe(0);
  const shown = JSON.parse((await cli("agent", "config", "third", "--json")).out) as { values: object[] };
  expect(shown.values).toContainEqual(
    expect.objectContaining({ key: "unit", value: "letters", source: "user", from: file }),
  );
  expect((await cli("agent", "config", "third", "--unset", "unit")).code).toBe(0);

  const before = text();
  const broken = await cli("agent", "config", "third", 'args=["-e", "process.exit(3)"]');
  expect(broken.code).toBe(1);
  expect(broken.err).toContain("third did not come up (exited: exit code 3)");
  expect(text()).toBe(before);
  await expect.poll(async () => (await agents())["third"]?.state, { timeout: 20_000 }).toBe("running");

  for (const label of ["second", "third"]) expect((await cli("agent", "remove", label, "--yes")).code).toBe(0);
  expect(text()).toBe(toml);
  expect(await agents()).toMatchObject({ mine: { pid } });
});

test("without a collector the file is edited and that is said; what is wrong leaves it untouched", async () => {
  const { cli, text, file } = await working(false);
  const mode = statSync(file).mode;
  const added = await cli("agent", "add", "load", "--plugin", "mimolo.system-load");
  expect(added.code).toBe(0);
  expect(added.out).toContain("No collector runs by it");
  expect(text()).toBe(`${toml}\n[plugins.load]\nplugin = "mimolo.system-load"\n`);
  expect(statSync(file).mode).toBe(mode);
  const before = text();
  const refused: [string[], number, string][] = [
    [["add", "mine", "--executable", "node"], 2, 'there is an agent "mine" already'],
    [["add", "x", "--executable", "./nowhere"], 2, "there is no"],
    [["config", "mine", "memory_mb=64"], 2, 'did you mean "memory_mib"'],
    [["config", "lod"], 2, 'did you mean "load"?'],
    [["duplicate", "load"], 2, "duplicate takes two labels"],
    [["remove", "load"], 4, "--yes"],
  ];
  for (const [argv, code, told] of refused) {
    const ended = await cli("agent", ...argv);
    expect({ argv, code: ended.code }).toEqual({ argv, code });
    expect(ended.err).toContain(told);
    expect(text()).toBe(before);
  }
  const nothing = place();
  const begun = await mimolo(nothing, "agent", "add", "x", "--executable", "node", "--data-dir", nothing.dataDir).ended;
  expect(begun).toMatchObject({ code: 0, out: expect.stringContaining("x was added to mimolo.toml") as string });
  expect(begun.out).toContain("The file says what runs");
});

test("a file that was only found may not say what runs at a reload either", async () => {
  const at = place();
  const file = join(at.folder, "mimolo.toml");
  writeFileSync(file, '[plugins.load]\nplugin = "mimolo.system-load"\n');
  const collector = mimolo(at, "run", "--data-dir", at.dataDir);
  await collector.says("Ctrl-C stops it.");
  writeFileSync(file, `[plugins.load]\nplugin = "mimolo.system-load"\n[plugins.evil]\nexecutable = "node"\n`);
  await collector.says("may not set executable");
  const add = await mimolo(at, "agent", "add", "evil", "--executable", "node", "--data-dir", at.dataDir).ended;
  expect(add.code).toBe(4);
  collector.child.kill("SIGTERM");
  await collector.ended;
});
