// An example under a real collector, started and asked with the `mimolo` command as its README.md says.
import assert from "node:assert/strict";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { commandIn, until } from "./drive-command.mjs";

/** Copies `files` of the example in `here` into a fresh folder, which `prepare` may change, runs its mimolo.toml there with
 *  `--dev`, waits for its agent `label`, and ends the collector when `during` is through. `during` gets:
 *  - `folder`, where the collector was started; `dataDir`;
 *  - `pid()`, the agent's process now; `asked(...words)`, an answer of the command;
 *  - `summaries()`, the agent's summaries in the ledger so far; `next(change)`, the `data` of the next one that does not say
 *    that nobody worked, `change` being done again and again until then;
 *  - `until`, which tells what the collector said when it waits in vain.
 *  At the end no line of the agent may have been refused, and the evidence is verified. */
export async function underCollector({ here, files, label, prepare = () => {} }, during) {
  // Below /tmp a sandbox would see nothing of it.
  const parent = process.platform === "linux" ? "/var/tmp" : tmpdir();
  const folder = mkdtempSync(join(parent, `mimolo ${basename(here)} ü `));
  const dataDir = join(folder, ".data");
  const home = join(folder, ".home");
  mkdirSync(home);
  for (const file of ["mimolo.toml", ...files]) cpSync(join(here, file), join(folder, file), { recursive: true });
  prepare(folder);
  const mimolo = commandIn(folder, home);
  const asked = (...words) => mimolo.answer(...words, "--data-dir", dataDir);
  const collector = mimolo.start("run", "--dev", "--port", "0", "--data-dir", dataDir, "--config", "mimolo.toml");
  let said = "";
  for (const stream of [collector.stdout, collector.stderr]) stream.on("data", (text) => (said += text));
  const ended = once(collector, "exit");
  const wait = (what, holds) => until(() => `${what}\n${said}`, holds);
  const agent = async () => {
    const { agents = [] } = await asked("status").catch(() => ({}));
    return agents.find((each) => each.label === label && each.state === "running" && each.pid > 0);
  };
  const summaries = async () => (await evidenceOf(mimolo, dataDir, label)).filter(({ type }) => type === "summary");
  try {
    await wait(`${label} runs`, async () => (await agent()) !== undefined);
    await during({
      folder,
      dataDir,
      asked,
      summaries,
      until: wait,
      pid: async () => (await agent())?.pid,
      async next(change) {
        const before = (await summaries()).length;
        let found;
        await wait(`${label} sees work`, async () => {
          await change();
          await asked("agent", "flush", label);
          found = (await summaries()).slice(before).find(({ data }) => data.activity_signal?.keep_alive !== false);
          return found !== undefined;
        });
        return found.data;
      },
    });
    assert.deepEqual((await agent())?.counters.refused, {}, "every line it wrote was taken");
    collector.kill("SIGTERM");
    const [code] = await ended;
    assert.equal(code, 0, said);
    assert.equal((await asked("verify")).ok, true);
  } finally {
    collector.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

async function evidenceOf(mimolo, dataDir, label) {
  const words = ["--agent", label, "--kind", "message", "--json", "--data-dir", dataDir];
  const { code, out, err } = await mimolo.ended("evidence", ...words);
  assert.equal(code, 0, err);
  return out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line).message);
}
