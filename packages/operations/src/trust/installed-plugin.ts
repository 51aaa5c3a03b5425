import type { PluginManifest } from "@mimolo/protocol";

/** Where a package lies that was installed. */
export interface StoredPackage {
  readonly pluginId: string;
  readonly version: string;
  /** `plugins/store/<id>/<version>-<first 16 digits of the digest>`, absolute. */
  readonly folder: string;
  /** SHA-256 of the manifest that was installed, hex. */
  readonly digest: string;
  /** Whose signature it bore. */
  readonly keyId: string | null;
  /** When it was allowed, ISO-8601. */
  readonly at: string;
}

/** The one version of a plugin that is installed. Whether it may run is judged from its files at each launch. */
export interface InstalledPlugin extends StoredPackage {
  readonly manifest: PluginManifest;
}

/** A package that was installed and whose manifest is no longer there or no longer readable. */
export interface BrokenPlugin extends StoredPackage {
  readonly verdict: "missing-file" | "modified";
  /** One sentence for people. */
  readonly reason: string;
}
