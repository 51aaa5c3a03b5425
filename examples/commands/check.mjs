// Types the lines of docs/commands-as-agents.md as they stand there, and asserts what the page says comes of them.
import assert from "node:assert/strict";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leaveWithout } from "../../scripts/tools.mjs";
import { commandIn, until } from "../drive-command.mjs";

leaveWithout("sh", "python3");
const here = import.meta.dirname;
// Below /tmp a sandbox would see nothing of it.
const scratch = mkdtempSync(join(process.platform === "linux" ? "/var/tmp" : tmpdir(), "mimolo-commands-"));
// Beside home and data: of a folder that holds those a sandbox shows single files only.
const work = join(scratch, "work");
const mimolo = commandIn(work, join(scratch, "home"), { MIMOLO_HOME: join(scratch, "data") });
const page = readFileSync(join(here, "..", "..", "docs", "commands-as-agents.md"), "utf8");
let collector = null;
const lines = [...page.matchAll(/^\$ mimolo (add .+)$/gm)].map(([, line]) => line.split(/ +/));

try {
  mkdirSync(work);
  for (const name of readdirSync(here).filter((each) => /\.(sh|py)$/.test(each)))
    cpSync(join(here, name), join(work, name));
  writeFileSync(join(work, "tasks.md"), "- [ ] buy milk\n- [x] sleep\n- [ ] write tests\n");
  writeFileSync(join(work, "backup.tar"), "x".repeat(2000));
  assert.equal(lines.length, 4);
  for (const line of lines) {
    const at = line.indexOf("--");
    // As there, but for the pauses, and with the yes that a person would say.
    const quick = line.slice(0, at).map((word, index) => (line[index - 1] === "--every" ? "1s" : word));
    const { code, out, err } = await mimolo.ended(
      ...quick,
      "--yes",
      "--set",
      "agent_flush_interval_s=1",
      ...line.slice(at),
    );
    assert.equal(code, 0, out + err);
  }
  collector = mimolo.start("run", "--no-dashboard");
  let said = "";
  for (const stream of [collector.stdout, collector.stderr]) stream.on("data", (text) => (said += text));
  const results = await allResults(() => said);
  assert.deepEqual(results.tasks.lines, ["buy milk", "write tests"]);
  assert.equal(typeof results.queue.value.waiting, "number");
  assert.deepEqual([results.backup.state, results.backup.perfdata[0].value], ["ok", 2000]);
  assert.deepEqual(
    results.sensors.points.map(({ fields }) => fields.celsius),
    [21.5, 19],
  );
  console.log(`ok: ${lines.length} commands, each became evidence`);
} finally {
  collector?.kill("SIGTERM");
  if (collector?.exitCode === null) await once(collector, "exit");
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** The first result of each agent, by its label. */
async function allResults(said) {
  const found = {};
  const labels = lines.map(([, label]) => label);
  await until(
    () => `results of ${labels.filter((label) => !(label in found)).join(", ")}\n${said()}`,
    async () => {
      for (const label of labels.filter((each) => !(each in found))) {
        const { out } = await mimolo.ended("evidence", "--agent", label, "--kind", "message", "--json");
        const records = out
          .split("\n")
          .filter(Boolean)
          .map((line) => JSON.parse(line));
        const first = records.flatMap(({ message }) => message.data.results).find(({ fault }) => fault === undefined);
        if (first !== undefined) found[label] = first;
      }
      return labels.every((label) => label in found);
    },
  );
  return found;
}
