// The agent that runs commands, built, as a real process: how the last run is told, and how one ends.
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { temporaryFolder, until } from "../folder-activity/scene.ts";
import { startAgent } from "./agent-process.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const SOON = { poll_interval_s: 0.1 };
const WALLS = ["--dev-bind", "/", "/", "--unshare-pid", "--die-with-parent"];

/** The runner, told to run a script of shell; `walled`: behind bubblewrap, as a collector would. */
async function running(
  body: string,
  {
    walled = false,
    config = SOON,
    as = "lines",
    stderr,
  }: { walled?: boolean; config?: object; as?: string; stderr?: "pipe" } = {},
) {
  const folder = temporaryFolder();
  const script = join(folder, "it.sh");
  writeFileSync(script, `#!/bin/sh\ncd '${folder}'\n${body}\n`);
  chmodSync(script, 0o755);
  const task = {
    as,
    name: "./it.sh",
    executable: walled ? "bwrap" : script,
    args: walled ? [...WALLS, script] : [],
    files: [],
    inherited: 0,
    wrapped: walled,
  };
  const environment = { MIMOLO_COMMAND: JSON.stringify(task) };
  const agent = await startAgent("command", { cwd: folder, config, environment, ...(stderr && { stderr }) });
  const results = async () => (await agent.flush()).data["results"] as Record<string, unknown>[];
  return { agent, results, at: (name: string) => join(folder, name) };
}

/** The results of what it says from a stop on. */
async function lastResults({ agent }: Awaited<ReturnType<typeof running>>) {
  agent.send({ cmd: "sequence", id: "end", sequence: ["stop", "flush", "shutdown"], params: {} });
  await until(() => agent.child.exitCode !== null);
  return agent.messages
    .filter(({ type }) => type === "summary")
    .flatMap(({ data }) => (data as { results: Record<string, unknown>[] }).results);
}

test.runIf(needs("bwrap"))("a signal that ended the command is told alike with walls and without", async () => {
  const ways = ["kill -SEGV $$", "kill -ABRT $$", "kill -KILL $$"];
  for (const walled of [false, true]) {
    const told: unknown[] = [];
    for (const way of ways) {
      const { agent, results } = await running(`echo half; ${way}`, { walled });
      const status = () => agent.messages.findLast(({ type, message }) => type === "status" && message !== undefined);
      await until(() => status()?.["message"] !== undefined);
      const [result] = await results();
      told.push([result?.["fault"], result?.["exit_code"], status()?.["message"]]);
      await agent.shutdown();
    }
    expect(told).toEqual(
      ["SIGSEGV", "SIGABRT", "SIGKILL"].map((name) => [
        `it was ended by ${name}`,
        null,
        `./it.sh: it was ended by ${name}`,
      ]),
    );
  }
});

test.runIf(needs("sh"))(
  "what a command writes on stderr is the agent's own stderr, once while it stays the same",
  async () => {
    const { agent, at } = await running(
      "echo run >> runs; echo one >&2; echo two >&2; [ $(wc -l < runs) -lt 4 ] || { echo other >&2; exit 3; }",
      { stderr: "pipe" },
    );
    let written = "";
    agent.child.stderr?.setEncoding("utf8").on("data", (text: string) => void (written += text));
    await until(() => written.includes("other"));
    await until(() => readFileSync(at("runs"), "utf8").length > 6 * "run\n".length);
    await agent.shutdown();
    expect(written).toBe("one\ntwo\none\ntwo\nother\n");
  },
);

test.runIf(needs("sh"))("without walls an exit code above 128 stays one", async () => {
  const { agent, results } = await running("exit 139");
  await until(() => agent.messages.some(({ type, message }) => type === "status" && message !== undefined));
  expect((await results())[0]).toMatchObject({ exit_code: 139, fault: "it ended with exit code 139" });
  await agent.shutdown();
});

test.runIf(needs("sh"))(
  "what the last run says is in the last summary, though the stop came while it ran",
  async () => {
    const at = await running("touch begun; until [ -e go ]; do sleep 0.02; done; echo late", { config: {} });
    await until(() => existsSync(at.at("begun")));
    const last = lastResults(at);
    writeFileSync(at.at("go"), "on\n");
    expect(await last).toMatchObject([{ exit_code: 0, lines: ["late"] }]);
  },
);

test.runIf(needs("sh"))("a last run that does not end in time is ended, and said to be given up", async () => {
  const at = await running("echo begun; echo $$ > pid; exec sleep 600", { config: {} });
  await until(() => existsSync(at.at("pid")) && readFileSync(at.at("pid"), "utf8") !== "");
  const last = await lastResults(at);
  expect(last).toMatchObject([
    { exit_code: null, fault: "it was still running when the agent was stopped, and was ended" },
  ]);
  expect(() => process.kill(Number(readFileSync(at.at("pid"), "utf8")), 0)).toThrow("ESRCH");
});

test.runIf(needs("sh"))("one that is stopped runs nothing, and goes on where it is started again", async () => {
  const { agent, at } = await running("echo run >> runs; exec sleep 600", { config: { ...SOON, timeout_s: 600 } });
  const runs = () => (existsSync(at("runs")) ? readFileSync(at("runs"), "utf8").split("\n").length - 1 : 0);
  await until(() => runs() === 1);
  agent.send({ cmd: "stop", id: "stop" });
  await agent.nth("ack");
  const [given] = (await agent.flush()).data["results"] as object[];
  expect(given).toMatchObject({ fault: expect.stringContaining("when the agent was stopped") });
  expect(runs()).toBe(1);
  agent.send({ cmd: "start", id: "start" });
  await until(() => runs() === 2);
  await agent.shutdown();
});

test.runIf(needs("sh"))("what a check is alarmed at is in its status until it is not", async () => {
  const { agent, at } = await running("[ -e ok ] && echo fine || { echo '3 waiting | letters=3'; exit 1; }", {
    as: "nagios",
  });
  const newest = () => agent.messages.findLast(({ type }) => type === "status");
  await until(() => newest()?.["message"] !== undefined);
  expect(newest()).toMatchObject({ health: "ok", message: "WARNING: 3 waiting" });
  writeFileSync(at("ok"), "");
  await until(() => newest()?.["message"] === undefined);
  expect(newest()).toMatchObject({ health: "ok" });
  await agent.shutdown();
});

test.runIf(needs("sh"))("a flush in which it did not run says since when, and claims no idleness", async () => {
  const config = { poll_interval_s: 3_600, activity: "changes" };
  const { agent, at } = await running("echo once; touch ran", { config });
  await until(() => existsSync(at("ran")));
  let first = (await agent.flush()).data;
  while (first["runs"] === 0) first = (await agent.flush()).data;
  const [{ at: began }] = first["results"] as [{ at: string }];
  expect(first).toMatchObject({ runs: 1, activity_signal: { mode: "active", keep_alive: false } });
  const { data } = await agent.flush();
  expect(data).toMatchObject({ runs: 0, not_run_since: began, activity_signal: { mode: "passive", keep_alive: null } });
  await agent.shutdown();
});
