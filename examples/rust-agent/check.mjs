// Asserts what README.md claims: builds the agent, drives it over pipes and under a real collector.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leaveWithout } from "../../scripts/tools.mjs";
import { checkConduct } from "../check-conduct.mjs";
import { conforms } from "../check-conform.mjs";
import { driveAgent } from "../drive-agent.mjs";
import { underCollector } from "../drive-collector.mjs";

// Rust links with the C compiler, but on Windows.
leaveWithout("cargo", ...(process.platform === "win32" ? [] : ["cc"]));
const here = import.meta.dirname;
const executable = `target/release/words-agent${process.platform === "win32" ? ".exe" : ""}`;
execFileSync("cargo", ["build", "--release", "--locked", "--quiet"], {
  cwd: here,
  stdio: ["ignore", "inherit", "inherit"],
});
const folder = mkdtempSync(join(tmpdir(), "mimolo words ü "));
const start = () => driveAgent(join(here, executable), [], { config: { folder } });

try {
  let notes = 0;
  await checkConduct(start, () => writeFileSync(join(folder, `note-${notes++}.md`), "x"));
  await countsWords();
  const files = [executable];
  await underCollector({ here, files, label: "words" }, async (run) => {
    const { added, files: changed } = await run.next(() =>
      appendFileSync(join(run.folder, "novel.md"), "It was a dark night.\n"),
    );
    assert.ok(added >= 5 && changed >= 1, `${added} words in ${changed} files`);
  });
  await conforms([join(here, executable)], { cwd: here, settings: { folder } });
  console.log("ok: every command answered, every word counted");
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function countsWords() {
  for (const [name, text] of [
    ["a.md", "one two – three\n"],
    ["b.TXT", "vier fünf"],
    ["c.rs", "no text"],
    [".d.md", "hidden"],
  ]) {
    writeFileSync(join(folder, name), text);
  }
  const agent = start();
  await agent.next("handshake");
  agent.accept();
  agent.send("flush");
  const { total, files } = (await agent.next("summary")).data;
  assert.equal(files, 0, "what was there before is nobody's work");
  appendFileSync(join(folder, "a.md"), "four five");
  rmSync(join(folder, "b.TXT"));
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "node_modules", "readme.md"), "not mine");
  agent.send("flush");
  const after = (await agent.next("summary")).data;
  delete after.activity_signal;
  assert.deepEqual(after, { added: 2, removed: 2, files: 2, total });
  agent.hangUp();
  assert.equal(await agent.ended(), 0);
}
