import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** Replaces the text of a file that is there: whoever reads sees the old or the new one, and on a full disk the old one
 *  stays. Keeps its mode, and the link if it is one. Throws what the disk says. */
export function replaceText(file: string, text: string): void {
  const real = realpathSync(file);
  const { mode } = statSync(real);
  const temporary = join(dirname(real), `.mimolo-${process.pid}-${Date.now()}.tmp`);
  try {
    const open = openSync(temporary, "wx", mode & 0o777);
    try {
      // The umask may have taken something away.
      fchmodSync(open, mode & 0o777);
      writeFileSync(open, text);
      fsyncSync(open);
    } finally {
      closeSync(open);
    }
    renameSync(temporary, real);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
