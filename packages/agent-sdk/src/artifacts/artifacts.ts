// What an agent's code can do with files that belong to its evidence.
import type { ArtifactReference, RetentionClass } from "@mimolo/protocol/wire";

/** A file to be kept. */
export interface ArtifactDraft {
  readonly bytes: Uint8Array;
  /** Such as `image/jpeg`. */
  readonly mime: string;
  /** Of the file's name, without the dot: 1 to 8 small letters and digits. */
  readonly extension: string;
  /** Default `retained`: until someone decides. `ephemeral`: until the next purge. */
  readonly retentionClass?: RetentionClass;
  /** When what it shows was so, in milliseconds since the Unix epoch; default now. */
  readonly capturedAtMs?: number;
}

/** Files in the agent's own folder that its summaries refer to. Only an agent defined with `artifacts: true` keeps some. */
export interface Artifacts {
  /** Keeps a file, whole or not at all; the next summary refers to it, even one of the agent's next run. Rejects with what the
   *  disk refuses, and with `no-artifacts` where none are kept. */
  readonly store: (draft: ArtifactDraft) => Promise<ArtifactReference>;
  /** What a widget shows the file by, as an image's `src`; holds for some minutes. Rejects with a `CallError` for a file that
   *  the collector does not know yet, or has no more. */
  readonly address: (artifactId: string) => Promise<string>;
}
