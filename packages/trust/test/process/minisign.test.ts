import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import {
  createKey,
  judgePackage,
  loadOrCreateKey,
  NO_TRUST,
  parsePublicKeyFile,
  parseSecretKeyFile,
  verifyFile,
  withKey,
} from "../../src/index.ts";
import { around, codeOf, folder, packageOf, trusted } from "../samples.ts";

/** Null: the tool's own. */
const comments: readonly (string | null)[] = [
  null,
  "acme.x 1.0.0",
  "ünï 日本語 🌐 \u0301 עברית",
  "  x  ",
  "a\tb",
  "a".repeat(1000),
];

/** A key made by the tool, with or without a passphrase. */
function toolKey(passphrase: string | null) {
  const root = folder();
  const [secret, shown, file] = [join(root, "a.key"), join(root, "a.pub"), join(root, "file")];
  const flags = passphrase === null ? ["-W"] : [];
  const input = passphrase === null ? "" : `${passphrase}\n${passphrase}\n`;
  // With little memory the tool settles for a passphrase that is quick to check.
  const making = 'ulimit -v 100000 2>/dev/null; exec minisign "$@"';
  execFileSync("sh", ["-c", making, "sh", "-G", ...flags, "-p", shown, "-s", secret], {
    input,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const sign = (bytes: Uint8Array, comment: string | null, more: readonly string[] = []) => {
    writeFileSync(file, bytes);
    const said = comment === null ? [] : ["-t", comment];
    const options = {
      input: passphrase === null ? "" : `${passphrase}\n`,
      stdio: ["pipe", "ignore", "ignore"] as ["pipe", "ignore", "ignore"],
    };
    execFileSync("minisign", ["-S", "-s", secret, "-m", file, ...said, ...more], options);
    return readFileSync(`${file}.minisig`, "utf8");
  };
  const parsed = parsePublicKeyFile(readFileSync(shown, "utf8"));
  if (!parsed.ok) throw new Error(parsed.code);
  return { secret, shown, sign, publicKey: parsed.value.text, keyId: parsed.value.keyId };
}

for (const passphrase of [null, "sésame"]) {
  const kind = passphrase === null ? "without" : "with";
  test.runIf(needs("minisign"))(
    `what minisign signs with a key ${kind} a passphrase holds, whatever its comment`,
    { timeout: 60_000 },
    () => {
      const key = toolKey(passphrase);
      const bytes = Buffer.from("a package\0\xff", "latin1");
      // The comment does not know of the passphrase, which the tool takes its time to check at each signature.
      for (const comment of passphrase === null ? comments : comments.slice(1, 3)) {
        const verified = verifyFile({ publicKey: key.publicKey, bytes, signatureText: key.sign(bytes, comment) });
        const said = comment ?? (expect.stringMatching(/^timestamp:\d+\tfile:file\thashed$/) as string);
        expect(verified).toEqual({ ok: true, trustedComment: said, keyId: key.keyId });
      }
      const parsed = parseSecretKeyFile(readFileSync(key.secret, "utf8"));
      expect(parsed).toMatchObject(passphrase === null ? { ok: true } : { ok: false, code: "has-passphrase" });
    },
  );
}

test.runIf(needs("minisign"))("an empty file and one of a megabyte hold, a legacy signature does not", () => {
  const key = toolKey(null);
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(1_000_000, "x")])
    expect(verifyFile({ publicKey: key.publicKey, bytes, signatureText: key.sign(bytes, null) }).ok).toBe(true);
  const bytes = Buffer.from("x");
  const signatureText = key.sign(bytes, "old", ["-l"]);
  expect(verifyFile({ publicKey: key.publicKey, bytes, signatureText })).toEqual({ ok: false, code: "legacy" });
});

test.runIf(needs("minisign"))(
  "minisign accepts what a key of the keyring signs, and refuses it for other bytes",
  () => {
    const directory = folder();
    const key = createKey({ directory, label: "ünï 🌐" });
    const file = join(directory, "file");
    const check = () =>
      spawnSync("minisign", ["-V", "-p", join(directory, `${key.keyId}.pub`), "-m", file], { encoding: "utf8" });
    const ours = [...comments.flatMap((comment) => comment ?? []), "", "a".repeat(8173), "é".repeat(4086)];
    for (const [at, comment] of ours.entries()) {
      writeFileSync(file, `bytes ${at}`);
      writeFileSync(`${file}.minisig`, key.signFile(readFileSync(file), comment));
      const { status, stdout } = check();
      expect(status, comment.slice(0, 20)).toBe(0);
      expect(stdout).toContain(comment);
      writeFileSync(file, `bytes ${at}.`);
      expect(check().status).toBe(1);
    }
    expect(codeOf(() => key.signFile(Buffer.alloc(0), "a".repeat(8174)))).toBe("bad-comment");
    expect(codeOf(() => key.signFile(Buffer.alloc(0), "é".repeat(4087)))).toBe("bad-comment");
  },
);

test.runIf(needs("minisign"))("minisign signs with a key of the keyring, and derives its public half from it", () => {
  const directory = folder();
  const key = createKey({ directory, label: "acme" });
  const [file, again] = [join(directory, "file"), join(directory, "again.pub")];
  writeFileSync(file, "x");
  execFileSync("minisign", ["-S", "-s", key.path, "-m", file, "-t", "by the tool"]);
  const signatureText = readFileSync(`${file}.minisig`, "utf8");
  expect(verifyFile({ publicKey: key.publicKey, bytes: readFileSync(file), signatureText })).toMatchObject({
    ok: true,
  });
  execFileSync("minisign", ["-R", "-s", key.path, "-p", again]);
  expect(parsePublicKeyFile(readFileSync(again, "utf8"))).toMatchObject({ ok: true, value: { text: key.publicKey } });
});

test.runIf(needs("minisign"))("a key made by minisign can be the collector's, and its package is trusted", () => {
  const key = toolKey(null);
  const read = loadOrCreateKey({ secretFile: key.secret, publicFile: key.shown, comment: "" });
  expect(read.publicKey).toBe(key.publicKey);
  const found = packageOf(null);
  const data = withKey(NO_TRUST, trusted(read));
  const signed = { ...found, signatureText: key.sign(found.manifestBytes, "acme.x 1.0.0") };
  expect(judgePackage(signed, data, around())).toMatchObject({ verdict: "trusted", keyId: key.keyId });
  const unsaid = { ...found, signatureText: key.sign(found.manifestBytes, null) };
  expect(judgePackage(unsaid, data, around()).verdict).toBe("trusted");
  const another = { ...found, signatureText: key.sign(found.manifestBytes, "acme.x 1.0.1") };
  expect(judgePackage(another, data, around()).verdict).toBe("bad-signature");
});
