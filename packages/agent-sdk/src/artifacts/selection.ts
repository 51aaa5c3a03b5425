// Which files are to be put away, as the collector or another program says it.
import { CallError } from "../calls/call-error.ts";

/** Ids, and the digests that those files should have where the caller knows them. */
export interface Selection {
  readonly ids: readonly unknown[];
  readonly expected: ReadonlyMap<string, string>;
}

/** As many as an answer can name within a line. */
const MOST = 1000;

/** Reads `{artifact_ids, artifacts?}`; `artifacts` are references, of which `sha256` counts. Throws `invalid-params`. */
export function selectionIn(given: unknown): Selection {
  const { artifact_ids: ids, artifacts = [] } = (given ?? {}) as { artifact_ids?: unknown; artifacts?: unknown };
  if (!Array.isArray(ids) || !Array.isArray(artifacts)) {
    throw new CallError(
      "invalid-params",
      "selection.artifact_ids is a list of ids, selection.artifacts one of references",
    );
  }
  const expected = artifacts.flatMap((reference: { artifact_id?: unknown; sha256?: unknown } | null) => {
    const { artifact_id: id, sha256 } = reference ?? {};
    return typeof id === "string" && typeof sha256 === "string" ? [[id, sha256] as const] : [];
  });
  return { ids, expected: new Map(expected) };
}

/** The ids of a selection, each once and in order. Throws `invalid-params`. */
export function idsIn({ ids }: Selection): string[] {
  if (ids.length === 0 || ids.length > MOST || !ids.every((id) => typeof id === "string")) {
    throw new CallError("invalid-params", `1 to ${MOST} ids are put away at a time`);
  }
  return [...new Set(ids)].toSorted();
}
