import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { signPackage } from "../../src/package/index.ts";
import { checkedPackage, type Offer, readOffer, readSources } from "../../src/registry/index.ts";
import { temporaryFolder } from "../package/folders.ts";
import { freshKey, sha256 } from "../samples.ts";
import { indexIn, packageFile, registryOf } from "./registries.ts";

const only = (directory: string): Offer => {
  const [offer] = readSources([directory]).offers;
  if (offer === undefined) throw new Error("nothing is offered");
  return offer;
};

/** As if somebody had written the index to say something else. */
const saying = (directory: string, more: Record<string, unknown>): Offer => {
  const { plugins } = indexIn(directory);
  writeFileSync(
    join(directory, "index.json"),
    JSON.stringify({ plugins: plugins.map((one) => ({ ...one, ...more })) }),
  );
  return only(directory);
};

test("a package is handed out when it is what the index says", async () => {
  const offer = only(await registryOf({}));
  expect(await checkedPackage(offer)).toBe(offer.path);
  expect((await readOffer(offer)).manifest).toMatchObject({ id: "acme.inbox", version: "1.0.0" });
});

test("one that was changed, replaced, cut or taken away is not", async () => {
  const directory = await registryOf({});
  const offer = only(directory);
  const bytes = readFileSync(offer.path);
  const codeNow = () =>
    checkedPackage(offer).then(
      () => "handed out",
      (error: { code: string }) => error.code,
    );
  rmSync(offer.path);
  const flipped = Buffer.from(bytes);
  flipped[bytes.length >> 1] = (flipped[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(offer.path, flipped);
  expect(await codeNow()).toBe("registry-mismatch");
  writeFileSync(offer.path, bytes.subarray(1));
  expect(await codeNow()).toBe("registry-mismatch");
  copyFileSync(await packageFile({ version: "1.0.1" }), offer.path);
  expect(await codeNow()).toBe("registry-mismatch");
  truncateSync(offer.path, 100 * 1024 * 1024);
  expect(await codeNow()).toBe("archive-too-large");
  rmSync(offer.path);
  expect(await codeNow()).toBe("not-found");
  mkdirSync(offer.path);
  expect(await codeNow()).toBe("device");
});

test("an index that lies about the plugin, its version or its key is found out, its sum being right", async () => {
  const directory = await registryOf({});
  await expect(checkedPackage(saying(directory, { id: "acme.other" }))).rejects.toMatchObject({
    code: "registry-mismatch",
    message: expect.stringMatching(/as plugin acme\.other, and it is acme\.inbox$/),
  });
  await expect(checkedPackage(saying(directory, { id: "acme.inbox", version: "9.9.9" }))).rejects.toMatchObject({
    code: "registry-mismatch",
    message: expect.stringMatching(/as version 9\.9\.9, and it is 1\.0\.0$/),
  });
  const { keyId } = freshKey();
  await expect(checkedPackage(saying(directory, { version: "1.0.0", key_id: keyId }))).rejects.toMatchObject({
    code: "registry-mismatch",
  });
});

test("a package signed anew by somebody else is another package", async () => {
  const directory = await registryOf({});
  const offer = only(directory);
  const stranger = await packageFile({ key: freshKey() });
  rmSync(offer.path);
  copyFileSync(stranger, offer.path);
  await expect(checkedPackage(offer)).rejects.toMatchObject({ code: "registry-mismatch" });
  await expect(signPackage({ path: offer.path, key: freshKey() })).rejects.toMatchObject({ code: "other-publisher" });
});

test("links lead nowhere but inside the registry", async () => {
  const directory = await registryOf({});
  const offer = only(directory);
  const outside = join(temporaryFolder(), "secret.mmpkg");
  renameSync(offer.path, outside);
  symlinkSync(outside, offer.path);
  await expect(checkedPackage(offer)).rejects.toMatchObject({ code: "outside-registry" });
  const elsewhere = temporaryFolder();
  copyFileSync(outside, join(elsewhere, "x.mmpkg"));
  symlinkSync(elsewhere, join(directory, "sub"));
  await expect(checkedPackage(saying(directory, { file: "sub/x.mmpkg" }))).rejects.toMatchObject({
    code: "outside-registry",
  });
  mkdirSync(join(directory, "real"));
  copyFileSync(outside, join(directory, "real", "x.mmpkg"));
  symlinkSync(join("real", "x.mmpkg"), join(directory, "inside.mmpkg"));
  const inside = saying(directory, { file: "inside.mmpkg" });
  expect(sha256(readFileSync(await checkedPackage(inside)))).toBe(inside.sha256);
});
