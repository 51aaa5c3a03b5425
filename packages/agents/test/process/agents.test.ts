import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { temporaryFolder, until } from "../folder-activity/scene.ts";
import { newRepository } from "../git/scene.ts";
import { agents } from "../../src/index.ts";
import { startAgent } from "./agent-process.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

test("an agent is one CommonJS file, which Node starts without its loader of modules, and asks for nothing but Node's own", () => {
  for (const { entry } of agents) {
    expect(entry).toMatch(/main\.cjs$/);
    const asked = [...readFileSync(entry, "utf8").matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = ""]) => name);
    expect(asked.filter((name) => !isBuiltin(name))).toEqual([]);
  }
});

test("folder-activity counts edits, from the first one after its handshake, and says when there were none", async () => {
  const root = temporaryFolder();
  for (const name of ["kept.txt", "written.txt", "removed.txt", "old.txt"]) writeFileSync(join(root, name), "before");
  const agent = await startAgent("folder-activity", { cwd: root, config: { client_id: "c-1" } });
  for (let index = 0; index < 5; index += 1) writeFileSync(join(root, `new-${index}.ts`), "new");
  writeFileSync(join(root, "written.txt"), "after, and longer");
  rmSync(join(root, "removed.txt"));
  renameSync(join(root, "old.txt"), join(root, "renamed.txt"));
  writeFileSync(join(root, "kept.txt.tmp"), "saved");
  renameSync(join(root, "kept.txt.tmp"), join(root, "kept.txt"));

  const worked = await agent.flush();
  expect(worked.data).toMatchObject({
    schema: "folder_activity.summary.v1",
    counts: { created: 5, modified: 2, deleted: 1, renamed: 1, total: 9 },
    folders: [root],
    dropped_events: 0,
    client_id: "c-1",
    activity_signal: { mode: "active", keep_alive: true },
  });
  expect(worked.metrics["interval_s"]).toBeGreaterThanOrEqual(0);
  const idle = await agent.flush();
  expect(idle.data).toMatchObject({
    counts: { created: 0, modified: 0, deleted: 0, renamed: 0, total: 0 },
    folders: [],
    path_samples: [],
    activity_signal: { mode: "active", keep_alive: false },
  });
  expect(await agent.shutdown()).toBe(0);
});

test("changes that wait are pending in heartbeats, so that a flush comes early", async () => {
  const root = temporaryFolder();
  const agent = await startAgent("folder-activity", { cwd: root, config: { coalesce_window_s: 0.05 } });
  await agent.nth("heartbeat");
  writeFileSync(join(root, "a.txt"), "a");
  const pending = (message: { readonly [field: string]: unknown }) =>
    (message["metrics"] as { pending?: number } | undefined)?.pending ?? 0;
  await until(() => agent.messages.some((message) => message.type === "heartbeat" && pending(message) === 1));
  const { data } = await agent.flush();
  expect(data["counts"]).toMatchObject({ created: 1 });
});

test("stop, flush, shutdown: what came before the stop is told, what came after is not", async () => {
  const root = temporaryFolder();
  const agent = await startAgent("folder-activity", { cwd: root });
  writeFileSync(join(root, "before.txt"), "x");
  agent.send({ cmd: "stop" });
  await until(() => agent.messages.some((message) => message["ack_command"] === "stop"));
  writeFileSync(join(root, "after.txt"), "x");
  agent.send({ cmd: "sequence", sequence: ["flush", "shutdown"] });
  const summary = await agent.nth("summary");
  expect(summary["data"]).toMatchObject({ counts: { created: 1 }, path_samples: [join(root, "before.txt")] });
  await until(() => agent.child.exitCode !== null);
  expect(agent.child.exitCode).toBe(0);
});

test("a folder that is missing is told, and watched as soon as it is there", async () => {
  const root = join(temporaryFolder(), "later");
  const agent = await startAgent("folder-activity", {
    cwd: temporaryFolder(),
    config: { watch_dirs: [root], poll_interval_s: 0.02 },
  });
  const error = await agent.nth("error");
  expect(error["message"]).toContain(root);
  await until(() => agent.messages.some((message) => message.type === "status" && message["health"] === "degraded"));
  expect((await agent.flush()).data).toMatchObject({ activity_signal: { keep_alive: false } });
  expect(await agent.shutdown()).toBe(0);
});

test("two flushes with the collector's data inside the watched folder report no work", async () => {
  const root = temporaryFolder();
  const data = join(root, "mimolo data", "data");
  const agent = await startAgent("folder-activity", {
    cwd: root,
    environment: { MIMOLO_DATA_DIR: data, MIMOLO_AGENT_DATA_DIR: join(data, "agents", "a", "1") },
  });
  for (const name of ["evidence/commits.jsonl", "state/head.json", "data/agents/a/1/spool/x"]) {
    const path = join(root, "mimolo data", name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, "x");
  }
  for (let round = 0; round < 2; round += 1) {
    expect((await agent.flush()).data).toMatchObject({ counts: { total: 0 }, activity_signal: { keep_alive: false } });
  }
});

test.runIf(needs("git"))("git-activity tells of commits, and not of what was there before", async () => {
  const repository = newRepository();
  repository.commit("a.txt");
  repository.write("a.txt", "dirty since long ago");
  const agent = await startAgent("git-activity", { cwd: repository.folder });
  expect((await agent.flush()).data).toMatchObject({
    schema: "git_activity.summary.v1",
    repositories: [{ path: repository.folder, branch: "main", commits: [], changed_files: 1 }],
    activity_signal: { mode: "active", keep_alive: false },
  });
  const hash = repository.commit("b.txt");
  expect((await agent.flush()).data).toMatchObject({
    repositories: [{ commits: [{ hash, subject: "write b.txt" }] }],
    activity_signal: { keep_alive: true, reason: "1 commit" },
  });
  expect((await agent.flush()).data).toMatchObject({ activity_signal: { keep_alive: false } });
  expect(await agent.shutdown()).toBe(0);
});

test.runIf(needs("git"))("git-activity without git says so and lives on", async () => {
  const repository = newRepository();
  const agent = await startAgent("git-activity", {
    cwd: repository.folder,
    config: { poll_interval_s: 0.02 },
    environment: { PATH: temporaryFolder() },
  });
  const isDegraded = (message: { type: string; [field: string]: unknown }) =>
    message.type === "status" && message["health"] === "degraded";
  await until(() => agent.messages.some((message) => isDegraded(message)));
  expect(agent.messages.filter((message) => isDegraded(message)).map(({ message }) => message)).toEqual([
    "git is not installed, or not on PATH",
  ]);
  expect((await agent.flush()).data).toMatchObject({ activity_signal: { keep_alive: false } });
  expect(await agent.shutdown()).toBe(0);
});

test("system-load is passive", async () => {
  const agent = await startAgent("system-load", { cwd: temporaryFolder() });
  const { data } = await agent.flush();
  expect(data).toMatchObject({
    schema: "system_load.summary.v1",
    cpu_percent: { mean: expect.any(Number), max: expect.any(Number) },
    load_1m: expect.any(Number),
    memory_percent: expect.any(Number),
    disk_percent: expect.any(Number),
    samples: expect.any(Number),
    activity_signal: { mode: "passive", keep_alive: null },
  });
  expect(await agent.shutdown()).toBe(0);
});
