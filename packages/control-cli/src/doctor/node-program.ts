import { execFile } from "node:child_process";
import type { RunProgram } from "./check.ts";

const PATIENCE_MS = 5000;

/** Runs programs in `cwd`, each for at most five seconds. */
export function programsIn(cwd: string, env: Readonly<Record<string, string | undefined>>): RunProgram {
  return (file, args) =>
    new Promise((resolve) => {
      execFile(
        file,
        args,
        { cwd, env: { ...env }, timeout: PATIENCE_MS, windowsHide: true },
        (error, stdout, stderr) => {
          resolve({ ok: error === null, output: (error === null ? stdout : stderr || error.message).trim() });
        },
      );
    });
}
