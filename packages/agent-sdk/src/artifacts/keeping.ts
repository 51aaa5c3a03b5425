// What an agent that keeps files is given for it, and what one is told that does not.
import type { ArtifactReference } from "@mimolo/protocol/wire";
import type { Request } from "../asking/request-table.ts";
import { CallError } from "../calls/call-error.ts";
import { fieldsIn, type Method } from "../calls/offers.ts";
import { Archives } from "./archives.ts";
import { ArtifactStore } from "./artifact-store.ts";
import type { Artifacts } from "./artifacts.ts";
import { OwnFiles } from "./own-files.ts";
import { selectionIn } from "./selection.ts";

/** Files as a running agent keeps them. */
export interface Keeping {
  readonly store: Pick<ArtifactStore, "store" | "waiting" | "told">;
  /** The interface `artifact`, unless the agent's author has one. */
  readonly offers: Readonly<Record<"archive" | "restore", Method>>;
}

/** Keeps files below `folder`, which is the agent's own; `failed` hears of what nobody else is told. */
export function keepingIn(folder: string, wallMs: () => number, failed: (error: Error) => void): Keeping {
  const files = new OwnFiles(folder);
  const store = new ArtifactStore(files, wallMs, failed);
  const archives = new Archives(files, wallMs);
  return {
    store,
    offers: {
      archive: async (params, context) => archives.archive(selectionIn(fieldsIn(params)["selection"]), context),
      restore: async (params, context) => archives.restore(String(fieldsIn(params)["archive_id"]), context),
    },
  };
}

/** The part of a context that is about files; `keeping` is null where none are kept. */
export function artifactsOf(keeping: Keeping | null, request: Request): Artifacts {
  return {
    async store(draft) {
      if (keeping !== null) return keeping.store.store(draft);
      throw new CallError(
        "no-artifacts",
        "files are kept by agents that are defined with `artifacts: true` and started by a collector",
      );
    },
    async address(artifactId) {
      const { token } = await request("artifact.token", { artifact_id: artifactId });
      return `mimolo://artifact/${token}`;
    },
  };
}

/** What a summary refers to: what its author named, and what was stored, each once. */
export function referencesOf(
  named: readonly ArtifactReference[] | undefined,
  stored: readonly ArtifactReference[],
): readonly ArtifactReference[] | undefined {
  if (stored.length === 0) return named;
  const known = new Set(named?.map((reference) => reference.artifact_id));
  return [...(named ?? []), ...stored.filter((reference) => !known.has(reference.artifact_id))];
}
