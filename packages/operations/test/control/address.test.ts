import { createServer } from "node:net";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findRunning, prepareSocket, socketPath, writeAddress } from "../../src/control/address.ts";
import { takeLock } from "../../src/control/lock.ts";
import { dataDirectory, makeDataDirectory } from "../../src/data-directory.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mimolo-address-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the socket lies in the data directory", () => {
  expect(socketPath(dataDirectory("/home/me/.local/share/mimolo"), {})).toBe(
    "/home/me/.local/share/mimolo/control/mimolo.sock",
  );
});

test("a path too long for a socket moves to a private folder, the same one for the same directory", () => {
  const long = dataDirectory(join(folder, "x".repeat(90)));
  const socket = socketPath(long, { XDG_RUNTIME_DIR: folder });
  expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(100);
  expect(dirname(dirname(socket))).toBe(folder);
  expect(socketPath(long, { XDG_RUNTIME_DIR: folder })).toBe(socket);
  expect(socketPath(dataDirectory(join(folder, "y".repeat(90))), { XDG_RUNTIME_DIR: folder })).not.toBe(socket);
  prepareSocket(socket);
  expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
});

test.skipIf(process.platform === "win32")(
  "a folder that others could have made is taken as one's own only if it is",
  () => {
    const open = join(folder, "open");
    mkdirSync(open);
    chmodSync(open, 0o1777);
    const elsewhere = join(folder, "elsewhere");
    mkdirSync(elsewhere, { mode: 0o755 });
    symlinkSync(elsewhere, join(open, "linked"));
    expect(() => prepareSocket(join(open, "linked", "mimolo.sock"))).toThrow(
      expect.objectContaining({ code: "socket-unusable" }),
    );
    expect(statSync(elsewhere).mode & 0o777).toBe(0o755);
    prepareSocket(join(open, "own", "mimolo.sock"));
    prepareSocket(join(open, "own", "mimolo.sock"));
    if (process.getuid?.() !== 0) return;
    mkdirSync(join(open, "foreign"));
    chownSync(join(open, "foreign"), 65_534, 65_534);
    expect(() => prepareSocket(join(open, "foreign", "mimolo.sock"))).toThrow(
      expect.objectContaining({ code: "socket-unusable" }),
    );
  },
);

test("a socket that a dead collector left is cleared and can be bound again", async () => {
  const socket = join(folder, "mimolo.sock");
  writeFileSync(socket, "");
  prepareSocket(socket);
  expect(existsSync(socket)).toBe(false);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  await new Promise((resolve) => server.close(resolve));
});

test("an address counts only while its lock is held by a living process", async () => {
  const directory = dataDirectory(join(folder, "data"));
  makeDataDirectory(directory);
  writeAddress(directory, { pid: process.pid, socket: "/tmp/a.sock", started_at: "2026-11-21T00:00:00Z" });
  expect(await findRunning(directory.root)).toBeNull();
  const release = takeLock(directory.lock, directory.address);
  expect(await findRunning(directory.root)).toMatchObject({ pid: process.pid, socket: "/tmp/a.sock" });
  // What a dead collector left, while the next one starts.
  writeAddress(directory, { pid: process.ppid, socket: "/tmp/a.sock", started_at: "2026-11-21T00:00:00Z" });
  expect(await findRunning(directory.root)).toBeNull();
  writeAddress(directory, { pid: process.pid, socket: "/tmp/a.sock", started_at: "2026-11-21T00:00:00Z" });
  release();
  expect(await findRunning(directory.root)).toBeNull();
});
