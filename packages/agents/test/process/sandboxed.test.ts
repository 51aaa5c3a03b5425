// The built-in agents where they are confined: nothing of the disk but what they said they read.
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { agents } from "../../src/index.ts";
import { until } from "../folder-activity/scene.ts";
import { gitIn, newRepository, repositoryIn } from "../git/scene.ts";
import { startAgent } from "./agent-process.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const inSandbox = test.runIf(needs("bwrap"));
const withGit = test.runIf(needs("bwrap") && needs("git"));

/** Below `/var/tmp`: a sandbox has a `/tmp` of its own. */
function hostFolder(): string {
  const folder = realpathSync(mkdtempSync("/var/tmp/mimolo-agents-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** bubblewrap's arguments before the command: the system, Node, the agent, its own folder and what it reads. */
function confined(label: string, options: { cwd: string; home: string; config?: object; hidden?: string }) {
  const plugin = agents.find((each) => each.default_label === label);
  if (plugin === undefined) throw new Error(`no agent is called ${label}`);
  const own = hostFolder();
  const environment = { HOME: options.home, MIMOLO_AGENT_DATA_DIR: own };
  const roots = plugin.rootsFor?.({ ...plugin.defaults, ...options.config }, { cwd: options.cwd, environment }) ?? [];
  const system = ["/usr", "/bin", "/lib", "/lib64", process.execPath, dirname(plugin.entry)].filter((path) =>
    existsSync(path),
  );
  const mounts = [...system, ...roots.filter((path) => !path.startsWith("/proc/"))];
  const bubblewrap = [
    "--die-with-parent --unshare-user-try --unshare-pid --unshare-ipc --unshare-net --cap-drop ALL".split(" "),
    "--tmpfs /tmp --dev /dev --proc /proc".split(" "),
    mounts.flatMap((path) => ["--ro-bind", path, path]),
    options.hidden === undefined ? [] : ["--tmpfs", options.hidden],
    ["--bind", own, own, "--chdir", roots.some((root) => options.cwd.startsWith(root)) ? options.cwd : own],
  ].flat();
  const flag = process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission";
  const node = [
    flag,
    "--no-warnings",
    ...[dirname(plugin.entry), own, ...roots].map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${own}`,
    ...(plugin.capabilities.includes("subprocess") ? ["--allow-child-process"] : []),
  ];
  return startAgent(label, { ...options, environment, wrapped: { bubblewrap, node } });
}

inSandbox("folder-activity counts what happens outside, but not in the hidden data of the collector", async () => {
  const home = hostFolder();
  const data = join(home, "data");
  mkdirSync(data);
  const agent = await confined("folder-activity", { cwd: home, home, hidden: data });
  writeFileSync(join(home, "a.txt"), "a");
  writeFileSync(join(data, "evidence.jsonl"), "e");
  const { data: said } = await agent.flush();
  expect(said).toMatchObject({ counts: { created: 1, total: 1 }, path_samples: [join(home, "a.txt")] });
  expect(await agent.shutdown()).toBe(0);
});

inSandbox(
  "a watched folder that is removed ends the agent, so that the next start sees what took its place",
  async () => {
    const home = hostFolder();
    const watched = join(home, "watched");
    mkdirSync(watched);
    const config = { watch_dirs: [watched], poll_interval_s: 0.05 };
    const agent = await confined("folder-activity", { cwd: home, home, config });
    rmSync(watched, { recursive: true });
    mkdirSync(watched);
    await until(() => agent.child.exitCode !== null);
    const next = await confined("folder-activity", { cwd: home, home, config });
    writeFileSync(join(watched, "a.txt"), "a");
    expect((await next.flush()).data["counts"]).toMatchObject({ created: 1 });
  },
);

withGit(
  "git-activity sees commits in a repository, a worktree and a submodule, by the user of an included file",
  async () => {
    const home = hostFolder();
    writeFileSync(join(home, ".gitconfig"), '[includeIf "gitdir:~/"]\n\tpath = work.cfg\n');
    writeFileSync(join(home, "work.cfg"), "[user]\n\temail = me@example.org\n\tname = Me\n");
    const main = newRepository(join(home, "main"));
    main.commit("a.txt");
    main.git("config", "--unset", "user.email");
    main.git("worktree", "add", "--quiet", join(home, "tree"));
    main.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", main.folder, "part");
    for (const folder of [main.folder, join(home, "tree"), join(main.folder, "part")]) {
      const agent = await confined("git-activity", { cwd: folder, home });
      const { git, write } = repositoryIn(folder);
      write("b.txt");
      git("add", "b.txt");
      gitIn(folder, ["-c", "user.email=me@example.org", "-c", "user.name=Me", "commit", "--quiet", "-m", "work"]);
      const { data } = await agent.flush();
      expect(data["repositories"]).toMatchObject([{ path: folder, commits: [{ subject: "work" }] }]);
      expect(await agent.shutdown()).toBe(0);
    }
  },
);

inSandbox("system-load reads the machine's own figures, and those of the disk its evidence lies on", async () => {
  const home = hostFolder();
  const agent = await confined("system-load", { cwd: home, home });
  const { data } = await agent.flush();
  expect(data["memory_percent"]).toBeGreaterThan(0);
  expect(data["disk_percent"]).toBeGreaterThan(0);
  expect(await agent.shutdown()).toBe(0);
});
