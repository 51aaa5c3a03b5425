import {
  accessSync,
  closeSync,
  constants,
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
import { CollectorError } from "../error.ts";

/** Replaces the text of a file that is there: whoever reads sees the old or the new one, and on a full disk the old one
 *  stays. Keeps its mode, and the link if it is one. Throws `CollectorError` `not-editable` when the file or its folder may not
 *  be written, else what the disk says. */
export function replaceText(file: string, text: string): void {
  const real = realpathSync(file);
  const { mode } = statSync(real);
  // A rename would replace a file that its owner protected.
  if ((mode & 0o222) === 0) throw readOnly(real, "the file is read-only");
  refuseProtected(real, "the file is read-only");
  refuseProtected(dirname(real), "its folder is read-only");
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

function refuseProtected(path: string, why: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch {
    throw readOnly(path, why);
  }
}

function readOnly(path: string, why: string): CollectorError {
  return new CollectorError("not-editable", `${path}: ${why}`, `chmod u+w ${path}, if it is yours to change`);
}
