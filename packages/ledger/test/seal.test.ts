import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { verifyLedger } from "../src/index.ts";
import { manualClock } from "./clocks.ts";
import { record, signWith, temporaryLedger, verifySignature } from "./temporary-ledger.ts";

const DAY_MS = 86_400_000;
/** In these tests a signature file is base64 of the signature; minisign's own format is trust's business. */
const signFile = (bytes: Uint8Array, comment: string) =>
  `${comment}\n${Buffer.from(signWith(bytes)).toString("base64")}\n`;
const verifySeal = (key: string, bytes: Uint8Array, text: string) =>
  verifySignature(key, bytes, Buffer.from(text.split("\n")[1] ?? "", "base64"));

async function sealedDay() {
  const clock = manualClock();
  const target = await temporaryLedger({ clock, signFile });
  const { ledger } = await target.open();
  const append = async () => {
    ledger.append(record(ledger.nextSeq));
    await ledger.commit();
  };
  await append();
  await append();
  clock.jumpWall(-3_600_000);
  await append();
  clock.advance(DAY_MS);
  await append();
  await ledger.checkpoint();
  const { directory, headFile } = target.options;
  const verify = () => verifyLedger({ directory, headFile, name: "evidence", verifySignature, verifySeal });
  return { ...target, clock, ledger, append, verify, directory };
}

test("a day that is over gets a seal of all its parts, and counts as sealed", async () => {
  const { ledger, verify, directory, path } = await sealedDay();
  await ledger.close();
  const seal = await readFile(path("evidence/2026-11-21.seal"), "utf8");
  const [title, first, last, ...files] = seal.trimEnd().split("\n");
  expect(title).toBe("# mimolo seal 1 c-1");
  const commits = (await readFile(path("evidence/commits.jsonl"), "utf8")).trimEnd().split("\n");
  const hex = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");
  expect(first).toBe(`# first 1 ${hex(commits[1] ?? "")}`);
  expect(last).toBe(`# last 3 ${hex(commits[3] ?? "")}`);
  const named = ["2026-11-21.jsonl", "2026-11-21.2.jsonl"];
  expect(files).toEqual(
    await Promise.all(named.map(async (name) => `${hex(await readFile(path(`evidence/${name}`)))}  ${name}`)),
  );
  expect(await verify()).toEqual({
    ok: true,
    erased: [],
    days: [
      { ledger: "evidence", date: "2026-11-21", state: "sealed", records: 3 },
      { ledger: "evidence", date: "2026-11-22", state: "open", records: 1 },
    ],
  });
  expect(await readdir(directory)).not.toContain("2026-11-22.seal");
});

test("a sealed day is never appended to: after a step back the newest open day gets the part", async () => {
  const { ledger, append, verify, clock, directory, open } = await sealedDay();
  clock.jumpWall(-DAY_MS);
  await append();
  await ledger.close();
  expect(await readdir(directory)).toContain("2026-11-22.2.jsonl");
  clock.advance(1000);
  const again = await open();
  expect(again.recovery.clean).toBe(true);
  again.ledger.append(record(6));
  await again.ledger.close();
  expect(await verify()).toMatchObject({
    ok: true,
    days: [
      { state: "sealed", records: 3 },
      { state: "open", records: 3 },
    ],
  });
});

test("a changed, foreign or unsigned seal is named, and one that lost its signature", async () => {
  const { ledger, verify, path } = await sealedDay();
  await ledger.close();
  const [seal, minisig] = [path("evidence/2026-11-21.seal"), path("evidence/2026-11-21.seal.minisig")];
  const [text, signature] = [await readFile(seal, "utf8"), await readFile(minisig, "utf8")];
  const withSeal = async (changed: string) => {
    await writeFile(seal, changed);
    return (await verify()).fault;
  };
  expect(await withSeal(text.replace("c-1", "c-2"))).toMatchObject({ file: "2026-11-21.seal", reason: "seal-invalid" });
  expect(await withSeal(text.replace(/[0-9a-f]{64}(?= {2})/, "0".repeat(64)))).toMatchObject({
    reason: "seal-differs",
  });
  expect(await withSeal(text.replace("# last 3", "# last 2"))).toMatchObject({ reason: "seal-differs" });
  expect(await withSeal(text.split("\n").toSpliced(4, 1).join("\n"))).toMatchObject({ reason: "seal-differs" });
  expect(await withSeal(`${text}#\n`)).toMatchObject({ reason: "seal-invalid" });
  await writeFile(seal, text);
  await writeFile(minisig, signature.replace(/\n./, "\nA").replace(/(?<=\n.)./, "x"));
  expect((await verify()).fault).toMatchObject({ file: "2026-11-21.seal.minisig", reason: "seal-invalid" });
  await rm(minisig);
  expect((await verify()).fault).toMatchObject({ file: "2026-11-21.seal.minisig", reason: "file-missing" });
  await rm(seal);
  expect(await verify()).toMatchObject({ ok: true, days: [{ state: "open" }, { state: "open" }] });
});

test("a day whose file is not what was committed gets no seal", async () => {
  const clock = manualClock();
  const target = await temporaryLedger({ clock, signFile });
  const first = await target.open();
  first.ledger.append(record(1));
  await first.ledger.close();
  await writeFile(target.path("evidence/2026-11-21.jsonl"), "");
  clock.advance(DAY_MS);
  const second = await target.open();
  second.ledger.append(record(2));
  await second.ledger.close();
  expect(await readdir(target.options.directory)).not.toContain("2026-11-21.seal");
});
