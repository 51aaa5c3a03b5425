import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NO_TRUST, raiseHighWater, readTrust, shellWord, writeTrust } from "../../src/index.ts";
import { codeOf, errorOf, folder } from "../samples.ts";

const posix = process.platform !== "win32";

test.runIf(posix)("the file is its owner's alone, whatever the umask", () => {
  const file = join(folder(), "trust", "trust.json");
  const before = process.umask(0);
  try {
    writeTrust(file, NO_TRUST);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, "..")).mode & 0o777).toBe(0o700);
    process.umask(0o777);
    writeTrust(file, NO_TRUST);
  } finally {
    process.umask(before);
  }
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.runIf(posix)("a file or a folder that others can write is not believed, and nothing is written there", () => {
  const root = folder();
  const file = join(root, "trust.json");
  writeTrust(file, NO_TRUST);
  for (const mode of [0o620, 0o602, 0o666]) {
    chmodSync(file, mode);
    expect(codeOf(() => readTrust(file))).toBe("trust-file-unsafe");
  }
  chmodSync(file, 0o644);
  expect(readTrust(file)).toEqual(NO_TRUST);
  for (const mode of [0o770, 0o702, 0o1777]) {
    chmodSync(root, mode);
    expect(codeOf(() => readTrust(file))).toBe("trust-file-unsafe");
    expect(codeOf(() => readTrust(join(root, "missing.json")))).toBe("trust-file-unsafe");
    expect(errorOf(() => writeTrust(file, NO_TRUST))?.message).toContain(`chmod 700 ${shellWord(root)}`);
  }
});

test.runIf(posix)("a link, a folder and a pipe are no trust file; a link is not followed by writing either", () => {
  const root = folder();
  const [elsewhere, file] = [join(root, "elsewhere.json"), join(root, "trust.json")];
  writeTrust(elsewhere, raiseHighWater(NO_TRUST, "acme.x", "1.0.0"));
  symlinkSync(elsewhere, file);
  expect(errorOf(() => readTrust(file))).toMatchObject({
    code: "trust-file-unsafe",
    message: expect.stringContaining("is a link"),
  });
  symlinkSync(join(root, "nowhere"), join(root, "dangling.json"));
  expect(codeOf(() => readTrust(join(root, "dangling.json")))).toBe("trust-file-unsafe");
  const before = readFileSync(elsewhere, "utf8");
  writeTrust(file, NO_TRUST);
  expect(readFileSync(elsewhere, "utf8")).toBe(before);
  expect(lstatSync(file).isFile()).toBe(true);
  mkdirSync(join(root, "folder.json"));
  expect(codeOf(() => readTrust(join(root, "folder.json")))).toBe("trust-file-unsafe");
  expect(codeOf(() => readTrust("/dev/null"))).toBe("trust-file-unsafe");
});

test.runIf(posix && process.getuid?.() === 0)("a file or folder of somebody else is not believed", () => {
  const root = folder();
  const file = join(root, "trust.json");
  writeTrust(file, NO_TRUST);
  chownSync(file, 65_534, 65_534);
  expect(errorOf(() => readTrust(file))).toMatchObject({
    code: "trust-file-unsafe",
    message: expect.stringContaining("somebody else"),
  });
  chownSync(file, 0, 0);
  chownSync(root, 65_534, 65_534);
  expect(codeOf(() => readTrust(file))).toBe("trust-file-unsafe");
});

test("what is far too large to be a trust file is not read, nor what lies where no folder is", () => {
  const file = join(folder(), "trust.json");
  writeTrust(file, NO_TRUST);
  truncateSync(file, 9 * 1024 * 1024);
  expect(errorOf(() => readTrust(file))).toMatchObject({
    code: "trust-file-unreadable",
    message: expect.stringContaining("8 MiB"),
  });
  writeFileSync(file, "");
  expect(codeOf(() => readTrust(join(file, "trust.json")))).toBe("trust-file-unreadable");
});
