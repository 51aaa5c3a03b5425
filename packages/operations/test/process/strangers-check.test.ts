// The checks of docs/evidence.md, run as they stand there with public tools only, over a ledger that has gone through
// everything: a packed day with an erased record, a sealed one, an open one, and an anchor in a repository.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "@mimolo/agent-sdk/testing";
import { createRecordWriter, erasureRecord, timesOf } from "@mimolo/evidence";
import { openLedger } from "@mimolo/ledger";
import { loadOrCreateKey } from "@mimolo/trust";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needs } from "../../../../scripts/needs.ts";
import { anchorGit, dataDirectory, openArchive } from "../../src/index.ts";
import { makeDataDirectory } from "../../src/data-directory.ts";

const page = readFileSync(new URL("../../../../docs/evidence.md", import.meta.url), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs"))].map(([, text]) => text ?? "");
const python = blocks("python")[0] ?? "";
const [sealed = "", anchors = "", checkpoint = ""] = blocks("sh");

const DAY_MS = 86_400_000;
const root = mkdtempSync(join(tmpdir(), "mimolo stranger "));
const data = dataDirectory(join(root, "data"));
const repo = join(root, "client");
const git = (...args: string[]) => execFileSync("git", args, { cwd: repo, encoding: "utf8" });
const hasGit = needs("git");

const origin = { instanceId: "i", pluginId: "local.a", agentLabel: "a", runId: "r", trust: "trusted" } as const;

beforeAll(async () => {
  makeDataDirectory(data);
  const clock = manualClock({ wallMs: Date.UTC(2026, 10, 19, 9) });
  const { collectorKey: secretFile, collectorPublicKey: publicFile } = data;
  const key = loadOrCreateKey({ secretFile, publicFile, comment: "a collector" });
  const { ledger } = await openLedger({
    directory: data.evidence,
    headFile: data.head,
    identity: { collectorId: "7d0f6f0e-2a4b-4a43-9d0e-5a3b1c9e8f21", publicKey: key.publicKey },
    sign: (message) => key.sign(message),
    signFile: (bytes, comment) => key.signFile(bytes, comment),
    timesOf,
    clock,
  });
  const writer = createRecordWriter(ledger, clock);
  for (let day = 0; day < 3; day++) {
    for (let i = 0; i < 7; i++) {
      const message = { type: "summary", timestamp: new Date(clock.wallMs()).toISOString(), data: { title: `T${i}` } };
      const line = Buffer.from(JSON.stringify(message));
      writer.message({ origin, line, message, receivedAtMs: clock.wallMs() });
      if (i % 3 === 2) await ledger.commit();
    }
    await ledger.commit();
    clock.advance(DAY_MS);
  }
  await ledger.checkpoint();
  await ledger.pack({ before: "2026-11-20" });
  const by = { by: "ada", why: "a private window title" };
  for (const seq of [2, 9]) await ledger.erase(seq, (leaf) => erasureRecord({ seq, leaf, ...by }, clock));
  await ledger.close();
  if (!hasGit) return;
  execFileSync("git", ["init", "-q", repo]);
  git("config", "user.email", "ada@example.org");
  git("config", "user.name", "Ada");
  await anchorGit(data.root, { repo, nowMs: clock.wallMs() });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A copy of `evidence/`, as it is handed to a stranger. */
function copy(): string {
  const folder = mkdtempSync(join(root, "copy "));
  cpSync(data.evidence, folder, { recursive: true });
  return folder;
}

function run(command: string, args: readonly string[], cwd: string, input?: string) {
  const env = { ...process.env, REPO: repo };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, input, encoding: "utf8" });
  return { status, stdout, stderr };
}

test("the ledger of this test is what the page speaks of", async () => {
  const report = await openArchive(data.root).verify();
  expect(report).toMatchObject({ ok: true, erased: [2, 9] });
  expect(existsSync(join(data.evidence, "2026-11-19.jsonl.gz"))).toBe(true);
  expect(existsSync(join(data.evidence, "2026-11-19.jsonl"))).toBe(false);
  expect(report.days[0]?.state).toBe(hasGit ? "anchored" : "sealed");
});

test.runIf(needs("python3"))(
  "Python alone finds the chain whole, packed and erased as it is, and prints its head",
  () => {
    const head = JSON.parse(readFileSync(data.head, "utf8")) as { n: number; hash: string };
    const { stdout, stderr } = run("python3", ["-"], copy(), python);
    expect({ stdout, stderr }).toEqual({ stdout: `the chain holds, its head is ${head.n} ${head.hash}\n`, stderr: "" });
  },
);

test.runIf(needs("python3"))("it does not take an emptied record for an erased one", () => {
  const folder = copy();
  const file = join(folder, "2026-11-20.jsonl");
  const lines = readFileSync(file, "utf8").split("\n");
  const emptied = (lines[0] ?? "").replace(/"salt":".{22}"/, `"salt":"${"A".repeat(22)}"`);
  const at = emptied.indexOf('"message":{') + '"message":{'.length;
  lines[0] = `${emptied.slice(0, at)}}`.padEnd(emptied.length - 1) + "}";
  writeFileSync(file, lines.join("\n"));
  expect(run("python3", ["-"], folder, python).stderr).toContain("a record was changed");
});

test.runIf(needs("minisign") && needs("sha256sum") && needs("sh"))(
  "minisign and sha256sum accept the day that lost a record, and a packed one once it is unpacked",
  () => {
    const folder = copy();
    const whole = run("sh", ["-c", sealed], folder);
    expect(whole.stderr).toBe("");
    expect(whole.stdout).toContain("2026-11-20.jsonl: OK");
    const packed = sealed.replaceAll("2026-11-20", "2026-11-19");
    const unpack = `gunzip -k 2026-11-19*.jsonl.gz && ${packed}`;
    expect(page).toContain("`gunzip -k 2026-11-20*.jsonl.gz`");
    expect(run("sh", ["-c", unpack], folder).stdout).toContain("2026-11-19.jsonl: OK");
    const text = readFileSync(join(folder, "2026-11-20.jsonl"), "utf8");
    writeFileSync(join(folder, "2026-11-20.jsonl"), text.replace("T5", "T6"));
    expect(run("sh", ["-c", sealed], folder).stdout).toContain("FAILED");
  },
);

test.runIf(hasGit && needs("sh"))("git alone says whether the chain is what the witness saw", () => {
  const folder = copy();
  const { n } = JSON.parse(readFileSync(join(folder, "anchors.jsonl"), "utf8")) as { n: number };
  expect(run("sh", ["-c", anchors], folder).stdout).toBe(`commit ${n} is as it was anchored\n`);
  const chain = join(folder, "commits.jsonl");
  const lines = readFileSync(chain, "utf8").trimEnd().split("\n");
  writeFileSync(chain, `${lines.slice(0, -1).join("\n")}\n`);
  expect(run("sh", ["-c", anchors], folder).stdout).toBe(`commit ${n} is NOT as it was anchored\n`);
});

test.runIf(needs("sh") && needs("openssl"))("OpenSSL accepts the newest checkpoint", () => {
  const { stdout } = run("sh", ["-c", checkpoint], copy());
  expect(stdout).toContain("Signature Verified Successfully");
});
