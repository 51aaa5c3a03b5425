import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readEvidence } from "@mimolo/evidence";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dataDirectory } from "../../src/data-directory.ts";
import { openArchive } from "../../src/index.ts";
import { Host } from "./host.ts";

const agent = fileURLToPath(new URL("../fixtures/agents/keeps-a-spool.mjs", import.meta.url));

let dataDir = "";
let hosts: Host[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "mimolo-spool-"));
});
afterEach(async () => {
  for (const { child } of hosts) child.kill("SIGKILL");
  await Promise.all(hosts.map(({ ended }) => ended));
  hosts = [];
  rmSync(dataDir, { recursive: true, force: true });
});

async function begin(): Promise<Host> {
  const host = new Host([dataDir, agent]);
  hosts.push(host);
  await host.until(({ agent: state }) => state === "running");
  return host;
}

/** Resolves after that many commits from now on. */
async function commits(host: Host, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await host.until(({ through }) => through !== undefined, host.said.length);
}

/** How many the agent wrote over all its lives, once it knows that all of them are kept; else 0. */
function written(): number {
  const { agentsRoot } = dataDirectory(dataDir);
  const files = readdirSync(agentsRoot, { recursive: true, encoding: "utf8" });
  const done = files.find((path) => path.endsWith("done"));
  return done === undefined ? 0 : Number(readFileSync(join(agentsRoot, done), "utf8"));
}

async function kept(): Promise<{ numbers: number[]; gaps: object[] }> {
  const [numbers, gaps]: [number[], object[]] = [[], []];
  for await (const { record } of readEvidence(dataDirectory(dataDir).evidence)) {
    if (record.kind === "message") numbers.push(record.agent_seq ?? Number.NaN);
    if (record.kind === "gap" && record.data.reason === "missing-seq") gaps.push(record.data);
  }
  return { numbers, gaps };
}

test("an agent with a spool and its collector are killed under load again and again: nothing is lost or doubled", async () => {
  const first = await begin();
  await commits(first, 2);
  process.kill(first.said.findLast(({ agent: state }) => state === "running")?.pid ?? 0, "SIGKILL");
  await first.until(({ agent: state }) => state === "running", first.said.length);
  await commits(first, 2);
  first.child.kill("SIGKILL");
  await first.ended;

  const second = await begin();
  await commits(second, 1);
  second.child.kill("SIGKILL");
  await second.ended;

  const third = await begin();
  await commits(third, 2);
  writeFileSync(join(dataDirectory(dataDir).agentsRoot, "enough"), "");
  await expect.poll(written, { timeout: 60_000, interval: 50 }).toBeGreaterThan(0);
  third.stop();
  await third.ended;
  const { numbers, gaps } = await kept();
  expect(numbers).toEqual(Array.from({ length: written() }, (_, index) => index + 1));
  expect(gaps).toEqual([]);
  expect((await openArchive(dataDir).verify({})).ok).toBe(true);
}, 120_000);
