/** Whether the files of a package are those of its manifest: every one of them, nothing beside them, byte for byte. */
export type FilesCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: "modified" | "missing-file" | "extra-file"; readonly path: string };
