import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { checkFolder, openPackage, packPlugin, PackageError, readManifest } from "../../src/package/index.ts";
import { authorFolder, temporaryFolder, writeFiles } from "./folders.ts";

const isPosix = process.platform !== "win32";

/** A package unpacked, with its manifest. */
async function unpacked() {
  const around = temporaryFolder();
  const { bytes, manifest } = await packPlugin({ directory: authorFolder({ "run.sh": "#!/bin/sh\n" }) });
  const archive = join(around, "p.mmpkg");
  const folder = join(around, "unpacked");
  writeFileSync(archive, bytes);
  const found = await openPackage(archive);
  expect(await found.stage(folder)).toEqual({ ok: true });
  found.close();
  return { around, archive, folder, manifest };
}

async function codeOf(path: string): Promise<string> {
  try {
    const found = await openPackage(path);
    const checked = await found.check();
    return checked.ok ? "ok" : `${checked.code} ${checked.path}`;
  } catch (error) {
    return error instanceof PackageError ? error.code : String(error);
  }
}

test("an unpacked folder and its archive are the same package", async () => {
  const { archive, folder } = await unpacked();
  const [one, other] = [await openPackage(archive), await openPackage(folder)];
  expect(Buffer.from(other.manifestBytes).equals(Buffer.from(one.manifestBytes))).toBe(true);
  expect(await other.check()).toEqual(await one.check());
  const again = join(temporaryFolder(), "again");
  expect(await other.stage(again)).toEqual({ ok: true });
  const listed = (root: string) => new Set(readdirSync(root, { recursive: true }).map(String));
  expect(listed(again)).toEqual(listed(folder));
  one.close();
  one.close();
  other.close();
});

test.runIf(isPosix)("staged files can be read by all and written by nobody", async () => {
  const directory = authorFolder({ "run.sh": "#!/bin/sh\n" });
  chmodSync(join(directory, "run.sh"), 0o700);
  const { bytes, manifest } = await packPlugin({ directory });
  const around = temporaryFolder();
  writeFileSync(join(around, "p.mmpkg"), bytes);
  const found = await openPackage(join(around, "p.mmpkg"));
  const before = process.umask(0o077);
  try {
    await found.stage(join(around, "staging"));
  } finally {
    process.umask(before);
    found.close();
  }
  const modeOf = (name: string) => statSync(join(around, "staging", name)).mode & 0o7777;
  expect(manifest.files.map(({ path }) => [path, modeOf(path)])).toEqual([
    ["lib/deep/part.mjs", 0o444],
    ["main.mjs", 0o444],
    ["run.sh", 0o555],
  ]);
  expect(modeOf("mimolo-plugin.json")).toBe(0o444);
});

test("staging takes a new or an empty folder, nothing else, and follows no link", async () => {
  const { around, archive, folder } = await unpacked();
  const found = await openPackage(archive);
  mkdirSync(join(around, "empty"));
  expect(await found.stage(join(around, "empty"))).toEqual({ ok: true });
  await expect(found.stage(folder)).rejects.toMatchObject({ code: "staging-not-empty" });
  const elsewhere = temporaryFolder();
  symlinkSync(elsewhere, join(around, "link"));
  await expect(found.stage(join(around, "link"))).rejects.toMatchObject({ code: "staging-not-empty" });
  await expect(found.stage(join(around, "no", "parent"))).rejects.toMatchObject({ code: "staging-failed" });
  expect(readdirSync(elsewhere)).toEqual([]);
  expect(lstatSync(join(around, "link")).isSymbolicLink()).toBe(true);
  found.close();
});

test("what changed in a folder is told, at opening and at launch alike", async () => {
  const { folder: original, manifest } = await unpacked();
  const changed = (change: (folder: string) => void) => {
    const folder = join(temporaryFolder(), "copy");
    cpSync(original, folder, { recursive: true });
    change(folder);
    return folder;
  };
  const part = "lib/deep/part.mjs";
  const cases: [string, (folder: string) => void, string, string][] = [
    ["nothing", () => {}, "ok", "ok"],
    [
      "a further file",
      (at) => writeFiles(at, { "lib/more.mjs": "" }),
      "extra-file lib/more.mjs",
      "extra-file lib/more.mjs",
    ],
    ["an empty folder", (at) => mkdirSync(join(at, "more")), "extra-file more", "extra-file more"],
    ["a missing file", (at) => rmSync(join(at, part)), `missing-file ${part}`, `missing-file ${part}`],
    [
      "a missing folder",
      (at) => rmSync(join(at, "lib"), { recursive: true }),
      `missing-file ${part}`,
      `missing-file ${part}`,
    ],
    [
      "a shorter file",
      (at) => (chmodSync(join(at, part), 0o600), truncateSync(join(at, part), 3)),
      `modified ${part}`,
      `modified ${part}`,
    ],
    [
      "a folder for a file",
      (at) => (rmSync(join(at, "main.mjs")), mkdirSync(join(at, "main.mjs"))),
      "missing-file main.mjs",
      "modified main.mjs",
    ],
    [
      "a link for a file",
      (at) => (rmSync(join(at, "main.mjs")), symlinkSync(join(original, "main.mjs"), join(at, "main.mjs"))),
      "link",
      "modified main.mjs",
    ],
    [
      "a link for a folder",
      (at) => (rmSync(join(at, "lib"), { recursive: true }), symlinkSync(join(original, "lib"), join(at, "lib"))),
      "link",
      "modified lib",
    ],
    ["a further link", (at) => symlinkSync("/etc", join(at, "etc")), "link", "extra-file etc"],
  ];
  for (const [title, change, atOpening, atLaunch] of cases) {
    const folder = changed(change);
    const launch = checkFolder(folder, manifest);
    expect(launch.ok ? "ok" : `${launch.code} ${launch.path}`, title).toBe(atLaunch);
    expect(await codeOf(folder), title).toBe(atOpening);
  }
  expect(checkFolder(join(original, "nowhere"), manifest)).toEqual({ ok: false, code: "missing-file", path: part });
  // A hard link is the same file: its bytes count.
  const linked = changed(
    (at) => (rmSync(join(at, "main.mjs")), linkSync(join(original, "main.mjs"), join(at, "main.mjs"))),
  );
  expect(checkFolder(linked, manifest).ok).toBe(true);
});

test.runIf(isPosix && needs("mkfifo"))("a FIFO holds nobody up", async () => {
  const { folder, manifest } = await unpacked();
  rmSync(join(folder, "main.mjs"));
  execFileSync("mkfifo", [join(folder, "main.mjs")]);
  expect(checkFolder(folder, manifest)).toEqual({ ok: false, code: "modified", path: "main.mjs" });
  expect(await codeOf(folder)).toBe("device");
  expect(await codeOf(join(folder, "main.mjs"))).toBe("device");
});

test.runIf(isPosix)("names that other systems would misread are refused in folders too", async () => {
  for (const [name, code] of [
    ["a\\b", "backslash"],
    ["CON", "reserved-name"],
    ["x.", "trailing-dot-or-space"],
    ["c:x", "drive-letter"],
    ["Main.mjs", "case-collision"],
  ] as const) {
    const { folder } = await unpacked();
    writeFiles(folder, { [name]: "" });
    expect(await codeOf(folder), name).toBe(code);
  }
});

test("what is not there, or no package, is told as such", async () => {
  const folder = writeFiles(temporaryFolder(), { "main.mjs": "" });
  expect(await codeOf(folder)).toBe("no-manifest");
  expect(await codeOf(join(folder, "nowhere"))).toBe("not-found");
  expect(await codeOf(join(folder, "main.mjs"))).toBe("not-an-archive");
});

test("the entry comes back with the bytes that were hashed", async () => {
  const { folder, manifest } = await unpacked();
  const checked = checkFolder(folder, manifest);
  expect(checked.ok && Buffer.from(checked.entryBytes).toString()).toBe("console.log('{}');\n");
  expect(readManifest(Buffer.from("{}")).ok).toBe(false);
});
