import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { manualClock } from "@mimolo/agent-sdk/testing";
import { readGenesis } from "@mimolo/ledger";
import { systemClock } from "@mimolo/supervisor";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeDataDirectory } from "../../src/data-directory.ts";
import { dataDirectory, openArchive } from "../../src/index.ts";
import { openEvidence } from "../../src/journal/open-evidence.ts";
import { AuditLog, withTrustDesk } from "../../src/trust/index.ts";
import { collectorKey } from "../../src/trust/collector-key.ts";
import { fillingDisk } from "../filling-disk.ts";
import { deskScene } from "./desk-scene.ts";

const folder = mkdtempSync(join(tmpdir(), "mimolo-audit-"));
const root = join(folder, "sound");
const verified = (at: string) => openArchive(at).verify();

/** A folder with a small audit log of two commits, one checkpoint each. */
beforeAll(async () => {
  for (const by of ["cli", "api"]) {
    await withTrustDesk(root, (desk) => desk.newKey({ label: by, by }));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy to spoil. */
function copy(name: string) {
  const to = join(folder, name);
  rmSync(to, { recursive: true, force: true });
  cpSync(root, to, { recursive: true });
  return dataDirectory(to);
}

test("each byte of an audit log that is changed is found", async () => {
  expect(await verified(root)).toMatchObject({ ok: true, days: [{ ledger: "audit", state: "open", records: 2 }] });
  const { audit, auditHead, root: at } = copy("changed");
  const files = readdirSync(audit).map((name) => join(audit, name));
  let bytes = 0;
  for (const file of [...files, auditHead]) {
    const sound = readFileSync(file);
    bytes += sound.length;
    for (let index = 0; index < sound.length; index++) {
      const changed = Buffer.from(sound);
      changed[index] = (sound[index] ?? 0) ^ 1;
      writeFileSync(file, changed);
      const { ok, fault } = await verified(at);
      if (ok) throw new Error(`byte ${index} of ${relative(at, file)} was not found`);
      expect(fault?.file).toMatch(/^(trust\/audit|state)\//);
    }
    writeFileSync(file, sound);
  }
  expect(bytes).toBeGreaterThan(1_000);
  expect((await verified(at)).ok).toBe(true);
}, 60_000);

test("an audit log that vanished is missed: by its head, and without that by the decisions it told of", async () => {
  const { audit, auditHead, state, root: at } = copy("vanished");
  rmSync(audit, { recursive: true });
  const gone = { file: "trust/audit/commits.jsonl", reason: "genesis-missing" };
  expect((await verified(at)).fault).toMatchObject(gone);
  rmSync(auditHead);
  rmSync(join(state, "audit-head.checkpoints.json"));
  expect((await verified(at)).fault).toMatchObject(gone);
  const { trustFile } = dataDirectory(at);
  rmSync(trustFile);
  expect(await verified(at)).toMatchObject({ ok: true, days: [] });
});

test("a folder of evidence alone is no worse for having no audit log", async () => {
  const { root: at } = dataDirectory(join(folder, "fresh"));
  expect(await verified(at)).toEqual({ ok: true, days: [] });
});

test("an audit log by another key, and evidence in its place, are found", async () => {
  const here = copy("swapped");
  const key = collectorKey(here);
  const options = { directory: here, key, clock: systemClock, fault: () => undefined };
  const { ledger } = await openEvidence({ ...options, events: undefined as never }, () => undefined);
  await ledger.close();
  expect((await verified(here.root)).ok).toBe(true);
  const other = dataDirectory(join(folder, "other"));
  await withTrustDesk(other.root, () => undefined);
  rmSync(here.audit, { recursive: true });
  cpSync(other.audit, here.audit, { recursive: true });
  cpSync(other.auditHead, here.auditHead);
  rmSync(join(here.state, "audit-head.checkpoints.json"));
  expect((await verified(here.root)).fault).toMatchObject({ reason: "key-differs" });
  rmSync(here.audit, { recursive: true });
  cpSync(here.evidence, here.audit, { recursive: true });
  cpSync(here.head, here.auditHead);
  expect((await verified(here.root)).fault).toMatchObject({
    file: "trust/audit/commits.jsonl",
    reason: "genesis-invalid",
  });
});

test("a torn tail is mended at the next opening, and what it held is told", async () => {
  const here = copy("torn");
  const [day = ""] = readdirSync(here.audit).filter((name) => name.startsWith("20"));
  appendFileSync(join(here.audit, day), '{"seq":3,"kind":"audit","rec');
  const key = collectorKey(here);
  const audit = await AuditLog.open({ directory: here, key, clock: systemClock });
  expect(audit.repairs).toEqual([expect.stringMatching(/^trust\/audit: 28 torn bytes/)]);
  audit.note("launch", "agent", "collector", { digest: "0" });
  await audit.close();
  expect(await verified(here.root)).toMatchObject({ ok: true });
});

test("launches are committed by the window, together", async () => {
  const directory = dataDirectory(join(folder, "window"));
  makeDataDirectory(directory);
  const clock = manualClock({ wallMs: Date.UTC(2026, 10, 21, 9) });
  const audit = await AuditLog.open({ directory, key: collectorKey(directory), clock });
  for (let index = 0; index < 100; index++) audit.note("launch", `agent-${index}`, "collector");
  const read = async () => {
    let entries = 0;
    for await (const _ of openArchive(directory.root).audit()) entries++;
    return entries;
  };
  expect(await read()).toBe(0);
  clock.advance(1_000);
  await expect.poll(read).toBe(100);
  expect(readFileSync(join(directory.audit, "commits.jsonl"), "utf8").trim().split("\n")).toHaveLength(2);
  await audit.close();
  expect((await readGenesis(directory.audit))?.collectorId).toMatch(/^audit-/);
});

test("on a disk that takes no record nothing is widened; what takes trust away goes through", async () => {
  const scene = deskScene();
  const disk = fillingDisk();
  await scene.trustAuthor();
  const desk = <Result>(use: Parameters<typeof withTrustDesk<Result>>[1]) =>
    withTrustDesk(scene.root, use, { fileSystem: disk.fileSystem });
  const path = join(scene.folder, "agent.py");
  writeFileSync(path, "");
  await desk(async (held) => {
    disk.refuses = true;
    await expect(held.allow({ path, by: "cli" })).rejects.toMatchObject({ code: "waits-for-disk" });
    await held.revokeKey({ keyId: scene.author.keyId, by: "cli" });
    disk.refuses = false;
  });
  const { keys, allow } = JSON.parse(readFileSync(scene.directory.trustFile, "utf8")) as Record<string, object[]>;
  expect(allow).toEqual([]);
  expect(keys).toMatchObject([{ key_id: scene.author.keyId, revoked: {} }]);
  const audited = (await scene.audited()).filter((line) => !line.startsWith("key "));
  expect(audited).toEqual([`allow ${path}`, `deny ${path}`, `revoke ${scene.author.keyId}`]);
});
