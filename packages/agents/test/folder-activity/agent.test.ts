import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { folderActivityAgent } from "../../src/folder-activity/agent.ts";
import { temporaryFolder } from "./scene.ts";

test("the settings of the handshake's answer hold over those of the environment", async () => {
  const [early, late] = [temporaryFolder(), temporaryFolder()];
  const agent = await folderActivityAgent({ MIMOLO_CONFIG: JSON.stringify({ watch_dirs: [early] }) });
  const collector = fakeCollector({ config: { watch_dirs: [late] } });
  await collector.connect(agent);
  writeFileSync(join(early, "a.txt"), "");
  writeFileSync(join(late, "b.txt"), "");
  const summary = await collector.flush();
  expect(summary.data).toMatchObject({ counts: { total: 1 }, path_samples: [join(late, "b.txt")] });
  expect(await collector.shutdown()).toBe(0);
});

test("settings of the wrong kind are named, and the defaults hold", async () => {
  const cwd = temporaryFolder();
  const config = {
    watch_dirs: 7,
    extensions: [1],
    coalesce_window_s: "soon",
    emit_path_samples_limit: -1,
    client_id: {},
  };
  const collector = fakeCollector({ config });
  await collector.connect(await folderActivityAgent({}, { cwd }));
  const warnings = collector.all("log").filter((log) => log.level === "warning");
  expect(warnings.map((log) => log.message)).toEqual([
    "watch_dirs should be a list of texts; the default holds",
    "extensions should be a list of texts; the default holds",
    "client_id should be a text; the default holds",
    "coalesce_window_s should be a number from 0 to 3600; the default holds",
    "emit_path_samples_limit should be a number from 0 to 1000; the default holds",
  ]);
  writeFileSync(join(cwd, "a.txt"), "");
  expect((await collector.flush()).data).toMatchObject({ counts: { created: 1 } });
  await collector.shutdown();
});

test("MIMOLO_CONFIG that is no JSON is as if it were not there", async () => {
  const cwd = temporaryFolder();
  const collector = fakeCollector();
  await collector.connect(await folderActivityAgent({ MIMOLO_CONFIG: "{" }, { cwd }));
  writeFileSync(join(cwd, "a.txt"), "");
  expect((await collector.flush()).data).toMatchObject({ path_samples: [join(cwd, "a.txt")] });
  await collector.shutdown();
});

test("a missing folder makes the agent degraded with the reason, and well again when it is there", async () => {
  const root = join(temporaryFolder(), "later");
  const collector = fakeCollector({ config: { watch_dirs: [root], client_name: "Acme" } });
  await collector.connect(await folderActivityAgent({}));
  await collector.advance(120_000);
  expect(collector.all("error")[0]?.message).toBe(`no such folder: ${root}`);
  expect(collector.all("status").at(-1)?.health).toBe("degraded");
  mkdirSync(root);
  writeFileSync(join(root, "first.txt"), "");
  await collector.advance(120_000);
  expect(collector.all("status").at(-1)?.health).toBe("ok");
  expect((await collector.flush()).data).toMatchObject({ counts: { created: 1 }, client_name: "Acme" });
  await collector.shutdown();
});

test("with no folder to watch the agent says so", async () => {
  const collector = fakeCollector({ config: { watch_dirs: [] } });
  await collector.connect(await folderActivityAgent({}));
  await collector.advance(0);
  expect(collector.all("error")[0]?.message).toBe("no folder to watch: watch_dirs is empty");
  await collector.shutdown();
});

test("what happens between stop and start is not counted", async () => {
  const cwd = temporaryFolder();
  const collector = fakeCollector();
  await collector.connect(await folderActivityAgent({}, { cwd }));
  await collector.send({ cmd: "stop" });
  await collector.next("ack");
  writeFileSync(join(cwd, "unseen.txt"), "");
  await collector.send({ cmd: "start" });
  await collector.next("ack");
  writeFileSync(join(cwd, "seen.txt"), "");
  expect((await collector.flush()).data).toMatchObject({ counts: { total: 1 }, path_samples: [join(cwd, "seen.txt")] });
  await collector.shutdown();
});

test("a summary of work says since when", async () => {
  const cwd = temporaryFolder();
  const collector = fakeCollector();
  await collector.connect(await folderActivityAgent({}, { cwd }));
  writeFileSync(join(cwd, "a.txt"), "");
  const { metrics, data } = await collector.flush();
  expect(data.activity_signal).toEqual({ mode: "active", keep_alive: true, reason: "1 change to files" });
  const { interval_s: intervalS } = metrics as { interval_s: number };
  expect(intervalS).toBeGreaterThanOrEqual(0);
  expect(intervalS).toBeLessThan(5);
  await collector.shutdown();
});
