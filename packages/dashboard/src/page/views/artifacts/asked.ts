// What the list of artifacts is asked for, and how that stands in the page's address.
import type { Artifact, ArtifactState } from "@mimolo/protocol";

export interface ArtifactFilter {
  readonly label?: string;
  readonly state?: ArtifactState;
}

/** What people call them, and how much they want to be seen. */
export const STATES: Readonly<
  Record<ArtifactState, { readonly name: string; readonly tone: "plain" | "ok" | "warn" | "bad" }>
> = {
  present: { name: "here", tone: "ok" },
  archived: { name: "archived", tone: "plain" },
  purged: { name: "purged", tone: "plain" },
  missing: { name: "missing", tone: "warn" },
  altered: { name: "altered", tone: "bad" },
};

export const STATE_NAMES = Object.keys(STATES) as readonly ArtifactState[];

export function filterOf(query: Readonly<Record<string, string>>): ArtifactFilter {
  const { label = "" } = query;
  const state = STATE_NAMES.find((each) => each === query["state"]);
  return { ...(label === "" ? {} : { label }), ...(state === undefined ? {} : { state }) };
}

export function queryOf({ label, state }: ArtifactFilter): Readonly<Record<string, string | undefined>> {
  return { label: label === "" ? undefined : label, state };
}

/** Two agents may have an artifact of the same id. */
export function keyOf({ instance_id, artifact_id }: Pick<Artifact, "instance_id" | "artifact_id">): string {
  return `${instance_id}:${artifact_id}`;
}
