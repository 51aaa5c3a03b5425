// How large a package may be. Held before anything is written, and again while its bytes go by.
import { MAX_MANIFEST_BYTES } from "@mimolo/protocol";

export { MAX_MANIFEST_BYTES };
/** Files and folders of an archive, manifest and signature included. */
export const MAX_ENTRIES = 2000;
/** Bytes of all files together. */
export const MAX_PACKAGE_BYTES = 64 * 1024 * 1024;
/** Bytes of one file. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;
/** A signature has four lines. */
export const MAX_SIGNATURE_BYTES = 4096;
/** The files, and at most this much around them. */
export const MAX_ARCHIVE_BYTES = MAX_PACKAGE_BYTES + 4 * 1024 * 1024;
/** Characters of a path. */
export const MAX_NAME_LENGTH = 240;

export const MANIFEST_NAME = "mimolo-plugin.json";
export const SIGNATURE_NAME = "mimolo-plugin.json.minisig";
