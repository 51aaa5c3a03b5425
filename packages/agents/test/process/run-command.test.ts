// One run of a command: real processes, that hang, flood, or leave something behind.
import { systemClock } from "@mimolo/agent-sdk";
import { describe, expect, test, vi } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { startCommand } from "../../src/command/run-command.ts";

// Whole processes on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 });

const LONG_MS = 20_000;

function started(script: string, timeoutMs = LONG_MS, executable = "sh") {
  const task = {
    as: "lines",
    name: "it",
    executable,
    args: ["-c", script],
    files: [],
    inherited: 1,
    wrapped: false,
  } as const;
  const environment = { ...process.env, MIMOLO_COMMAND: "{}", MIMOLO_CONFIG: "{}" };
  return startCommand({ task, inherited: [Buffer.from("handed on")], environment, timeoutMs, clock: systemClock });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe.runIf(needs("sh"))("one run of a command", () => {
  test("it has what it is handed, and not what is ours", async () => {
    const run = await started('cat <&3; echo " ${MIMOLO_COMMAND-unset} ${MIMOLO_CONFIG-unset}"; echo oh >&2; exit 3')
      .ended;
    expect(run).toMatchObject({ stdout: "handed on unset unset\n", stderr: "oh", exitCode: 3, timedOut: false });
  });

  test("ended when it takes too long, with the child it waits for", async () => {
    const run = await started("sleep 600 & echo $!; wait", 300).ended;
    expect(run).toMatchObject({ timedOut: true, signal: "SIGKILL", exitCode: null });
    await vi.waitUntil(() => !isAlive(Number(run.stdout)), { timeout: 10_000 });
  });

  test.runIf(process.platform === "linux")("so is what cut itself loose: another session, another parent", async () => {
    const detach = `spawn("sleep", ["600"], { detached: true, stdio: "ignore" })`;
    const loose = `const child = require("node:child_process").${detach}; console.log(child.pid); child.unref();`;
    const run = await started(`"${process.execPath}" -e '${loose}'; sleep 600`, 2_000).ended;
    expect(run).toMatchObject({ timedOut: true, stdout: expect.stringMatching(/^\d+\n$/) });
    await vi.waitUntil(() => !isAlive(Number(run.stdout)), { timeout: 5_000 });
  });

  test("an argument that no system takes is named, with its length", async () => {
    const { failure } = await started("x".repeat(140_000)).ended;
    expect(failure).toBe(
      'the argument "xxxxxxxxxxxxxxxxxxxx"… takes 140,000 bytes, more than this system hands to a program',
    );
  });

  test("what it leaves behind does not hold the run for ever", async () => {
    const run = await started("sleep 600 & echo $!").ended;
    process.kill(Number(run.stdout), "SIGKILL");
    expect(run).toMatchObject({ timedOut: false, exitCode: 0 });
    expect(run.stdout).toMatch(/^\d+\n$/);
  });

  test("a flood is read as far as there is room", async () => {
    const run = await started("yes 0123456789 | head -c 3000000").ended;
    expect(run).toMatchObject({ truncated: true, exitCode: 0 });
    expect(run.stdout).toHaveLength(262_144);
  });

  test("one that is asked to end at once ends", async () => {
    const { ended, kill } = started("sleep 600");
    kill();
    expect(await ended).toMatchObject({ signal: "SIGKILL", timedOut: false, givenUp: true });
  });

  test.each(["/no/such/program", "no\0name"])("%j says that it cannot be started", async (executable) => {
    expect(await started("", LONG_MS, executable).ended).toMatchObject({ failure: expect.any(String), exitCode: null });
  });
});
