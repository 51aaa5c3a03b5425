/** A plugin as far as others may need it: one version of it, and what it needs itself. */
export interface PluginNeeds {
  readonly id: string;
  /** Semver. */
  readonly version: string;
  /** Ranges as npm reads them, by id. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** An agent of this label, or one whose `plugin` is this, runs it too: what is built in has such names. */
  readonly label?: string;
  /** Somebody switched it off: it is not started for others either. */
  readonly disabled?: boolean;
  /** Why it may not run, in a sentence; absent when nothing stands in its way. */
  readonly unusable?: string;
}

export type DependencyCode = "missing" | "conflict" | "cycle" | "disabled" | "unusable";

/** One reason why a plugin cannot run: something it needs, itself or by others. */
export interface DependencyFault {
  /** The plugin that cannot run. */
  readonly id: string;
  readonly code: DependencyCode;
  /** From `id` to where it fails, each needing the next; of a cycle the last one stands in it twice. */
  readonly path: readonly string[];
  /** What the last but one wants of the last. */
  readonly range?: string;
  /** The version of it that is here. */
  readonly found?: string;
  /** One sentence that names the whole path. */
  readonly message: string;
}
