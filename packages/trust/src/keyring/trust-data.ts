// What this user trusts, as `trust/trust.json` holds it: names and spelling are the file's.

/** How a key came to be trusted. */
export type KeySource = "builtin" | "self" | "pinned" | "first-use";

/** A public key and what it may vouch for. */
export interface TrustedKey {
  /** 16 upper-case hex digits, as minisign prints them. */
  readonly key_id: string;
  /** Line 2 of minisign's `.pub`. */
  readonly public_key: string;
  readonly label: string;
  readonly source: KeySource;
  /** Globs of plugin ids; `*` also matches dots. */
  readonly scope: readonly string[];
  /** ISO 8601, UTC; so are all times here. */
  readonly added_at: string;
  readonly expires_at?: string;
  readonly revoked?: { readonly at: string; readonly why?: string };
}

/** When and by whom something was given; `by` as in an entry. */
export interface Given {
  readonly at: string;
  readonly by: string;
}

/** One thing that was allowed, by exactly its bytes. */
export interface AllowEntry {
  readonly kind: "package" | "script" | "config";
  /** SHA-256 in hex: of the manifest, or of the file. */
  readonly digest: string;
  /** Capabilities and permissions. */
  readonly grants: readonly string[];
  readonly at: string;
  /** `cli`, `api`, `embedder`, … */
  readonly by: string;
  /** When and by whom a grant was given, by its name: of those that came after the entry did. */
  readonly given?: Readonly<Record<string, Given>>;
  /** Of packages. */
  readonly plugin_id?: string;
  /** Of packages. */
  readonly version?: string;
  /** Of scripts and configurations: absolute, without links. */
  readonly path?: string;
  /** Of packages: whose signature it bore. Of scripts and configurations: the self key that signed this entry. */
  readonly key_id?: string;
  /** Of scripts and configurations: base64 of raw Ed25519 by the self key over this entry. */
  readonly sig?: string;
}

/** The whole of `trust/trust.json`. */
export interface TrustData {
  readonly format: 1;
  readonly keys: readonly TrustedKey[];
  readonly allow: readonly AllowEntry[];
  /** By plugin id, the highest version that proved healthy. */
  readonly high_water: Readonly<Record<string, string>>;
}

/** Nobody is trusted with anything. */
export const NO_TRUST: TrustData = { format: 1, keys: [], allow: [], high_water: {} };
