import { shown } from "./entry-name.ts";
import {
  MANIFEST_NAME,
  MAX_FILE_BYTES,
  MAX_MANIFEST_BYTES,
  MAX_PACKAGE_BYTES,
  MAX_SIGNATURE_BYTES,
  SIGNATURE_NAME,
} from "./limits.ts";
import { PackageError } from "./package-error.ts";

/** Holds the caps on sizes, as the files are told one by one. */
export class SizeTally {
  #total = 0;

  /** Throws PackageError when this file, or all so far together, are over their caps. */
  add(name: string, size: number): void {
    if (name === MANIFEST_NAME && size > MAX_MANIFEST_BYTES) {
      throw new PackageError(
        "manifest-too-large",
        `the manifest has ${size} bytes; at most ${MAX_MANIFEST_BYTES} are allowed`,
      );
    }
    if (name === SIGNATURE_NAME && size > MAX_SIGNATURE_BYTES) {
      throw new PackageError(
        "signature-too-large",
        `the signature has ${size} bytes; at most ${MAX_SIGNATURE_BYTES} are allowed`,
      );
    }
    if (size > MAX_FILE_BYTES) {
      throw new PackageError(
        "file-too-large",
        `${shown(name)} has ${size} bytes; at most ${MAX_FILE_BYTES} are allowed`,
      );
    }
    this.#total += size;
    if (this.#total > MAX_PACKAGE_BYTES) {
      throw new PackageError("package-too-large", `the files together have more than ${MAX_PACKAGE_BYTES} bytes`);
    }
  }
}
