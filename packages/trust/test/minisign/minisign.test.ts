import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { loadOrCreateKey, parsePublicKeyFile, parseSecretKeyFile, verifyFile, verifyRaw } from "../../src/index.ts";

/** Made by minisign 0.11. */
const TOOL = {
  publicKey: "RWRRYkNSPsCUB3ha7d0EG8o/APME05hJLgoNchpCbToDBMtI3rowyDar",
  secretLine:
    "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAUWJDUj7AlAdeWbEX1pnnhfmAtd4iwYSct6U0QigWK0uE2lG15vSYXXha7d0EG8o/APME05hJLgoNchpCbToDBMtI3rowyDarAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
  bytes: Buffer.from("hi\n"),
  signatureText:
    "untrusted comment: signature from minisign secret key\nRURRYkNSPsCUBy1T8Y9PaftqShA6X0RJ7jwrtQmRij4Fzag/JUyt49bnUnT5gUNQ9ENYpvUt4y9wnYjY5I+u0CvW7rc96vg5NwY=\ntrusted comment: the comment\nMMSeMa/ibV6bOgV0V234UdAvtGzzBoHst0CcP3xQpIFee6DQHyhImjR7cdEHrOX56cVFmM2TVZG9z03hKVQBCQ==\n",
};

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "mimolo-trust-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function newKey(path = folder()) {
  return loadOrCreateKey({ secretFile: join(path, "a.key"), publicFile: join(path, "a.pub"), comment: "test key" });
}

test("a signature made by minisign holds, and its trusted comment comes back", () => {
  expect(verifyFile(TOOL)).toEqual({ ok: true, trustedComment: "the comment", keyId: "0794C03E52436251" });
  expect(verifyFile({ ...TOOL, bytes: Buffer.from("ho\n") })).toEqual({ ok: false, code: "bad-signature" });
});

test("a secret key made by minisign without passphrase can be read", () => {
  const parsed = parseSecretKeyFile(`untrusted comment: minisign encrypted secret key\n${TOOL.secretLine}\n`);
  expect(parsed.ok && parsed.value.publicKey.text).toBe(TOOL.publicKey);
});

test("whatever is signed holds, and for no other bytes, comment or key", () => {
  const [key, other] = [newKey(), newKey()];
  const comments = fc.string({ unit: "grapheme" }).filter((text) => /^[^\p{Cc}\p{Cs}\ufffd]*$/u.test(text));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), comments, (bytes, comment) => {
      const signatureText = key.signFile(bytes, comment);
      const { publicKey } = key;
      expect(verifyFile({ publicKey, bytes, signatureText })).toEqual({
        ok: true,
        trustedComment: comment,
        keyId: key.keyId,
      });
      expect(verifyFile({ publicKey: other.publicKey, bytes, signatureText })).toEqual({
        ok: false,
        code: "other-key",
      });
      expect(verifyFile({ publicKey, bytes: Buffer.concat([bytes, Buffer.alloc(1)]), signatureText }).ok).toBe(false);
      expect(verifyRaw(publicKey, bytes, key.sign(bytes))).toBe(true);
      expect(verifyRaw(other.publicKey, bytes, key.sign(bytes))).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test("no bit of a signature file can flip, except in the text nobody reads", () => {
  const free = TOOL.signatureText.indexOf("\n");
  const original = Buffer.from(TOOL.signatureText);
  for (let at = 0; at < original.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const changed = Buffer.from(original);
      changed[at] = (original[at] ?? 0) ^ (1 << bit);
      const isFree = at >= "untrusted comment: ".length && at < free && changed[at] !== 10;
      for (const encoding of ["latin1", "utf8"] as const)
        expect(verifyFile({ ...TOOL, signatureText: changed.toString(encoding) }).ok, `byte ${at}, bit ${bit}`).toBe(
          isFree,
        );
    }
  }
});

test("bytes that are no text never pass for a comment that was signed", () => {
  const key = newKey();
  expect(() => key.signFile(Buffer.alloc(0), "a\ufffdb")).toThrow("printable");
  const lines = TOOL.signatureText.split("\n");
  lines[2] = "trusted comment: a\ufffdb";
  expect(verifyFile({ ...TOOL, signatureText: lines.join("\n") })).toEqual({ ok: false, code: "bad-comment" });
});

const [untrusted = "", first = "", trusted = "", last = ""] = TOOL.signatureText.split("\n");
const bad: [string, string, string][] = [
  ["no line end", `${untrusted}\n${first}\n${trusted}\n${last}`, "not-four-lines"],
  ["a fifth line", `${TOOL.signatureText}x\n`, "not-four-lines"],
  ["Windows line ends", TOOL.signatureText.replaceAll("\n", "\r\n"), "not-canonical"],
  ["three lines", `${untrusted}\n${first}\n${trusted}\n`, "not-four-lines"],
  ["base64 without padding", `${untrusted}\n${first.replace("=", "")}\n${trusted}\n${last}\n`, "not-canonical"],
  [
    "spare bits in the base64",
    `${untrusted}\n${first.replace("YE=", "YF=").replace("wY=", "wZ=")}\n${trusted}\n${last}\n`,
    "not-canonical",
  ],
  ["a space in the base64", `${untrusted}\n ${first}\n${trusted}\n${last}\n`, "not-canonical"],
  ["the legacy tag", `${untrusted}\n${first.replace("RUR", "RWR")}\n${trusted}\n${last}\n`, "legacy"],
  ["another algorithm", `${untrusted}\n${first.replace("RUR", "RXR")}\n${trusted}\n${last}\n`, "unknown-algorithm"],
  ["a bell in the trusted comment", `${untrusted}\n${first}\n${trusted}\u0007\n${last}\n`, "bad-comment"],
];

test.each(bad)("%s is refused", (_what, signatureText, code) => {
  expect(verifyFile({ ...TOOL, signatureText })).toEqual({ ok: false, code });
});

const points: [string, string][] = [
  ["the identity", "0100000000000000000000000000000000000000000000000000000000000000"],
  ["the identity with a sign", "0100000000000000000000000000000000000000000000000000000000000080"],
  ["zero", "0000000000000000000000000000000000000000000000000000000000000000"],
  ["order two", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"],
  ["order eight", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"],
  ["the other of order eight", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"],
  ["the prime itself", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"],
  ["one above the prime", "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"],
];

test.each(points)("a public key that is %s is refused", (_what, point) => {
  const line = Buffer.concat([Buffer.from("Ed"), Buffer.alloc(8, 7), Buffer.from(point, "hex")]).toString("base64");
  expect(parsePublicKeyFile(`untrusted comment: x\n${line}\n`)).toEqual({ ok: false, code: "weak-key" });
  expect(verifyRaw(line, Buffer.from("anything"), Buffer.alloc(64))).toBe(false);
});

test("a public key file is two lines of canonical base64 with minisign's tag", () => {
  const text = `untrusted comment: x\n${TOOL.publicKey}\n`;
  expect(parsePublicKeyFile(text)).toMatchObject({ ok: true, value: { keyId: "0794C03E52436251" } });
  expect(parsePublicKeyFile(text.replaceAll("\n", "\r\n"))).toMatchObject({
    ok: true,
    value: { text: TOOL.publicKey },
  });
  expect(parsePublicKeyFile(text.replaceAll("\n", "\r\r\n"))).toEqual({ ok: false, code: "not-canonical" });
  expect(parsePublicKeyFile(TOOL.publicKey)).toEqual({ ok: false, code: "not-two-lines" });
  expect(parsePublicKeyFile(`${text}more\n`)).toEqual({ ok: false, code: "not-two-lines" });
  expect(parsePublicKeyFile(text.replace("Dar", "Da"))).toEqual({ ok: false, code: "not-canonical" });
  expect(parsePublicKeyFile(text.replace("RWR", "RXR"))).toEqual({ ok: false, code: "unknown-algorithm" });
});

test.runIf(needs("minisign"))("minisign accepts what we sign and signs with the key we made", () => {
  const path = folder();
  const key = newKey(path);
  const file = join(path, "evidence.txt");
  writeFileSync(file, "a day of work\n");
  writeFileSync(`${file}.minisig`, key.signFile(readFileSync(file), "c-1 2026-11-21"));
  const said = execFileSync("minisign", ["-V", "-p", join(path, "a.pub"), "-m", file], { encoding: "utf8" });
  expect(said).toContain("c-1 2026-11-21");
  execFileSync("minisign", ["-S", "-s", join(path, "a.key"), "-m", file, "-t", "by the tool"]);
  const signatureText = readFileSync(`${file}.minisig`, "utf8");
  expect(verifyFile({ publicKey: key.publicKey, bytes: readFileSync(file), signatureText })).toMatchObject({
    ok: true,
    trustedComment: "by the tool",
  });
  writeFileSync(file, "another day\n");
  expect(() => execFileSync("minisign", ["-V", "-p", join(path, "a.pub"), "-m", file], { stdio: "ignore" })).toThrow();
});
