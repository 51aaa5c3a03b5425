// Whether an agent keeps the protocol, asked with `mimolo conform` as its author would.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandIn } from "./drive-command.mjs";

/** Starts `command` in `cwd`, with `settings` as mimolo.toml would hold them for it. Advice is not judged. */
export async function conforms(command, { cwd, settings = {} }) {
  const home = mkdtempSync(join(tmpdir(), "mimolo conform "));
  try {
    const mimolo = commandIn(cwd, home);
    const words = ["conform", "--json", "--settings", JSON.stringify(settings), "--", ...command];
    const { code, out, err } = await mimolo.ended(...words);
    const { rules = [] } = out === "" ? {} : JSON.parse(out);
    const broken = rules.filter(({ ok, required }) => ok === false && required);
    const told = broken.map(({ id, title, seen, fix }) => `${id} ${title}\n  ${seen}\n  ${fix}`);
    assert.deepEqual(told, [], `${command.join(" ")} breaks rules`);
    assert.equal(code, 0, err);
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
