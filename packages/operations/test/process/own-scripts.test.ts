import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { shellWord } from "../../src/allow-command.ts";
import { LiveTrust, nodeScript, textOf } from "./live-trust.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const confines = needs("bwrap");
const noSandbox = { sandbox: { bubblewrap: null, why: "bubblewrap is not installed" } };
const walls = ["network", "files", "subprocess"];

test("a script nobody allowed is blocked with the one command that helps, and that command starts it", async () => {
  const live = new LiveTrust();
  const script = live.script("reports-work");
  await live.start({ mine: nodeScript(script) });
  const blocked = await live.blocked("mine");
  expect(blocked).toMatchObject({ verdict: "not-allowlisted", pid: null, granted: [] });
  const command = `: mimolo allow ${shellWord(script)} --data-dir ${shellWord(live.scene.root)}`;
  expect(blocked.blocked?.slice(-command.length)).toBe(command);

  expect((await live.ask("POST", "/allow", { path: script })).status).toBe(201);
  expect(await live.running("mine")).toMatchObject({ verdict: "trusted" });
});

test("an allowed script that was edited runs on, and is refused at its next launch", async () => {
  const live = new LiveTrust();
  const script = live.script("reports-work");
  await live.scene.desk((desk) => desk.allow({ path: script, by: "cli" }));
  const collector = await live.start({ mine: nodeScript(script) });
  const { pid } = await live.running("mine");
  appendFileSync(script, "// one more line\n");
  // Trust of something else changes meanwhile: that is no launch.
  await live.ask("POST", "/keys", { label: "another" });
  expect(live.agent("mine")).toMatchObject({ state: "running", pid, verdict: "trusted" });

  await collector.control("mine", "restart");
  const blocked = await live.blocked("mine");
  expect(blocked.verdict).toBe("modified");
  expect(blocked.blocked).toContain(`has changed since it was allowed; allow it with: mimolo allow '${script}'`);
  await expect(collector.control("mine", "start")).rejects.toThrow(/has changed since it was allowed/);
  writeFileSync(script, textOf("reports-work"));
  await collector.control("mine", "start");
  await live.running("mine");
  expect(live.agent("mine").verdict).toBe("trusted");
  await collector.stop();
  const about = (await live.scene.audited()).filter((line) => line.endsWith("local.mine"));
  expect(about).toEqual(["launch local.mine", "deny local.mine", "launch local.mine"]);
});

test("an agent that died finds out at its restart that its script is another", async () => {
  const live = new LiveTrust();
  const script = live.script("reports-work");
  await live.scene.desk((desk) => desk.allow({ path: script, by: "cli" }));
  await live.start({ mine: nodeScript(script) });
  const { pid } = await live.running("mine");
  writeFileSync(script, "process.exit(0);\n");
  process.kill(pid ?? 0, "SIGKILL");
  expect(await live.blocked("mine")).toMatchObject({ verdict: "modified" });
});

test("the command that allows an edited script grants again what it had; of a shell script that is not worth saying", async () => {
  const live = new LiveTrust();
  const script = live.script("reports-work");
  const shell = live.script("reports-work", "agent.sh");
  await live.scene.desk((desk) => desk.allow({ path: script, grants: ["network", "display"], by: "cli" }));
  await live.scene.desk((desk) => desk.allow({ path: shell, by: "cli" }));
  for (const path of [script, shell]) appendFileSync(path, "\n");
  await live.start({ mine: nodeScript(script), shell: { executable: "sh", args: [shell] } });
  expect((await live.blocked("mine")).blocked).toMatch(/ --grant network display$/);
  expect((await live.blocked("shell")).blocked).toMatch(/has changed since .*: mimolo allow (?!.* --grant)/);
});

test("every file of a command has to be allowed", async () => {
  const live = new LiveTrust();
  const script = live.script("reports-work");
  const setup = live.script("says-nothing", "setup.mjs");
  writeFileSync(setup, "");
  await live.scene.desk((desk) => desk.allow({ path: script, by: "cli" }));
  await live.start({
    mine: { executable: process.execPath, args: ["--import", setup, script] },
    code: { executable: process.execPath, args: ["-e", "setInterval(() => 0, 1000)", script] },
    gone: nodeScript(`${script}.gone`),
  });
  expect((await live.blocked("mine")).blocked).toContain(`mimolo allow ${shellWord(setup)}`);
  expect((await live.blocked("code")).blocked).toContain("put the code into a file");
  const gone = (await live.blocked("gone")).blocked;
  expect(gone).toContain(`${script}.gone, which ${process.execPath} is to run, is no file`);
  expect(gone).toContain(`once it is there: mimolo allow ${shellWord(`${script}.gone`)}`);
  await live.ask("POST", "/allow", { path: setup });
  await live.running("mine");
});

test.runIf(confines)("an allowed script is confined to what it was granted, and new grants start it anew", async () => {
  const live = new LiveTrust();
  const script = live.script("reports-work");
  await live.start({ mine: nodeScript(script) });
  await live.blocked("mine");
  await live.ask("POST", "/allow", { path: script });
  const before = await live.running("mine");
  expect(before.enforced).toEqual(expect.arrayContaining(walls));
  expect(before).toMatchObject({ granted: [], unenforced: [] });

  await live.ask("POST", "/allow", { path: script, grants: ["network"] });
  const after = await live.until("mine", ({ state, pid }) => state === "running" && pid !== before.pid);
  expect(after).toMatchObject({ granted: ["network"] });
});

test.runIf(confines)("one that met a wall leaves a warning with the one grant that opens it, once", async () => {
  const live = new LiveTrust();
  const script = live.script("reports-work");
  writeFileSync(script, 'import { readFileSync } from "node:fs";\nreadFileSync("/etc/passwd");\n');
  await live.scene.desk((desk) => desk.allow({ path: script, grants: ["subprocess"], by: "cli" }));
  await live.start({ mine: nodeScript(script) });
  await live.until("mine", ({ restarts }) => restarts >= 1);
  const hints = live.said.filter(({ code }) => code === "sandbox-hint");
  expect(hints).toMatchObject([
    { level: "warning", message: expect.stringMatching(/^it may not touch files but its own/) },
  ]);
  expect(hints[0]?.message).toMatch(/ --grant subprocess filesystem$/);
});

test.runIf(confines)("one that lives with its errors gets the same warning", async () => {
  const live = new LiveTrust();
  const script = live.script("reports-work");
  appendFileSync(script, 'console.error("Error: connect ENETUNREACH 192.0.2.1:443");\n');
  await live.scene.desk((desk) => desk.allow({ path: script, by: "cli" }));
  await live.start({ mine: nodeScript(script) });
  await expect
    .poll(() => live.said.find(({ code }) => code === "sandbox-hint")?.message, { timeout: 10_000 })
    .toMatch(/^it may not touch the network.* --grant network$/);
  expect(live.agent("mine").state).toBe("running");
});

test.runIf(confines)("one in a folder of its project finds the modules and the package.json above it", async () => {
  const live = new LiveTrust();
  const inProject = (...parts: string[]) => join(live.scene.folder, "project", ...parts);
  for (const folder of ["agents", "node_modules/helper"]) mkdirSync(inProject(folder), { recursive: true });
  writeFileSync(inProject("package.json"), '{ "type": "module" }');
  writeFileSync(inProject("node_modules/helper/index.js"), "module.exports = 1;\n");
  const script = inProject("agents", "mine.js");
  writeFileSync(script, `import "helper";\n${textOf("reports-work")}`);
  await live.scene.desk((desk) => desk.allow({ path: script, by: "cli" }));
  await live.start({ mine: nodeScript(script) });
  expect((await live.running("mine")).enforced).toContain("files");
});

test("where there is no sandbox it runs nevertheless, and its status says what nobody holds", async () => {
  const live = new LiveTrust();
  const script = live.script("reports-work");
  await live.scene.desk((desk) => desk.allow({ path: script, grants: ["filesystem"], by: "cli" }));
  await live.start({ mine: nodeScript(script) }, noSandbox);
  const { enforced, unenforced } = await live.running("mine");
  expect(unenforced).toContain("network");
  for (const wall of walls) expect(enforced.includes(wall)).not.toBe(unenforced.includes(wall));
  const about = live.said.filter(({ code }) => code === "unconfined");
  expect(about.map(({ message }) => message)).toEqual([expect.stringContaining("bubblewrap is not installed")]);
});

test("where a sandbox is required and there is none it stays blocked, with what helps", async () => {
  const live = new LiveTrust();
  const script = live.script("reports-work");
  await live.scene.desk((desk) => desk.allow({ path: script, by: "cli" }));
  await live.start({ mine: nodeScript(script, { sandbox: "require" }) }, noSandbox);
  const { verdict, blocked } = await live.blocked("mine");
  expect(verdict).toBe("trusted");
  expect(blocked).toMatch(/bubblewrap is not installed; .*sandbox = "prefer" under \[plugins.mine\]/);
});

test("an embedder's word runs a script as it is; with grants it is confined to them and held to its bytes", async () => {
  const live = new LiveTrust();
  const word = live.script("reports-work", "word.mjs");
  const held = live.script("reports-work", "held.mjs");
  const collector = await live.start(
    { word: nodeScript(word), held: nodeScript(held) },
    { allow: [word, { path: held, grants: ["network"] }] },
  );
  expect(await live.running("word")).toMatchObject({ verdict: "trusted", unenforced: walls });
  const confined = await live.running("held");
  expect(confined).toMatchObject({ verdict: "trusted", granted: ["network"] });
  if (confines) expect(confined.enforced).toEqual(expect.arrayContaining(walls));
  appendFileSync(word, "\n");
  appendFileSync(held, "\n");
  await Promise.all(["word", "held"].map((label) => collector.control(label, "restart")));
  expect(await live.blocked("held")).toMatchObject({ verdict: "modified" });
  await live.running("word");
});

test("developer mode warns at every launch, and lifts nothing but trust", async () => {
  const live = new LiveTrust();
  const script = live.script("reports-work");
  const collector = await live.start({ mine: nodeScript(script) }, { dev: true });
  const { pid } = await live.running("mine");
  await collector.control("mine", "restart");
  await live.until("mine", (agent) => agent.state === "running" && agent.pid !== pid);
  expect(live.said.filter(({ code }) => code === "dev-launch")).toHaveLength(2);
  await collector.stop();
  expect((await live.scene.audited())[0]).toBe("mode collector");
});
