// The `mimolo` command as a person would type it, for checks of examples: every call is a process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const command = join(dirname(createRequire(import.meta.url).resolve("mimolo/package.json")), "bin", "mimolo.js");

/** Every wait in a check ends after this. */
const PATIENCE_MS = 90_000;

/** The command in a folder, for somebody whose home is `home`; `more` is what else stands in their environment. */
export function commandIn(cwd, home, more = {}) {
  const start = (...words) => {
    const { PATH, SystemRoot, TEMP, TMPDIR } = process.env;
    const env = { PATH, SystemRoot, TEMP, TMPDIR, HOME: home, USERPROFILE: home, NO_COLOR: "1", ...more };
    return spawn(process.execPath, [command, ...words], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  };
  /** Resolves to `{ code, out, err }`. */
  const ended = async (...words) => {
    const child = start(...words);
    let out = "";
    let err = "";
    child.stdout.on("data", (text) => (out += text));
    child.stderr.on("data", (text) => (err += text));
    const [code] = await once(child, "close");
    return { code, out, err };
  };
  return {
    start,
    ended,
    /** The one document it prints with `--json`; rejects with `{ code, said }` when it ends with another code than 0. */
    async answer(...words) {
      const { code, out, err } = await ended(...words, "--json");
      if (code === 0) return JSON.parse(out);
      const message = `mimolo ${words.join(" ")} ended with ${code}\n${out}${err}`;
      throw Object.assign(new Error(message), { code, said: JSON.parse(out === "" ? err : out) });
    },
  };
}

/** Asks often until it is so. */
export async function until(what, holds) {
  const deadlineMs = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > deadlineMs) throw new Error(`waited ${PATIENCE_MS / 1000} s for this: ${what()}`);
    await sleep(100);
  }
}
