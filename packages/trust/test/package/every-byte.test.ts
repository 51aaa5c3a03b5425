import { chmodSync, closeSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { judgePackage, type Judgement } from "../../src/index.ts";
import { checkFolder, openPackage, packPlugin, readManifest } from "../../src/package/index.ts";
import { around, freshKey, trusting } from "../samples.ts";
import { temporaryFolder, writeFiles } from "./folders.ts";

const key = freshKey();
const trust = trusting(key);
const payload = { "main.mjs": "console.log(1);\n", "lib/part.mjs": "export default 2;\n" };

/** A small signed package on the disk, and where its parts lie in it. */
async function signedPackage() {
  const directory = writeFiles(temporaryFolder(), {
    "plugin.toml": '[plugin]\nid = "acme.x"\nversion = "1.0.0"\ntype = "agent"\nentry = "main.mjs"\n',
    ...payload,
  });
  const { bytes, manifestBytes, signatureText, fileName } = await packPlugin({ directory, sign: key });
  const path = join(directory, fileName);
  writeFileSync(path, bytes);
  const place = (part: string | Uint8Array) => ({ start: bytes.indexOf(part), length: Buffer.byteLength(part) });
  return { path, bytes, manifest: place(manifestBytes), signature: place(signatureText ?? ""), signatureText, place };
}

async function judge(path: string): Promise<Judgement> {
  const found = await openPackage(path);
  try {
    return judgePackage({ ...parts(found), files: await found.check() }, trust, around());
  } finally {
    found.close();
  }
}

const parts = ({ manifestBytes, signatureText, manifest }: Awaited<ReturnType<typeof openPackage>>) => ({
  manifestBytes,
  signatureText,
  manifest,
});

/** Every bit by itself, a line end, and a byte that no text has. */
const changesOf = (byte: number): readonly number[] => {
  const flips = Array.from({ length: 8 }, (_, bit) => byte ^ (1 << bit));
  return [...new Set([...flips, 0x0a, 0xff])].filter((changed) => changed !== byte);
};

/** Verdicts, by how often, over every change of every byte of a part; `expected` tells the one that is right. */
async function unexpected(
  path: string,
  bytes: Buffer,
  { start, length }: { start: number; length: number },
  expected: (offset: number) => string,
): Promise<{ readonly tried: number; readonly wrong: readonly string[] }> {
  const file = openSync(path, "r+");
  const wrong: string[] = [];
  let tried = 0;
  try {
    for (let offset = 0; offset < length; offset += 1) {
      const byte = bytes[start + offset] ?? 0;
      for (const changed of changesOf(byte)) {
        writeSync(file, Uint8Array.of(changed), 0, 1, start + offset);
        const { verdict } = await judge(path);
        tried += 1;
        if (verdict !== expected(offset)) wrong.push(`byte ${offset} as ${changed}: ${verdict}`);
      }
      writeSync(file, Uint8Array.of(byte), 0, 1, start + offset);
    }
  } finally {
    closeSync(file);
  }
  expect((await judge(path)).verdict).toBe("trusted");
  return { tried, wrong };
}

test("every changed byte of the manifest is a bad signature", { timeout: 60_000 }, async () => {
  const { path, bytes, manifest } = await signedPackage();
  const { tried, wrong } = await unexpected(path, bytes, manifest, () => "bad-signature");
  expect(wrong).toEqual([]);
  expect(tried).toBeGreaterThan(manifest.length * 8);
});

test("every changed byte of the payload is a modified file", { timeout: 60_000 }, async () => {
  const { path, bytes, place } = await signedPackage();
  for (const content of Object.values(payload)) {
    expect((await unexpected(path, bytes, place(content), () => "modified")).wrong).toEqual([]);
  }
});

test("every changed byte of the signature file is refused; of the key id, as an unknown key", {
  timeout: 60_000,
}, async () => {
  const { path, bytes, signature, signatureText } = await signedPackage();
  const text = signatureText ?? "";
  const keyLine = text.indexOf("\n") + 1;
  const comment = { from: "untrusted comment: ".length, to: keyLine - 1 };
  const outcome = async (offset: number, length: number, expected: (at: number) => string) =>
    unexpected(path, bytes, { start: signature.start + offset, length }, (at) => expected(offset + at));
  // What stands in the untrusted comment is nobody's word: it is not looked at.
  expect((await outcome(0, comment.from, () => "bad-signature")).wrong).toEqual([]);
  const { wrong } = await outcome(comment.to, text.length - comment.to, () => "bad-signature");
  // In base64: the tag and the first bits of the id, the id, its last bits and the signature.
  const inKeyId = (line: string) => {
    const at = Number(/^byte (\d+)/.exec(line)?.[1]) + comment.to - keyLine;
    return at >= 2 && at <= 13 && line.endsWith("unknown-key");
  };
  expect(wrong.filter((line) => !inKeyId(line))).toEqual([]);
  expect(wrong.length).toBeGreaterThan(0);
});

test("every changed byte of an unpacked package is found at launch", async () => {
  const { path } = await signedPackage();
  const folder = join(temporaryFolder(), "unpacked");
  const found = await openPackage(path);
  expect(await found.stage(folder)).toEqual({ ok: true });
  found.close();
  const read = readManifest(found.manifestBytes);
  if (!read.ok) throw new Error(read.message);
  expect(checkFolder(folder, read.manifest).ok).toBe(true);
  for (const name of Object.keys(payload)) {
    const bytes = readFileSync(join(folder, name));
    chmodSync(join(folder, name), 0o644);
    const file = openSync(join(folder, name), "r+");
    for (const [offset, byte] of bytes.entries()) {
      for (const changed of changesOf(byte)) {
        writeSync(file, Uint8Array.of(changed), 0, 1, offset);
        expect(checkFolder(folder, read.manifest)).toEqual({ ok: false, code: "modified", path: name });
      }
      writeSync(file, Uint8Array.of(byte), 0, 1, offset);
    }
    closeSync(file);
  }
  expect((await judge(folder)).verdict).toBe("trusted");
});
