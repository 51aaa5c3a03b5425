import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  createKey,
  NO_TRUST,
  revokeKey,
  signAllow,
  type TrustData,
  withAllow,
  withKey,
  writeTrust,
} from "@mimolo/trust";
import { expect, test } from "vitest";
import { allowedFiles } from "../../src/config/index.ts";
import { scratch } from "./scratch.ts";

const text = '[plugins.mine]\nexecutable = "sh"\n';

/** A person's keyring beside a project. */
function keyring() {
  const at = scratch({ "project/mimolo.toml": text });
  const file = join(at.root, "trust.json");
  mkdirSync(join(at.root, "keys"));
  const key = createKey({ directory: join(at.root, "keys"), label: "me" });
  const trusted = {
    key_id: key.keyId,
    public_key: key.publicKey,
    label: "me",
    source: "self",
    scope: ["local.*"],
    added_at: "2026-11-21T10:00:00.000Z",
  } as const;
  const path = join(at.project, "mimolo.toml");
  const digest = createHash("sha256").update(text).digest("hex");
  const entry = { kind: "config", digest, grants: [], at: "2026-11-21T10:00:00.000Z", by: "cli", path } as const;
  const own = withKey(NO_TRUST, trusted);
  const allowed = withAllow(own, signAllow(entry, key));
  const write = (data: TrustData) => writeTrust(file, data);
  return { ...at, file, key, own, allowed, write, consent: allowedFiles(file) };
}

test("what was allowed loads, until it is another file", () => {
  const { load, refused, write, allowed, own, consent, write: save, project } = keyring();
  expect(refused({ consent }).code).toBe("needs-consent");
  write(own);
  expect(refused({ consent }).code).toBe("needs-consent");
  save(allowed);
  expect(load({ consent }).plugins["mine"]?.executable).toBe("sh");
  writeFileSync(join(project, "mimolo.toml"), `${text}args = ["-c", "evil"]\n`);
  expect(refused({ consent }).hint).toMatch(
    /^it was changed since you agreed; read mimolo\.toml, then agree with: mimolo allow /,
  );
});

test("an entry of a revoked key, a changed one, and a list that others may write allow nothing", () => {
  const { refused, write, allowed, key, file, consent } = keyring();
  write(revokeKey(allowed, key.keyId, { at: "2026-11-21T11:00:00.000Z", why: "lost" }));
  expect(refused({ consent }).code).toBe("needs-consent");
  write(allowed);
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace('"by":"cli"', '"by":"api"').replace('"by": "cli"', '"by": "api"'),
  );
  expect(refused({ consent }).code).toBe("needs-consent");
  write(allowed);
  if (process.platform === "win32") return;
  chmodSync(file, 0o666);
  expect(refused({ consent }).code).toBe("needs-consent");
});
