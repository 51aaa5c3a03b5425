import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { loadOrCreateKey, verifyFile } from "../../src/index.ts";
import { openPackage, packPlugin } from "../../src/package/index.ts";
import { temporaryFolder } from "./folders.ts";

/** A package as the first version packed it, with a key that is good for nothing else. What these bytes are is promised:
 *  an author who packs again gets the same digest. */
const fixtures = fileURLToPath(new URL("./fixtures/golden/", import.meta.url));
const golden = join(fixtures, "acme.golden-1.2.3-beta.1+build.5.mmpkg");
const key = () =>
  loadOrCreateKey({ secretFile: join(fixtures, "golden.key"), publicFile: join(fixtures, "golden.pub"), comment: "" });

const pack = () =>
  packPlugin({ directory: join(fixtures, "author"), env: { SOURCE_DATE_EPOCH: "1700000000" }, sign: key() });

test("packing gives the bytes it always gave", async () => {
  const { bytes, fileName } = await pack();
  expect(join(fixtures, fileName)).toBe(golden);
  expect(bytes.equals(readFileSync(golden))).toBe(true);
});

test.each(["America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati"])("in %s too", async (zone) => {
  const before = process.env["TZ"];
  process.env["TZ"] = zone;
  try {
    expect((await pack()).bytes.equals(readFileSync(golden))).toBe(true);
  } finally {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  }
});

test("the golden package is read as it was packed", async () => {
  const found = await openPackage(golden);
  const { publicKey, keyId } = key();
  const verified = verifyFile({ publicKey, bytes: found.manifestBytes, signatureText: found.signatureText ?? "" });
  expect(verified).toEqual({ ok: true, keyId, trustedComment: "acme.golden 1.2.3-beta.1+build.5" });
  expect(await found.check()).toEqual({ ok: true });
  expect(found.manifest).toMatchObject({
    id: "acme.golden",
    capabilities: ["network", "filesystem"],
    interfaces: ["message_handler", "action"],
    filesystem: { read: ["$HOME/notes", "$PLUGIN"], write: ["$DATA/cache"] },
    publisher: { key_id: keyId },
    created_at: "2023-11-14T22:13:20Z",
    runtime: "node",
  });
  expect(found.manifest?.files.map(({ path, exec }) => (exec ? `${path} runs` : path))).toEqual([
    "config.schema.json",
    "lib/data.schema.json",
    "lib/größe.txt",
    "lib/run.sh runs",
    "main.mjs",
  ]);
  found.close();
});

test.runIf(needs("python3"))("others read it as a plain, sorted, stored ZIP dated 1980", () => {
  const script = [
    "import json, sys, zipfile",
    "z = zipfile.ZipFile(sys.argv[1])",
    "print(json.dumps([z.testzip(), [[i.filename, i.date_time[:3], i.compress_type, oct(i.external_attr >> 16)] for i in z.infolist()]]))",
  ].join("\n");
  const [broken, entries] = JSON.parse(execFileSync("python3", ["-c", script, golden], { encoding: "utf8" })) as [
    unknown,
    [string, number[], number, string][],
  ];
  expect(broken).toBeNull();
  const names = entries.map(([name]) => name);
  expect(names).toEqual(names.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))));
  expect(names).toContain("mimolo-plugin.json.minisig");
  for (const [name, date, method, mode] of entries) {
    expect([date, method, mode]).toEqual([[1980, 1, 1], 0, name === "lib/run.sh" ? "0o100755" : "0o100644"]);
  }
});

test.runIf(needs("minisign"))("minisign accepts its signature", async () => {
  const folder = temporaryFolder();
  const found = await openPackage(golden);
  await found.stage(join(folder, "unpacked"));
  found.close();
  const file = join(folder, "unpacked", "mimolo-plugin.json");
  const said = execFileSync("minisign", ["-V", "-p", join(fixtures, "golden.pub"), "-m", file], { encoding: "utf8" });
  expect(said).toContain("acme.golden 1.2.3-beta.1+build.5");
});
