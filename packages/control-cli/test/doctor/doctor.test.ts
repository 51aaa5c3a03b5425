import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunProgram } from "../../src/doctor/check.ts";
import { checkPrivate, checkRoom, checkSocketPath, checkWritable } from "../../src/doctor/folder.ts";
import { checkClock, checkGit, checkNode, checkSandbox, checkWatches } from "../../src/doctor/machine.ts";

const programs =
  (answers: Record<string, string | null>): RunProgram =>
  (file, args) => {
    const output = answers[[file, ...args].join(" ")] ?? answers[file] ?? null;
    return Promise.resolve({ ok: output !== null, output: output ?? "not found" });
  };

test("an old Node fails, a supported one passes", () => {
  expect(checkNode("20.18.3").state).toBe("failed");
  expect(checkNode("18.20.0").state).toBe("failed");
  expect(checkNode("20.19.0").state).toBe("ok");
  expect(checkNode("24.1.0").state).toBe("ok");
});

test("git without an e-mail address is a warning with the command that helps", async () => {
  expect(await checkGit(programs({}))).toMatchObject({ state: "warning" });
  const git = { "git --version": "git version 2.47" };
  expect((await checkGit(programs(git))).fix).toContain("user.email");
  expect(await checkGit(programs({ ...git, "git config user.email": "ada@example.org" }))).toMatchObject({
    state: "ok",
    message: "git version 2.47, commits of ada@example.org",
  });
});

test("low inotify limits are named with the command that raises them", () => {
  const limits = (watches: string, instances: string) => (file: string) =>
    file.endsWith("watches") ? watches : instances;
  expect(checkWatches("linux", limits("524288", "512")).state).toBe("ok");
  expect(checkWatches("linux", limits("4096", "512"))).toMatchObject({ state: "warning", fix: /sysctl/ });
  expect(checkWatches("linux", limits("", "")).state).toBe("warning");
  expect(checkWatches("darwin", limits("", "")).state).toBe("ok");
});

test("the sandbox is called working only where it was run, and else what helps is said", () => {
  const no = () => "";
  expect(checkSandbox("linux", { bubblewrap: "/usr/bin/bwrap", why: "" }, no)).toMatchObject({ state: "ok" });
  const missing = { bubblewrap: null, why: "bubblewrap is not installed" };
  expect(checkSandbox("linux", missing, no)).toMatchObject({ state: "warning", fix: /apt install bubblewrap/ });
  const forbidden = { bubblewrap: null, why: "bubblewrap is installed (/usr/bin/bwrap) and does not work here: no" };
  expect(checkSandbox("linux", forbidden, no).fix).toContain("user namespaces");
  expect(checkSandbox("linux", forbidden, () => "1").fix).toContain("AppArmor");
  const none = { bubblewrap: null, why: "there is no sandbox for macOS yet" };
  expect(checkSandbox("darwin", none, no)).toMatchObject({ state: "warning", message: /macOS/ });
});

test("a clock before this version, or before the last evidence, is noticed", () => {
  const nowMs = Date.parse("2026-11-21T10:00:00Z");
  expect(checkClock(0, null).state).toBe("failed");
  expect(checkClock(nowMs, nowMs + 3_600_000).state).toBe("warning");
  expect(checkClock(nowMs, nowMs - 1000).state).toBe("ok");
});

test("a folder that is there or can be made is fine, a file in its place is not", () => {
  const root = mkdtempSync(join(tmpdir(), "mimolo doctor "));
  expect(checkWritable(root).message).toBe(`${root} is writable`);
  expect(checkWritable(join(root, "a", "b"))).toMatchObject({
    state: "ok",
    message: `${join(root, "a", "b")} will be made`,
  });
  writeFileSync(join(root, "file"), "");
  expect(checkWritable(join(root, "file")).state).toBe("failed");
  expect(checkWritable(join(root, "file", "below")).state).toBe("failed");
  expect(checkRoom(root).id).toBe("room");
});

test.skipIf(process.platform === "win32")("what others may read is told with the chmod that ends it", () => {
  const root = mkdtempSync(join(tmpdir(), "mimolo-doctor-"));
  const key = join(root, "trust", "collector.key");
  mkdirSync(join(root, "trust"));
  writeFileSync(key, "", { mode: 0o600 });
  chmodSync(root, 0o755);
  expect(checkPrivate(root, key, "linux")).toMatchObject({ state: "warning", fix: `chmod 700 '${root}'` });
  chmodSync(root, 0o700);
  expect(checkPrivate(root, key, "linux").state).toBe("ok");
  chmodSync(key, 0o644);
  expect(checkPrivate(root, key, "linux")).toMatchObject({ state: "failed", fix: `chmod 600 '${key}'` });
  expect(checkPrivate(join(root, "nowhere"), key, "linux").state).toBe("ok");
});

test("a socket path that is too long is said to move", () => {
  expect(checkSocketPath("/tmp/x/mimolo.sock", "linux").message).toContain("18 bytes");
  expect(checkSocketPath(`/${"x".repeat(120)}`, "linux").message).toContain("private folder");
});
