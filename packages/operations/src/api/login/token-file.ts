import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { newSecret } from "./secrets.ts";

const TOKEN = /^[\w-]{43}\n?$/u;

/** The owner's own token, good for everything: made where there is none, and made anew where the file could have been read or
 *  written by others or holds anything else. */
export function ownToken(file: string): string {
  const kept = readToken(file);
  if (kept !== null) return kept;
  const token = newSecret(256);
  const draft = `${file}.${process.pid}.tmp`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${token}\n`, { mode: 0o600, flag: "wx" });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
  return token;
}

function readToken(file: string): string | null {
  try {
    const opened = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const { mode, size } = fstatSync(opened);
      const isOpenToOthers = process.platform !== "win32" && (mode & 0o077) !== 0;
      if (isOpenToOthers || size > 64) return null;
      const text = readFileSync(opened, "utf8");
      return TOKEN.test(text) ? text.trimEnd() : null;
    } finally {
      closeSync(opened);
    }
  } catch {
    return null;
  }
}
