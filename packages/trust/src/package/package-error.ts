/** Which rule a package, or a folder that wants to become one, breaks. */
export type PackageErrorCode =
  // the file or folder itself
  | "not-found"
  | "unreadable"
  | "no-manifest"
  | "bad-manifest"
  // the shape of an archive
  | "not-an-archive"
  | "truncated"
  | "trailing-data"
  | "prepended-data"
  | "hidden-data"
  | "archive-comment"
  | "wrong-central-directory"
  | "local-header-lies"
  | "size-lies"
  | "checksum-lies"
  | "overlapping-entries"
  | "zip64"
  | "several-disks"
  | "encrypted"
  | "unsupported-compression"
  | "damaged-data"
  // what an entry is
  | "link"
  | "hard-link"
  | "device"
  // caps
  | "archive-too-large"
  | "package-too-large"
  | "file-too-large"
  | "manifest-too-large"
  | "signature-too-large"
  | "too-many-entries"
  // names
  | NameFaultCode
  // packing, signing, staging
  | "bad-plugin-file"
  | "missing-file"
  | "bad-date"
  | "other-publisher"
  | "not-intact"
  | "staging-not-empty"
  | "staging-failed"
  // registries
  /** Not what the index says: other bytes, another plugin, version or key. */
  | "registry-mismatch"
  | "outside-registry"
  | "registry-unreadable"
  | "registry-unwritable"
  | "registry-busy"
  | "version-taken"
  | "unsigned"
  | "bad-signature"
  | "revoked"
  | "expired";

/** What is wrong with the name of a file in a package, by itself or beside the others. */
export type NameFaultCode =
  | "empty-name"
  | "name-too-long"
  | "name-not-utf8"
  | "name-lies"
  | "nul-in-name"
  | "control-in-name"
  | "backslash"
  | "absolute-path"
  | "drive-letter"
  | "traversal"
  | "not-plain-path"
  | "forbidden-character"
  | "reserved-name"
  | "trailing-dot-or-space"
  | "duplicate"
  | "case-collision"
  | "unicode-collision"
  | "file-and-folder";

/** A package, or a folder that wants to become one, that cannot be read as such. `code` names which rule it breaks. */
export class PackageError extends Error {
  override readonly name = "PackageError";
  readonly code: PackageErrorCode;

  constructor(code: PackageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
