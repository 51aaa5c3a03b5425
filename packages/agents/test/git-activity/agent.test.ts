import { join } from "node:path";
import { fakeCollector } from "@mimolo/agent-sdk/testing";
import { expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { gitActivityAgent } from "../../src/git-activity/agent.ts";
import { temporaryFolder } from "../folder-activity/scene.ts";
import { newRepository } from "../git/scene.ts";

const withGit = test.runIf(needs("git"));

withGit("a commit makes the agent pending at its next sample, and is told with its reason", async () => {
  const repository = newRepository();
  repository.commit("a.txt");
  const collector = fakeCollector({
    config: { watch_dirs: [repository.folder], client_id: "c-1", client_name: "Acme" },
  });
  await collector.connect(await gitActivityAgent({}, { cwd: temporaryFolder() }));
  // Its folder came with the handshake's answer: only now has it looked there.
  await collector.next("status");
  repository.commit("b.txt");
  const { data, metrics } = await collector.flush();
  expect(data).toMatchObject({ client_id: "c-1", client_name: "Acme" });
  expect(data.activity_signal).toEqual({ mode: "active", keep_alive: true, reason: "1 commit" });
  expect((metrics as { interval_s: number }).interval_s).toBeLessThan(10);
  expect((await collector.flush()).data.activity_signal?.keep_alive).toBe(false);
  repository.write("a.txt", "edited, not committed");
  expect((await collector.flush()).data.activity_signal?.reason).toBe("git: changed files");
  expect(await collector.shutdown()).toBe(0);
});

withGit("what is committed between stop and start is not counted", async () => {
  const repository = newRepository();
  repository.commit("a.txt");
  const collector = fakeCollector();
  await collector.connect(await gitActivityAgent({}, { cwd: repository.folder }));
  await collector.send({ cmd: "stop" });
  await collector.next("ack");
  repository.commit("b.txt");
  await collector.send({ cmd: "start" });
  await collector.next("ack");
  expect((await collector.flush()).data.activity_signal?.keep_alive).toBe(false);
  repository.commit("c.txt");
  expect((await collector.flush()).data.activity_signal?.keep_alive).toBe(true);
  await collector.shutdown();
});

test("a folder without repositories is watched in vain, and that is no error", async () => {
  const cwd = temporaryFolder();
  const collector = fakeCollector({ config: { watch_dirs: [join(cwd, "nowhere")], client_id: 7 } });
  await collector.connect(await gitActivityAgent({}, { cwd }));
  expect(collector.all("log").map((log) => log.message)).toContain("client_id should be a text; the default holds");
  expect((await collector.flush()).data).toMatchObject({ repositories: [] });
  expect(collector.all("error")).toEqual([]);
  expect(await collector.shutdown()).toBe(0);
});
