import {
  ArchiveReport,
  ArtifactList,
  ArtifactTokenReport,
  PurgePlan,
  PurgeReport,
  RestoreReport,
} from "@mimolo/protocol";
import { headersFor } from "../../artifacts/shown-type.ts";
import { about, type Api } from "../route.ts";
import {
  ArchiveBody,
  ArtifactParams,
  ArtifactQuery,
  ArtifactTokenBody,
  PurgeExecuteBody,
  PurgePlanBody,
  RestoreBody,
} from "../shapes/artifact.ts";
import { NoQuery } from "../shapes/asked.ts";
import { Content } from "../shapes/page.ts";
import type { CollectorView } from "../view.ts";

/** Files that agents keep beside evidence. */
export function artifactRoutes(api: Api, view: CollectorView): void {
  const artifacts = () => view.platform.artifacts;
  api.get(
    "/artifacts",
    {
      config: { scope: "read" },
      schema: {
        querystring: ArtifactQuery,
        ...about({
          id: "listArtifacts",
          summary: "Files that agents keep beside evidence, the newest first.",
          description: "A page may be shorter than `limit` and not the last: go by `next_cursor`.",
          tag: "page",
          answers: ArtifactList,
        }),
      },
    },
    ({ query: { from, to, ...query } }) => artifacts().list({ ...query, fromMs: from, toMs: to }),
  );
  api.post(
    "/artifacts/token",
    {
      config: { scope: "read" },
      schema: {
        querystring: NoQuery,
        body: ArtifactTokenBody,
        ...about({
          id: "makeArtifactToken",
          summary: "A token that opens the bytes of one artifact for five minutes.",
          tag: "page",
          answers: ArtifactTokenReport,
          refuses: ["unknown-artifact", "shutting-down"],
        }),
      },
    },
    ({ body }) => artifacts().token(body.artifact_id, body.instance_id),
  );
  api.get(
    "/artifacts/content/:token",
    {
      config: { scope: "read" },
      schema: {
        params: ArtifactParams,
        querystring: NoQuery,
        ...about({
          id: "getArtifactContent",
          summary: "The bytes of an artifact, checked against the evidence before the first one is sent.",
          description:
            "Pictures and plain text come as what they are, everything else as `application/octet-stream` to be kept. " +
            "One that its agent put into an archive is refused as `archived_data_rehydrate_required` with its `archive_id`.",
          tag: "page",
          answers: Content,
          type: "application/octet-stream",
          refuses: [
            "unknown-token",
            "artifact-missing",
            "altered",
            "archived_data_rehydrate_required",
            "purged",
            "artifact-too-large",
          ],
        }),
      },
    },
    async ({ params: { token } }, reply) => {
      const { bytes, mime } = await artifacts().content(token);
      return await reply.headers(headersFor(mime)).send(bytes);
    },
  );
  api.post(
    "/artifacts/archive",
    {
      config: { scope: "control" },
      schema: {
        querystring: NoQuery,
        body: ArchiveBody,
        ...about({
          id: "archiveArtifacts",
          summary: "Has an agent put artifacts of its own into an archive.",
          tag: "page",
          answers: ArchiveReport,
          refuses: [
            "unknown-agent",
            "unknown-artifact",
            "no-artifact-interface",
            "agent-not-running",
            "conflict",
            "plugin-failed",
            "timed-out",
            "shutting-down",
          ],
        }),
      },
    },
    ({ body, caller: { by } }) => artifacts().archive(body.label, body.artifact_ids, by),
  );
  api.post(
    "/artifacts/restore",
    {
      config: { scope: "control" },
      schema: {
        querystring: NoQuery,
        body: RestoreBody,
        ...about({
          id: "restoreArtifacts",
          summary: "Has an agent take artifacts out of an archive again.",
          tag: "page",
          answers: RestoreReport,
          refuses: [
            "unknown-agent",
            "unknown-archive",
            "no-artifact-interface",
            "agent-not-running",
            "plugin-failed",
            "timed-out",
            "shutting-down",
          ],
        }),
      },
    },
    ({ body, caller: { by } }) => artifacts().restore(body.label, body.archive_id, by),
  );
  api.post(
    "/artifacts/purge/plan",
    {
      config: { scope: "control" },
      schema: {
        querystring: NoQuery,
        body: PurgePlanBody,
        ...about({
          id: "planPurge",
          summary: "Says what a purge would take away; takes nothing away.",
          description: "Good for ten minutes and one execution.",
          tag: "page",
          answers: PurgePlan,
          refuses: ["unknown-agent", "unknown-artifact", "shutting-down"],
        }),
      },
    },
    ({ body: { label, artifact_ids: artifactIds, before, retention_class: retentionClass, reason } }) =>
      artifacts().plan({ label, artifactIds, beforeMs: before, retentionClass, reason }),
  );
  api.post(
    "/artifacts/purge/execute",
    {
      config: { scope: "admin" },
      schema: {
        querystring: NoQuery,
        body: PurgeExecuteBody,
        ...about({
          id: "executePurge",
          summary: "Takes away what a plan says, with consent and with an answer to the offer of an archive.",
          description:
            "With `archive: true` the agents put everything into archives first; where one cannot, nothing is purged. What stays " +
            "in evidence is the reference, and a tombstone.",
          tag: "page",
          answers: PurgeReport,
          refuses: [
            "unknown-plan",
            "no-artifact-interface",
            "agent-not-running",
            "plugin-failed",
            "timed-out",
            "shutting-down",
          ],
        }),
      },
    },
    ({ body, caller: { by } }) => artifacts().execute(body.plan_id, { archive: body.archive, by }),
  );
}
