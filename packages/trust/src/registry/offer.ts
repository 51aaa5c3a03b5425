import type { Capability } from "@mimolo/protocol";

/** One version of a plugin, as a registry offers it. Nobody's word but the index's: what the package is says its signature. */
export interface Offer {
  readonly pluginId: string;
  readonly version: string;
  /** On one line; empty where the index says nothing. */
  readonly description: string;
  readonly capabilities: readonly Capability[];
  readonly keyId: string;
  /** SHA-256 of the package, lower-case hex. */
  readonly sha256: string;
  /** The registry, as it was named. */
  readonly source: string;
  /** The folder of its index, absolute. Nothing outside of it is ever opened for this offer. */
  readonly folder: string;
  /** The package's file, absolute; nobody has looked yet whether it is there. */
  readonly path: string;
}

/** Why an index, or an entry of one, does not count. */
export type SourceProblemCode =
  | "not-found"
  | "unreadable"
  | "too-large"
  | "too-many-entries"
  | "not-json"
  | "too-deep"
  | "duplicate-key"
  | "missing-key"
  | "invalid-value"
  /** The same version with other bytes than a registry named before offers. */
  | "conflicting-offer";

/** `line` from 1. `message` names the place and says what helps. */
export interface SourceProblem {
  readonly path: string;
  readonly code: SourceProblemCode;
  readonly message: string;
  readonly line?: number;
}
