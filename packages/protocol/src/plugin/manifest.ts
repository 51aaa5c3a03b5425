// What a package says of itself: `mimolo-plugin.json`, generated from the author's `plugin.toml` and signed as bytes.
import { z } from "zod";
import { SHA256_PATTERN } from "../wire/constants.ts";
import { authorFields } from "./manifest-fields.ts";
import { type PluginRuntime, runtimeOfEntry } from "./runtime.ts";

/** A manifest has at most so many bytes. */
export const MAX_MANIFEST_BYTES = 262_144;
export const MANIFEST_VERSION = "1.0";

/** One file of the payload. */
export const PackageFile = z.strictObject({
  /** Relative, with `/`. */
  path: z.string().min(1).max(512),
  size: z.int().nonnegative(),
  sha256: z.string().regex(SHA256_PATTERN, "is no lower-case hex of a SHA-256"),
  /** Whether it is executable; absent: no. */
  exec: z.boolean().optional(),
});
export type PackageFile = z.infer<typeof PackageFile>;

const manifestTable = z.strictObject({
  manifest_version: z.literal(MANIFEST_VERSION),
  name: z.string().min(1).max(256),
  ...authorFields,
  files: z.array(PackageFile).max(2000),
  publisher: z
    .object({
      key_id: z
        .string()
        .regex(/^[0-9A-F]{16}$/i, "is no key id: 16 hex digits")
        .transform((id) => id.toUpperCase()),
    })
    .optional(),
  created_at: z.iso.datetime({ offset: true }).optional(),
});

/** `mimolo-plugin.json`. Unknown keys are refused; null counts as absent, since packers in other languages write it for what
 *  they have nothing to say on; `binary` comes out as `entry` with the runtime `native`, and `runtime` is always told. */
export const PluginManifest = z.preprocess(withoutNulls, manifestTable).transform(withProgram);
export type PluginManifest = z.output<typeof PluginManifest>;

/** The author's `plugin.toml`: one table `[plugin]`. */
export const PluginAuthorFile = z.strictObject({
  plugin: z
    .strictObject({ name: z.string().min(1).max(256).optional(), ...authorFields })
    .transform((plugin, context) => ({ ...withProgram(plugin, context), name: plugin.name ?? plugin.id })),
});
export type PluginAuthorFile = z.output<typeof PluginAuthorFile>;

interface WrittenProgram {
  readonly entry?: string | undefined;
  readonly binary?: string | undefined;
  readonly runtime?: PluginRuntime | undefined;
}

function withProgram<Written extends WrittenProgram>(
  written: Written,
  context: z.core.$RefinementCtx,
): Omit<Written, "binary" | "entry" | "runtime"> & { entry: string; runtime: PluginRuntime } {
  const { binary, entry, runtime, ...rest } = written;
  const program = entry ?? binary ?? "";
  const told = runtime ?? (binary === undefined ? runtimeOfEntry(program) : "native");
  const refuse = (field: string, message: string) => context.addIssue({ code: "custom", path: [field], message });
  if (program === "") refuse("entry", "is missing: the file that runs (or binary, for a program of its own)");
  else if (entry !== undefined && binary !== undefined) refuse("binary", "cannot stand beside entry");
  else if (binary !== undefined && told !== "native") refuse("runtime", 'must be "native" for a binary');
  else if (told === null) refuse("runtime", "is missing, and the extension of entry does not tell it");
  return { ...rest, entry: program, runtime: told ?? "native" };
}

function withoutNulls(tree: unknown): unknown {
  if (typeof tree !== "object" || tree === null || Array.isArray(tree)) return tree;
  return Object.fromEntries(
    Object.entries(tree).filter(([key, value]) => value !== null || !Object.hasOwn(manifestTable.shape, key)),
  );
}
