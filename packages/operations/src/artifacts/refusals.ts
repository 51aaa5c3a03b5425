// Why something about artifacts was refused, in the words that people and programs are told.
import { CollectorError } from "../error.ts";
import type { Detail } from "./details.ts";

const LOOK = "`mimolo artifacts list` shows what there is";

export function unknownArtifact(id: string, label?: string): CollectorError {
  const whose = label === undefined ? "" : ` of ${label}`;
  return new CollectorError("unknown-artifact", `there is no artifact ${JSON.stringify(id)}${whose}`, LOOK);
}

export function ambiguous(id: string, labels: readonly string[], name: string): CollectorError {
  const message = `${labels.join(" and ")} have an artifact ${JSON.stringify(id)} each`;
  return new CollectorError("invalid-parameter", message, `say which with ${name}`);
}

export function conflict(message: string): CollectorError {
  return new CollectorError("artifact-conflict", message, LOOK);
}

export function unknownAgent(label: string): CollectorError {
  return new CollectorError(
    "unknown-agent",
    `no agent "${label}" has artifacts`,
    "`mimolo agents` shows all there are",
  );
}

export function busy(): CollectorError {
  const message = "others archive, restore and purge already";
  return new CollectorError("too-many-requests", message, "try again in a moment", { reason: "busy" });
}

/** Why the bytes of an artifact are not handed out. */
export function refusedContent(
  { reference, label }: Detail,
  why: "archived" | "purged" | "missing" | "altered" | "too-large",
  archiveId: string | null,
): CollectorError {
  const what = `${reference.artifact_id} of ${label}`;
  switch (why) {
    case "archived": {
      const hint = `mimolo artifacts restore ${label} ${archiveId ?? ""}`.trimEnd();
      const options = archiveId === null ? {} : { reason: archiveId };
      return new CollectorError("archived_data_rehydrate_required", `${what} is in an archive`, hint, options);
    }
    case "purged":
      return new CollectorError("purged", `${what} was purged; its tombstone says when and why`, LOOK);
    case "missing":
      return new CollectorError("artifact-missing", `the file of ${what} is not there any more`, LOOK);
    case "altered":
      return new CollectorError("altered", `the file of ${what} is not what evidence names`, LOOK);
    case "too-large":
      return new CollectorError("artifact-too-large", `${what} is larger than can be shown`, LOOK);
  }
}
