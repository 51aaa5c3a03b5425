import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockHolder, takeLock } from "../../src/control/lock.ts";
import { AlreadyRunningError } from "../../src/error.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mimolo-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const lock = () => join(folder, "lock.json");
const address = () => join(folder, "address.json");

test("a second taker is told who holds it and where that one listens", () => {
  takeLock(lock(), address());
  writeFileSync(address(), JSON.stringify({ pid: process.pid, socket: "/tmp/somewhere.sock", started_at: "" }));
  const refused = () => takeLock(lock(), address());
  expect(refused).toThrow(AlreadyRunningError);
  expect(refused).toThrow(`already running (pid ${process.pid}, /tmp/somewhere.sock)`);
});

test("after a release the next one gets it, and nothing is left lying about", () => {
  takeLock(lock(), address())();
  expect(lockHolder(lock())).toBeNull();
  takeLock(lock(), address())();
  expect(readdirSync(folder)).toEqual([]);
});

test("the lock of a dead process is taken over", () => {
  writeFileSync(lock(), JSON.stringify({ pid: 2 ** 30, start_time: "1" }));
  takeLock(lock(), address());
  expect(lockHolder(lock())).toBe(process.pid);
});

test("a reused pid does not count as the old collector", () => {
  writeFileSync(lock(), JSON.stringify({ pid: process.pid, start_time: "1" }));
  expect(lockHolder(lock())).toBe(process.platform === "linux" ? null : process.pid);
});

test("a lock file that is no lock is not a reason to refuse", () => {
  for (const content of ["", "{", "[]", '{"pid":"x"}', "\0\0"]) {
    writeFileSync(lock(), content);
    takeLock(lock(), address())();
  }
});
