import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NO_TRUST, readTrust, withKey, writeTrust } from "../../src/index.ts";
import { folder, freshKey, trusted } from "../samples.ts";

/** Runs `write` while no file may grow beyond `bytes`. Nothing else of this process runs meanwhile. */
function withFullDisk(bytes: number, write: () => void): void {
  const pid = String(process.pid);
  execFileSync("prlimit", ["--pid", pid, `--fsize=${bytes}:`]);
  try {
    write();
  } finally {
    execFileSync("prlimit", ["--pid", pid, "--fsize=unlimited:"]);
  }
}

const hasPrlimit = spawnSync("prlimit", ["--pid", String(process.pid), "--fsize"], { stdio: "ignore" }).status === 0;

test.runIf(hasPrlimit)("a disk that fills up in the middle leaves the old file, whole, and nothing beside it", () => {
  const root = folder();
  const file = join(root, "trust.json");
  const before = withKey(NO_TRUST, trusted(freshKey()));
  writeTrust(file, before);
  const bytes = readFileSync(file);
  const much = Array.from({ length: 20 }, () => freshKey()).reduce((data, key) => withKey(data, trusted(key)), before);
  withFullDisk(1024, () => expect(() => writeTrust(file, much)).toThrow("EFBIG"));
  expect(readFileSync(file)).toEqual(bytes);
  expect(readdirSync(root)).toEqual(["trust.json"]);
  writeTrust(file, much);
  expect(readTrust(file)).toEqual(much);
});
