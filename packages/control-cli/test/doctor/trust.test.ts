import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkTrust } from "../../src/doctor/trust.ts";
import { trustPlace } from "../trust/place.ts";

const directoryIn = (root: string) => ({
  trustFile: join(root, "trust", "trust.json"),
  keys: join(root, "trust", "keys"),
});

test.skipIf(process.platform === "win32")(
  "a keyring that others could have written, or keys they could read, fail",
  () => {
    const root = mkdtempSync(join(tmpdir(), "mimolo-doctor-"));
    const directory = directoryIn(root);
    expect(checkTrust(directory, "linux").state).toBe("ok");
    mkdirSync(directory.keys, { recursive: true, mode: 0o700 });
    chmodSync(join(root, "trust"), 0o700);
    writeFileSync(directory.trustFile, '{"format":1,"keys":[],"allow":[],"high_water":{}}', { mode: 0o600 });
    expect(checkTrust(directory, "linux").state).toBe("ok");
    writeFileSync(join(directory.keys, "A.key"), "");
    chmodSync(join(directory.keys, "A.key"), 0o644);
    expect(checkTrust(directory, "linux")).toMatchObject({ state: "failed", fix: /chmod 600/ });
    chmodSync(join(directory.keys, "A.key"), 0o600);
    chmodSync(directory.trustFile, 0o666);
    expect(checkTrust(directory, "linux")).toMatchObject({ state: "failed", fix: /chmod 600/ });
  },
);

test("what a revoked key leaves behind is named", async () => {
  const { dataDir, json } = trustPlace();
  const { key_id } = await json<{ key_id: string }>("key", "new", "--scope", "acme.*");
  await json("plugin", "pack", "inbox", "--sign");
  await json("plugin", "install", "acme.inbox-1.0.0.mmpkg", "--yes");
  expect(checkTrust(directoryIn(dataDir), process.platform)).toMatchObject({ state: "ok" });
  await json("key", "revoke", key_id);
  const check = checkTrust(directoryIn(dataDir), process.platform);
  expect(check).toMatchObject({ state: "warning", message: /1 revoked.*acme\.inbox/ });
});
