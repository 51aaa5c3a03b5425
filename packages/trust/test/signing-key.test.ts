import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadOrCreateKey, TrustError } from "../src/index.ts";

function files() {
  const root = mkdtempSync(join(tmpdir(), "mimolo-trust-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return {
    secretFile: join(root, "trust", "collector.key"),
    publicFile: join(root, "evidence", "collector.pub"),
    comment: "mimolo collector",
  };
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof TrustError ? error.code : String(error);
  }
  return "nothing was thrown";
}

test("a key is made once and read ever after", () => {
  const at = files();
  const first = loadOrCreateKey(at);
  const again = loadOrCreateKey(at);
  expect(again.publicKey).toBe(first.publicKey);
  expect(again.keyId).toMatch(/^[0-9A-F]{16}$/);
  expect(again.sign(Buffer.from("x"))).toEqual(first.sign(Buffer.from("x")));
  expect(readFileSync(at.publicFile, "utf8")).toBe(`untrusted comment: mimolo collector\n${first.publicKey}\n`);
});

test.runIf(process.platform !== "win32")("the secret is its owner's alone, even when somebody loosened it", () => {
  const at = files();
  loadOrCreateKey(at);
  expect(statSync(at.secretFile).mode & 0o777).toBe(0o600);
  expect(statSync(join(at.secretFile, "..")).mode & 0o777).toBe(0o700);
  chmodSync(at.secretFile, 0o644);
  loadOrCreateKey(at);
  expect(statSync(at.secretFile).mode & 0o777).toBe(0o600);
});

test("a lost public half is written again, a lost secret is never replaced in silence", () => {
  const at = files();
  const key = loadOrCreateKey(at);
  rmSync(at.publicFile);
  expect(loadOrCreateKey(at).publicKey).toBe(key.publicKey);
  rmSync(at.secretFile);
  expect(codeOf(() => loadOrCreateKey(at))).toBe("secret-missing");
});

test("a secret that is none, or not the public half's, is named", () => {
  const [at, other] = [files(), files()];
  loadOrCreateKey(at);
  loadOrCreateKey(other);
  writeFileSync(at.publicFile, readFileSync(other.publicFile));
  expect(codeOf(() => loadOrCreateKey(at))).toBe("keys-differ");
  writeFileSync(at.secretFile, readFileSync(at.secretFile, "utf8").slice(0, 100));
  expect(codeOf(() => loadOrCreateKey(at))).toBe("secret-unreadable");
});

test("a trusted comment stays on its line", () => {
  const key = loadOrCreateKey(files());
  expect(() => key.signFile(Buffer.alloc(0), "two\nlines")).toThrow(TrustError);
});
