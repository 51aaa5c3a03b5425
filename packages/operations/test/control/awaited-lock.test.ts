import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { awaitedLock } from "../../src/control/awaited-lock.ts";
import { makeDataDirectory } from "../../src/data-directory.ts";
import { dataDirectory } from "../../src/index.ts";

/** A data directory whose lock a living process holds. */
function held() {
  const directory = dataDirectory(mkdtempSync(join(tmpdir(), "mimolo-lock-")));
  makeDataDirectory(directory);
  const holder = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "inherit"] });
  onTestFinished(() => {
    holder.kill("SIGKILL");
    rmSync(directory.root, { recursive: true, force: true });
  });
  const { pid } = holder;
  writeFileSync(directory.lock, JSON.stringify({ pid, start_time: null }));
  return { directory, holder, pid };
}

test("a holder that listens nowhere is waited for, and has the lock taken from it when it dies", async () => {
  const { directory, holder, pid } = held();
  await expect(awaitedLock(directory, 50)).rejects.toMatchObject({ name: "AlreadyRunningError", pid });
  const taken = awaitedLock(directory, 20_000);
  holder.kill("SIGKILL");
  await once(holder, "exit");
  (await taken)();
});

test("a collector that listens is told at once", async () => {
  const { directory, pid } = held();
  writeFileSync(directory.address, JSON.stringify({ pid, socket: "/somewhere", started_at: "" }));
  await expect(awaitedLock(directory, 60_000)).rejects.toMatchObject({ pid, address: "/somewhere" });
});
