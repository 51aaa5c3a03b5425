import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { openPackage, packPlugin } from "../../src/package/index.ts";
import { authorFolder, temporaryFolder } from "./folders.ts";
import { hostileArchives } from "./hostile-archives.ts";

const SCRIPT = `
import os, shutil, sys, zipfile
source, folder = sys.argv[1:]
class Pipe:
    def __init__(self, file): self.file = file
    def write(self, data): return self.file.write(data)
    def flush(self): self.file.flush()
zipfile.ZipFile(source).extractall(folder + "/unpacked")
shutil.make_archive(folder + "/with-folders", "zip", folder + "/unpacked")
def copied(target, method):
    with zipfile.ZipFile(target, "w", method) as z:
        for entry in zipfile.ZipFile(source).infolist():
            z.writestr(entry.filename, zipfile.ZipFile(source).read(entry))
copied(folder + "/deflated.zip", zipfile.ZIP_DEFLATED)
with open(folder + "/streamed.zip", "wb") as file: copied(Pipe(file), zipfile.ZIP_DEFLATED)
`;

test.runIf(needs("python3"))(
  "packages that other tools zipped are read, folders and streamed entries included",
  async () => {
    const root = temporaryFolder();
    const { bytes } = await packPlugin({ directory: authorFolder({ "größe.txt": "1" }) });
    writeFileSync(join(root, "p.mmpkg"), bytes);
    execFileSync("python3", ["-c", SCRIPT, join(root, "p.mmpkg"), root]);
    for (const name of ["unpacked", "with-folders.zip", "deflated.zip", "streamed.zip"]) {
      const found = await openPackage(join(root, name));
      expect(await found.check(), name).toEqual({ ok: true });
      found.close();
    }
  },
);

test.runIf(existsSync("/proc/self/fd"))("whatever an archive is, no open file is left behind", async () => {
  const path = join(temporaryFolder(), "p.mmpkg");
  const before = readdirSync("/proc/self/fd").length;
  for (const { bytes } of hostileArchives) {
    writeFileSync(path, bytes());
    const found = await openPackage(path).catch(() => null);
    await found?.check().catch(() => null);
    found?.close();
  }
  for (let tries = 0; tries < 100 && readdirSync("/proc/self/fd").length > before; tries += 1) await pause(10);
  expect(readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(before);
});
