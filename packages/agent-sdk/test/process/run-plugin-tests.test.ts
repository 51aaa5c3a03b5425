import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { PLUGIN_SUITES, type PluginSuiteName } from "../../src/testing/run-plugin-tests/plugin-test-report.ts";
import { needs } from "../../../../scripts/needs.ts";
import { type PluginTestReport, runPluginTests } from "../../src/testing/index.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const scratch = await mkdtemp(join(tmpdir(), "mimolo-plugin-tests-"));
afterAll(() => rm(scratch, { recursive: true }));
const sound = join(import.meta.dirname, "plugins", "sound");

test("a sound plugin passes every case of the five suites", async () => {
  const report = await runPluginTests(sound, {
    calls: [
      { interface: "command", method: "execute", params: { name: "hello" }, expect: (data) => data === "hello" },
      { interface: "action", method: "execute", failsWith: "not-offered" },
    ],
  });
  expect(failed(report)).toEqual([]);
  expect(report.ok).toBe(true);
  expect(report.suites.map(({ name, ok }) => [name, ok])).toEqual(PLUGIN_SUITES.map((name) => [name, true]));
  const tried = report.suites.flatMap(({ cases }) => cases.map(({ name }) => name));
  // What no fault below was seen to fail would be proved by nothing.
  const fallible = [...[...AT_WORK, ...IN_ITS_FOLDER].map(([, , name]) => name), ...OF_THE_AUTHOR];
  expect(tried.filter((name) => !fallible.some((each) => name.startsWith(each)))).toEqual([]);
}, 120_000);

/** Seen to fail further down. */
const OF_THE_AUTHOR = ["it answers command.execute of", "it answers action.execute as"];

/** A fault of the plugin's program, the case it fails, and why. */
const AT_WORK: readonly (readonly [suite: PluginSuiteName, fault: string, fails: string, why: RegExp])[] = [
  ["integration", "crashes at its start", "it introduces itself first", /ended with 1; last .*as it was told to/s],
  ["integration", "says hello before it shakes hands", "it introduces itself first", /first message is status/],
  ["integration", "has failed", "it says how it does", /it failed/],
  ["integration", "tells its health once", "it says how it does", /status it was asked for did not come/],
  ["integration", "does not beat", "it beats", /heartbeat did not come/],
  ["integration", "never sums up", "it answers a flush", /no summary/],
  ["integration", "does not acknowledge", "it answers a flush", /ack of flush did not come/],
  ["integration", "does not rest", "it rests and goes on", /ack of lifecycle did not come/],
  ["integration", "flushes first", "it carries out a sequence", /before it had stopped/],
  ["integration", "does not end", "it ends when it is told to", /its end did not come/],
  ["integration", "ends badly", "it ends when it is told to", /ended with 3/],
  ["integration", "leaves a child", "it ends when it is told to", /left behind: sleep/],
  ["integration", "outlives its collector", "it ends with its collector", /its end did not come/],
  ["integration", "prints", "every line it writes is one of the protocol", /hello!/],
  ["integration", "does not announce invoke", "it answers as trigger", /does not announce/],
  ["integration", "hangs when called", "it answers as trigger", /answer to trigger\.start did not come/],
  ["integration", "is too sure", "it answers as message_handler", /no number from 0 to 1: 2/],
  ["integration", "supports no list", "it answers as message_handler", /supported_types is no list/],
  ["integration", "lists nothing", "it answers as command", /names no commands/],
  ["integration", "has sources without ids", "it answers as data_provider", /names none/],
  ["integration", "knows every source", "it answers as data_provider", /does not exist succeeded/],
  ["integration", "has no metrics", "it answers as analytics", /names none: 42/],
  ["integration", "fails on nothing", "it answers as aggregate", /nothing to filter/],
  ["integration", "has no schema", "it answers as config", /no JSON Schema/],
  ["integration", "refuses its defaults", "it answers as config", /refuses the settings/],
  ["integration", "answers anything", "it refuses a call of what it does not offer", /as if it did/],
  ["performance", "is slow to start", "it is there in time", /handshake did not come within 2000 ms/],
  ["performance", "flushes slowly", "it answers a flush in time", /more than 2000/],
  ["performance", "takes its time", "it answers calls at once", /more than 50/],
  ["performance", "drops some", "it answers each of a flood", /of 256 answers asked for at once, 25 did not come/],
  ["performance", "hoards memory", "it keeps to its memory", /more than 100/],
  ["performance", "leaks", "it keeps to its memory", /it grew by/],
  ["performance", "spins", "it costs next to nothing", /% of a core/],
  ["security", "writes in its program's folder", "it writes in its own folder only", /state\.json/],
  ["security", "writes in the home folder", "it writes in its own folder only", /\.sound/],
  ["security", "calls home", "it talks to no other machine unasked", /127\.0\.0\.1:9/],
  ["security", "runs a program", "it starts no other program unasked", /used .*node/],
  ["security", "asks too much", "it asks its collector only", /does not name manage-database/],
  ["security", "asks nonsense", "it asks its collector only", /nobody knows/],
  ["security", "takes every line for granted", "it survives lines", /ended with 1/],
  ["security", "calls what is there", "it calls nothing that merely happens", /as if it offered that/],
  ["security", "logs its token", "it tells nobody its secrets", /prints its setting token/],
  ["security", "keeps its token", "it tells nobody its secrets", /keeps its setting token/],
  ["compatibility", "is another version", "it says of itself", /says that it is 1\.0\.1/],
  ["compatibility", "offers more than it says", "it says of itself", /it offers action, /],
  ["compatibility", "speaks another protocol", "it speaks a version", /it speaks 1\.0/],
  ["compatibility", "wants this version only", "it works with an older collector", /ended with 1/],
  ["compatibility", "knows what it knows", "it works with a newer collector", /ended with 1/],
  ["compatibility", "stays where it is not wanted", "it goes when it is rejected", /did not come/],
  ["compatibility", "reads chunks for lines", "it reads lines in pieces", /did not come/],
  ["compatibility", "chokes on what it kept", "it starts again on what it has kept", /handshake never came/],
];

test.concurrent.for(AT_WORK)(
  "%s: a plugin that %s is told so",
  async ([suite, fault, name, why], { expect: expects }) => {
    const limits = { answerMs: 2500, startMs: 2000 };
    const report = await runPluginTests(await copy(), { suites: [suite], only: name, config: { fault }, limits });
    expects(report.ok).toBe(false);
    expects(report.suites[0]?.cases).toMatchObject([{ ok: false, why: expects.stringMatching(why) }]);
  },
);

/** What is changed in the plugin's folder: a file, what of it, and what stands there then. */
const IN_ITS_FOLDER: readonly (readonly [PluginSuiteName, [string, string | RegExp, string], string, RegExp])[] = [
  ["unit", ["plugin.toml", 'version = "1.0.0"', ""], "its plugin.toml says what it must", /plugin\.version/],
  ["unit", ["plugin.toml", "[plugin]", "[plug-in]"], "its plugin.toml says what it must", /plugin/],
  ["unit", ["plugin.toml", "[plugin]", "[plugin"], "its plugin.toml says what it must", /TOML/],
  ["unit", ["plugin.toml", "main.mjs", "gone.mjs"], "its program is there", /gone\.mjs is no file/],
  ["unit", ["main.mjs", "import", "imp ort"], "its program is there", /SyntaxError/],
  ["unit", ["plugin.toml", '"none"', "7"], "its settings fit their schema", /settings\/fault must be string/],
  ["unit", ["test/sound.test.mjs", "{}", "{ throw new Error('no') }"], "its own tests pass", /they end with 1: .*no/s],
  ["compatibility", ["plugin.toml", ">=20", ">=99"], "it runs with this machine", /wants Node >=99/],
  ["compatibility", ["plugin.toml", ">=0.4", "<0.4"], "it runs with this machine", /wants MiMoLo <0.4/],
];

test.concurrent.for(IN_ITS_FOLDER)("%s: %s", async ([suite, [file, from, to], name, why], { expect: expects }) => {
  const dir = await copy();
  await writeFile(join(dir, file), (await readFile(join(dir, file), "utf8")).replace(from, to));
  const report = await runPluginTests(dir, { suites: [suite], only: name });
  expects(report.suites[0]?.cases).toMatchObject([{ ok: false, why: expects.stringMatching(why) }]);
});

test.runIf(needs("python3")).for([
  ["runs a program", "it starts no other program unasked", /used true/],
  ["calls home", "it talks to no other machine unasked", /127\.0\.0\.1:9/],
  ["writes elsewhere", "it writes in its own folder only", /snake/],
] as const)("a plugin of Python's that %s is told so, too", async ([fault, only, why], { expect: expects }) => {
  const dir = await copy("snake");
  const watched = (config: Record<string, unknown>) => runPluginTests(dir, { suites: ["security"], only, config });
  expects(failed(await watched({}))).toEqual([]);
  expects((await watched({ fault })).suites[0]?.cases[0]?.why).toMatch(why);
});

test.runIf(needs("python3"))("a plugin of Python's has its own tests run by Python", async () => {
  const options = { suites: ["unit"], only: "its own tests pass" } as const;
  const dir = await copy("snake");
  expect(await runPluginTests(dir, options)).toMatchObject({ ok: true, suites: [{ cases: [{ ok: true }] }] });
  const file = join(dir, "test", "test_snake.py");
  await writeFile(file, (await readFile(file, "utf8")).replace("True)", "False)"));
  expect((await runPluginTests(dir, options)).suites[0]?.cases[0]?.why).toMatch(/FAIL: test_its_own/);
});

describe("calls of the author's own", () => {
  const call = { interface: "command", method: "execute" };
  const judged = async (more: object) => {
    const calls = [{ ...call, ...more }];
    const { suites } = await runPluginTests(sound, { suites: ["integration"], only: "command.execute", calls });
    return suites[0]?.cases[0]?.why;
  };

  test("an answer, a failure and a look at the answer can all disappoint", async () => {
    expect(await judged({ method: "execute it" })).toMatch(/failed with not-offered/);
    expect(await judged({ failsWith: "failed" })).toMatch(/should fail with failed, and succeeded/);
    expect(await judged({ method: "execute it", failsWith: "failed" })).toMatch(
      /should fail with failed; .*not-offered/,
    );
    expect(await judged({ expect: (data: unknown) => data === "bye" })).toBe('it answered "hello"');
    expect(await judged({ expect: () => expect(1).toBe(2) })).toMatch(/expected 1 to be 2/);
    expect(await judged({ expect: (data: unknown) => data === "hello" })).toBeUndefined();
  });
});

test("nothing that could not be tried counts as proved", async () => {
  const dir = await mkdtemp(join(scratch, "plugin-"));
  await writeFile(join(dir, "main.sh"), "exit 0");
  const plugin = { id: "test.shell", version: "1.0.0", type: "agent", entry: "main.sh" };
  const { ok, suites } = await runPluginTests(dir, { plugin, suites: ["unit"], only: "its own tests" });
  expect({ ok, suites }).toMatchObject({ ok: false, suites: [{ ok: false, cases: [], skipped: [{}] }] });
  await expect(runPluginTests(dir, { suites: ["all" as "unit"] })).rejects.toThrow("no suite is called all");
  const nothing = await runPluginTests(join(dir, "nowhere"), { suites: ["integration"] });
  expect(nothing.suites[0]?.cases.every((each) => each.why?.includes("has no plugin.toml"))).toBe(true);
});

/** The sound plugin in a folder of its own: some of its faults leave traces there. */
async function copy(name = "sound"): Promise<string> {
  const dir = await mkdtemp(join(scratch, "plugin-"));
  await cp(join(sound, "..", name), dir, { recursive: true });
  return dir;
}

/** The names of what failed, and why. */
function failed({ suites }: PluginTestReport): string[] {
  return suites.flatMap(({ cases }) => cases.filter(({ ok }) => !ok).map(({ name, why }) => `${name}: ${why}`));
}
