import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Collector, createCollector, type Invocation } from "@mimolo/operations";
import type { PluginInterface } from "@mimolo/protocol";
import { afterEach, expect, test, vi } from "vitest";
import { fixture, mimolo, place } from "./spawned.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const program = fixture("answers-as-asked.mjs");
const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

/** One question behind each interface, and what comes of it. */
const nine: readonly (readonly [name: PluginInterface, method: string, params: object, answer: unknown])[] = [
  ["action", "execute", { n: 3 }, { interface: "action", params: { n: 3 } }],
  ["trigger", "start", {}, { interface: "trigger", method: "start" }],
  ["message_handler", "can_handle", { message: { type: "greeting" } }, 0.9],
  ["command", "execute", { name: "add", args: ["2", "40"] }, 42],
  ["data_provider", "sources", {}, [{ id: "numbers" }]],
  ["analytics", "report", { metrics: [], format: "md" }, { interface: "analytics" }],
  ["aggregate", "filter", { data_header: "files", items: [1, 2] }, { interface: "aggregate" }],
  ["artifact", "restore", { archive_id: "a1" }, { interface: "artifact", method: "restore" }],
  ["config", "validate", { config: { tone: "shrill" } }, { ok: false, problems: ["tone hurts"] }],
];

async function embedded(): Promise<Collector> {
  const { dataDir, folder, env } = place();
  const plugins = Object.fromEntries(
    ["wild", "calm"].map((label) => [label, { executable: process.execPath, args: [program] }]),
  );
  const collector = await createCollector({ dataDir, cwd: folder, env, allow: [program], plugins, control: false });
  ended.push(() => collector.stop({ hurry: true }));
  await collector.start();
  const call = { interface: "action", method: "execute", timeoutMs: 30_000 } as const;
  await Promise.all(Object.keys(plugins).map((label) => collector.plugins.invoke(label, call)));
  return collector;
}

test("who embeds asks a plugin behind all nine interfaces, and hears of commands", async () => {
  const collector = await embedded();
  const commands: unknown[] = [];
  collector.on("plugin:command", (report) => commands.push(report));
  for (const [name, method, params, answer] of nine) {
    const report = await collector.plugins.invoke("local.calm", { interface: name, method, params });
    expect(report).toMatchObject({ plugin_id: "local.calm", label: "calm", interface: name, method, ok: true });
    if (typeof answer === "object") expect(report.data).toMatchObject(answer as object);
    else expect(report.data).toBe(answer);
  }
  expect(await collector.plugins.command("calm", "add", ["1", "2"])).toMatchObject({ command: "add", result: 3 });
  expect(commands).toMatchObject([{ result: 42 }, { plugin_id: "local.calm", args: ["1", "2"], result: 3 }]);
  await expect(collector.plugins.invoke("nobody", { interface: "action", method: "execute" })).rejects.toMatchObject({
    code: "not-installed",
  });
  await expect(
    collector.plugins.invoke("calm", { interface: "action", method: "execute", params: { n: 10 } }),
  ).rejects.toMatchObject({ code: "invalid-params", message: expect.stringContaining("params.n") as string });
});

test("a plugin that looks at its settings is asked before they are changed", async () => {
  const collector = await embedded();
  const configure = (tone: string) => collector.plugins.configure("local.calm", { values: { tone }, by: "test" });
  await expect(configure("shrill")).rejects.toMatchObject({
    code: "bad-setting",
    message: expect.stringContaining("tone hurts") as string,
  });
  expect(collector.plugins.config("local.calm").values.map(({ key }) => key)).not.toContain("tone");
  await configure("low");
  expect(collector.plugins.config("local.calm").values).toContainEqual(
    expect.objectContaining({ key: "tone", value: "low" }),
  );
});

test("plugins that hang, crash, flood or lie cost their caller one error in time, and nobody else anything", async () => {
  const collector = await embedded();
  const ask = async (label: string, params: object, more: Partial<Invocation> = {}) => {
    const startedMs = performance.now();
    const call = { interface: "action", method: "execute", params, ...more } as const;
    const answer = await collector.plugins.invoke(label, call).then(
      ({ data }) => ({ data }),
      (error: unknown) => error as { code: string; reason?: string },
    );
    return { answer, tookMs: performance.now() - startedMs };
  };
  // The neighbour is asked all the while.
  const over = new AbortController();
  let slowestMs = 0;
  const neighbour = (async () => {
    let asked = 0;
    while (!over.signal.aborted) {
      const { answer, tookMs } = await ask("calm", { n: 1 });
      expect(answer).toMatchObject({ data: { params: { n: 1 } } });
      slowestMs = Math.max(slowestMs, tookMs);
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return asked;
  })();
  for (const name of nine.map(([each]) => each)) {
    const { answer, tookMs } = await ask("wild", { do: "hang" }, { interface: name, timeoutMs: 150 });
    expect(answer).toMatchObject({ code: "timed-out" });
    expect(tookMs).toBeLessThan(1_500);
  }
  expect((await ask("wild", { do: "fail" })).answer).toMatchObject({ code: "plugin-failed", reason: "out-of-paper" });
  expect((await ask("wild", { do: "lie" })).answer).toEqual({ data: "the truth" });
  // Another caller of the same plugin is answered while one is not.
  const [hung, other] = await Promise.all([ask("wild", { do: "hang" }, { timeoutMs: 500 }), ask("wild", { n: 2 })]);
  expect(hung.answer).toMatchObject({ code: "timed-out" });
  expect(other.answer).toMatchObject({ data: { params: { n: 2 } } });
  // Each sign of progress begins the time anew.
  const signs: unknown[] = [];
  const slow = await ask("wild", { do: "slow" }, { timeoutMs: 1_000, progressed: (sign) => signs.push(sign) });
  expect(slow.answer).toEqual({ data: "at last" });
  expect(slow.tookMs).toBeGreaterThan(1_500);
  expect(signs).toEqual([{ percent: 25 }, { percent: 50 }, { percent: 75 }, { percent: 100 }]);
  expect((await ask("wild", { do: "flood" }, { timeoutMs: 1_000 })).answer).toMatchObject({ code: "timed-out" });
  const crash = ask("wild", { do: "crash" }, { timeoutMs: 60_000 });
  const along = ask("wild", { do: "hang" }, { timeoutMs: 60_000 });
  expect((await crash).answer).toMatchObject({ code: "plugin-failed", reason: "ended" });
  expect((await along).answer).toMatchObject({ code: "plugin-failed", reason: "ended" });
  const dead = await ask("wild", {});
  expect(dead.answer).toMatchObject({ code: "not-running" });
  expect(dead.tookMs).toBeLessThan(500);
  over.abort();
  expect(await neighbour).toBeGreaterThan(100);
  expect(slowestMs).toBeLessThan(2_000);
  const [wild, calm] = collector.status().agents;
  expect(wild?.counters.dropped["late_answers"]).toBeGreaterThanOrEqual(50);
  expect(calm).toMatchObject({ state: "running", restarts: 0, counters: { dropped: {} } });
});

test("the same over the command line: nine interfaces, commands, exit codes", async () => {
  const at = place();
  const file = join(at.folder, "mimolo.toml");
  writeFileSync(file, `[plugins.wild]\nexecutable = "node"\nargs = ${JSON.stringify([program])}\n`);
  const common = ["--config", file, "--data-dir", at.dataDir];
  const run = (...argv: string[]) => mimolo(at, ...argv, ...common).ended;
  expect(await run("plugin", "invoke", "local.wild", "action", "execute")).toMatchObject({ code: 3 });
  const collector = mimolo(at, "run", "--dev", "--no-dashboard", ...common);
  ended.push(() => {
    collector.child.kill("SIGTERM");
    return collector.ended;
  });
  await expect.poll(async () => (await run("status")).code, { timeout: 30_000 }).toBe(0);
  const asked = await Promise.all(
    nine.map(([name, method, params]) =>
      run("plugin", "invoke", "local.wild", name, method, "--params", JSON.stringify(params), "--json"),
    ),
  );
  for (const [index, [name, method, , answer]] of nine.entries()) {
    const { code, out, err } = asked[index] ?? { code: null, out: "", err: "" };
    expect({ name, code, err }).toEqual({ name, code: 0, err: "" });
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(report).toMatchObject({ plugin_id: "local.wild", interface: name, method, ok: true });
    if (typeof answer === "object") expect(report["data"]).toMatchObject(answer as object);
    else expect(report["data"]).toBe(answer);
  }
  expect(await run("x", "local.wild", "add", "40", "2")).toMatchObject({ code: 0, out: "42\n" });
  const listed = await run("x", "wild");
  expect(listed.out).toContain("add a b");
  const json = await run("x", "wild", "add", "1", "1", "--json");
  expect(JSON.parse(json.out)).toEqual({ plugin_id: "local.wild", command: "add", args: ["1", "1"], result: 2 });
  const failing = await Promise.all([
    run("plugin", "invoke", "wild", "action", "execute", "--params", '{"do":"fail"}', "--json"),
    run("plugin", "invoke", "wild", "action", "execute", "--params", '{"do":"hang"}', "--timeout", "300ms", "--json"),
    run("plugin", "invoke", "wild", "acton", "execute", "--json"),
    run("plugin", "invoke", "wild", "action", "execute", "--params", "{", "--json"),
    run("plugin", "invoke", "wild", "action", "execute", "--params", '{"n":"x"}', "--json"),
    run("plugin", "invoke", "wilt", "action", "execute", "--json"),
  ]);
  const told = failing.map(({ code, err }) => [code, (JSON.parse(err) as { error: { code: string } }).error.code]);
  expect(told).toEqual([
    [1, "plugin-failed"],
    [1, "timed-out"],
    [2, "invalid-parameter"],
    [2, "usage"],
    [2, "invalid-parameter"],
    [2, "unknown-plugin"],
  ]);
});
