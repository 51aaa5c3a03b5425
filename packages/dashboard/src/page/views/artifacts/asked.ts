// What the list of artifacts is asked for, and how that stands in the page's address.
import type { Artifact, ArtifactState } from "@mimolo/protocol";

export interface ArtifactFilter {
  readonly label?: string;
  readonly state?: ArtifactState;
}

/** How much each wants to be seen. They are called as in the terminal. */
export const TONES: Readonly<Record<ArtifactState, "plain" | "ok" | "warn" | "bad">> = {
  present: "ok",
  archived: "plain",
  purged: "plain",
  missing: "warn",
  altered: "bad",
};

export const STATES = Object.keys(TONES) as readonly ArtifactState[];

export function filterOf(query: Readonly<Record<string, string>>): ArtifactFilter {
  const { label = "" } = query;
  const state = STATES.find((each) => each === query["state"]);
  return { ...(label === "" ? {} : { label }), ...(state === undefined ? {} : { state }) };
}

export function queryOf({ label, state }: ArtifactFilter): Readonly<Record<string, string | undefined>> {
  return { label: label === "" ? undefined : label, state };
}

/** Two agents may have an artifact of the same id. */
export function keyOf({ instance_id, artifact_id }: Pick<Artifact, "instance_id" | "artifact_id">): string {
  return `${instance_id}:${artifact_id}`;
}
