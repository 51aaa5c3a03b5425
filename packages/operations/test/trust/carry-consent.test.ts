import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allowedFiles, type ConfigChange, dataDirectory, editConfig } from "../../src/index.ts";
import { type TrustDesk, withTrustDesk } from "../../src/trust/index.ts";
import { scratch } from "../config/scratch.ts";

const text = '[plugins.mine]\nexecutable = "sh"\n';

function digest(of: string): string {
  return createHash("sha256").update(of).digest("hex");
}

function allowing() {
  const at = scratch({ "project/mimolo.toml": text });
  const root = join(at.root, "data");
  const file = join(at.project, "mimolo.toml");
  const consent = allowedFiles(dataDirectory(root).trustFile);
  const desk = <Result>(use: (desk: TrustDesk) => Promise<Result>) => withTrustDesk(root, use);
  const allow = () => desk((one) => one.allow({ path: at.project, by: "cli" }));
  const read = (texts?: ReadonlyMap<string, string>) => at.load({ consent, ...(texts && { texts }) });
  const edit = (change: ConfigChange) =>
    editConfig(change, {
      read,
      check: () => undefined,
      carryConsent: (carried) => desk((one) => one.carryConsent({ ...carried, by: "cli" })),
    });
  return { ...at, file, desk, allow, read, edit, consent };
}

test("a folder that was allowed stays so through MiMoLo's own edits, each on record", async () => {
  const { allow, edit, read, file, desk, refused, consent } = allowing();
  expect(() => read()).toThrow(/before you agree/);
  await allow();
  await edit({ do: "set", label: "mine", values: { args: ["-c"] } });
  const edited = readFileSync(file, "utf8");
  expect(read().plugins["mine"]?.args).toEqual(["-c"]);
  const notes = await desk(async (one) => {
    const all = [];
    for await (const entry of one.audit()) all.push(entry);
    return all;
  });
  expect(notes.at(-1)).toMatchObject({
    action: "allow",
    subject: file,
    by: "cli",
    detail: { kind: "config", digest: digest(edited), edited_from: digest(text) },
  });
  writeFileSync(file, `${edited}env = { A = "1" }\n`);
  expect(refused({ consent }).hint).toMatch(/^it was changed since you agreed/);
});

test("what nobody allowed is not allowed by an edit of it", async () => {
  const { file, desk, read, allow } = allowing();
  const carry = (from: string, to: string) => desk((one) => one.carryConsent({ path: file, from, to, by: "api" }));
  expect(await carry(digest(text), digest(text))).toBe(false);
  await allow();
  expect(await carry(digest("another"), digest("more"))).toBe(false);
  expect(read().plugins["mine"]?.executable).toBe("sh");
});
